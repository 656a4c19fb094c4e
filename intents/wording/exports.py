"""Every word that the exported forms print besides what the notices and the users say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from intents.dates import day

STATUSES = {
    "draft": "填写中",
    "submitted": "待受理",
    "accepted": "已受理",
    "returned": "待补充",
    "matched": "已匹配资源",
    "closed": "已办结",
    "cancelled": "已取消",
}


def basics_block() -> str:
    return "（一）基本信息"


def table_block() -> str:
    return "（二）服务需求"


def other_work() -> str:
    return "其他"


def mark(name: str) -> str:
    return f"★{name}"


def named(name: str, value: str) -> str:
    return f"{name}：{value}"


def yes_or_no(value: bool) -> str:
    return "是" if value else "否"


def source(parts: Iterable[str]) -> str:
    """Whose need it is: （厦门某某公司，厦门市局，需求12号）."""
    return f"（{'，'.join(part for part in parts if part)}）"


def demand_number(number: int) -> str:
    return f"需求{number}号"


def counted(word: str, number: int, text: str) -> str:
    """工作1：…, or 工作1 alone."""
    return f"{word}{number}：{text}" if text else f"{word}{number}"


def period(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{day(since)}至{day(until)}"
    if since:
        return f"{day(since)}以来"
    return f"截至{day(until)}" if until else "全部"


def demand_note(span: str, total: int, national: int) -> str:
    marked = f"，其中需国家局协调支持{national}项（已标★）" if national else ""
    return f"统计时间：{span}；共{total}项需求{marked}。"


def annex_title() -> str:
    return "附表：需求单位联系信息"


def annex_note() -> str:
    return "本表含个人信息，仅供办理需求使用，请勿外传。"


def annex_columns(fields: Sequence[str]) -> tuple[str, ...]:
    return ("需求编号", *fields, "主管部门", "提交日期", "办理状态")


def demand_pages() -> tuple[str, str]:
    return "需求清单", "联系信息"


def results_page() -> str:
    return "成效汇总表"


def results_note(span: str, times: int, enterprises: int) -> str:
    return f"统计时间：{span}；共开展{times}次，惠企{enterprises}家次。"


def note(text: str) -> str:
    return f"备注：{text}"


def unknown_bureau() -> str:
    return "地区待定"


def page_number() -> tuple[str, str, str]:
    """What stands around the number of the page and of all pages."""
    return "第 ", " 页  共 ", " 页"
