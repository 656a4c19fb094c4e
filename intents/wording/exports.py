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


def demand_note(span: str, total: int, national: int, left_out: int) -> str:
    marked = f"，其中需国家局协调支持{national}项（已标★）" if national else ""
    others = f"。另有{left_out}项按其他通知的表单登记，未列入本表" if left_out else ""
    return f"统计时间：{span}；共{total}项需求{marked}{others}。"


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


REPORT = "报告"


def file_name(form: str, bureau: str, span: str, stamp: str, ending: str) -> str:
    """附件1需求清单_厦门市局_20260401-20260630_0701-093000.docx."""
    return "_".join(part for part in (form, bureau, span, stamp) if part) + f".{ending}"


def recorded(form: str, ending: str, bureau: str, span: str, items: int) -> str:
    """What the audit log says of an export."""
    return f"{form} {ending} {bureau or '全部'} {span} {items}项"


def made(name: str, items: int) -> str:
    return f"已导出{items}项：{name}"


def left_out(number: int) -> str:
    return f"另有{number}项需求是按其他通知的表单登记的，没有列入；要导出请用 --notice 注明通知。"


# What cannot be exported, and why


def no_such_form(named: str, known: Sequence[str]) -> str:
    return f"没有“{named}”这张表，可以导出：{'、'.join(known)}。"


def no_form_at_all() -> str:
    return "现有通知里没有需求表单，暂时不能导出。"


def unknown_notice(named: str) -> str:
    return f"没有编号为“{named}”、带需求表单的通知。"


def only_word() -> str:
    return "报告只能导出为 Word 文档（docx）。"


def unknown_bureau_named(named: str) -> str:
    return f"没有找到“{named}”对应的主管部门。"


def not_yours(name: str) -> str:
    return f"{name}不在您负责的地区内，不能导出。"


def without_region() -> str:
    return "您还没有设置负责的地区，请管理员设置后再导出。"


def not_understood(words: str) -> str:
    return f"没看懂“{words}”，可以这样说：导出 附件1 本月 厦门 excel"


def ends_before_it_begins() -> str:
    return "结束日期早于开始日期，请核对。"


def cannot_write(why: str) -> str:
    return f"文件没能写成：{why}"


def which_format() -> str:
    return "请用 --format 写明 docx 或 xlsx，或让文件名以它结尾。"


# Activities, as the command line tells of them


def activity(number: int, task: str, form: str, times: int, enterprises: int) -> str:
    return f"活动{number}号：{task}，{form}，{times}次，惠企{enterprises}家"


def no_activity() -> str:
    return "活动要写明重点任务和开展形式，次数至少1次，惠企数量不能是负数。"


def unknown_activity(number: int) -> str:
    return f"没有活动{number}号。"


def activity_removed(number: int) -> str:
    return f"活动{number}号已删除。"
