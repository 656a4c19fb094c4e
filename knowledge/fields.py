"""The fields of a notice in Chinese, and their values as a person would write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.model import Deadline, Period
from knowledge.strict import Strict

NAMES = {
    "id": "编号",
    "title": "标题",
    "short": "简称",
    "aliases": "别名",
    "issuer": "发文单位",
    "doc_number": "文号",
    "kind": "种类",
    "region": "地区",
    "year": "年份",
    "issued": "发文日期",
    "published": "发布日期",
    "campaign": "活动",
    "effective_from": "施行日期",
    "effective_to": "有效期至",
    "addressees": "主送",
    "superseded_by": "被替代为",
    "label": "编号",
    "heading": "标题",
    "summary": "概述",
    "text": "原文",
    "keywords": "关键词",
    "departments": "责任部门",
    "clause": "条款",
    "what": "事项",
    "who": "对象",
    "to": "报送给",
    "via": "报送方式",
    "due": "日期",
    "time": "时刻",
    "open": "日期",
    "start": "开始",
    "end": "结束",
    "precision": "精度",
    "inferred": "年份系推算",
    "words": "原文用语",
    "org": "单位",
    "names": "联系人",
    "phones": "电话",
    "emails": "邮箱",
    "address": "地址",
    "basics": "基本信息栏",
    "blocks": "表内标题",
    "columns": "列",
    "column": "所在栏",
    "rows": "行",
    "note": "说明",
    "no": "序号",
    "section": "所在部分",
    "completion": "完成时间",
    "scopes": "适用范围",
    "actions": "分工",
    "value": "数值",
    "by": "时限",
    "attachment": "附件",
    "name": "名称",
    "prompt": "问法",
    "required": "必填",
    "ask": "主动询问",
    "personal": "个人信息",
    "labels": "其他叫法",
    "cues": "提示词",
    "question": "问题",
    "answer": "答复",
    "q": "问题",
    "today": "日期",
    "context": "上文",
    "clauses": "应引条款",
    "facts": "应含内容",
    "task": "重点任务",
    "intent": "意图",
    "voice": "提问人",
    "kinds": "种类",
    "near": "须示最相近内容",
    "both": "须两问都答",
    "tasks": "适用任务",
    "regions": "服务地区",
    "contact": "联系方式",
    "limits": "限制条件",
    "public": "公益服务",
    "synonyms": "同义词",
    "aspects": "问法",
    "filler": "虚词",
    "filler_patterns": "虚词",
    "outside": "通知之外的事物",
    "values": "数值种类",
    "talk": "寒暄",
    "commands": "指令",
}


@dataclass(frozen=True)
class Family:
    """A list of a notice's, each item an entry of one kind.

    `keys` are the fields by which an item is known again, strictest first. `place` is the field
    with its clause label, `about` the field that says which one it is. `value` tells what the
    kind is about in one piece, out of the fields `valued`, with the year left out where it is
    that of the notice.
    """

    name: str
    keys: tuple[tuple[str, ...], ...]
    about: str
    place: str | None = "clause"
    value: Callable[[Any, int | None], str] | None = None
    valued: tuple[str, ...] = ()


def due_of(deadline: Deadline, year: int | None) -> str:
    """5月20日, 6月底, 年底, 7月31日（年份未定）, the notice's words where it gives no date."""
    if deadline.open is not None and deadline.open.startswith("--"):
        day = date(2000, int(deadline.open[2:4]), int(deadline.open[5:]))  # a leap year
        said = f"{day.month}月{day.day}日（年份未定）"
    elif deadline.due is None:
        said = deadline.words
    else:
        said = _due(deadline.due, deadline.precision, year)
    return f"{said} {deadline.time}" if deadline.time else said


def _due(due: date, precision: str, year: int | None) -> str:
    head = "" if due.year == year else f"{due.year}年"
    if precision == "year-end":
        return f"{head.removesuffix('年')}年底"
    tail = {"month-end": "底", "month-start": "初"}.get(precision, f"{due.day}日")
    return f"{head}{due.month}月{tail}"


def span_of(period: Period, year: int | None) -> str:
    """4月26日至10月26日; the notice's words where it gives no date."""
    start, end = (_due(day, "day", year) if day else None for day in (period.start, period.end))
    if start and end:
        return f"{start}至{end}"
    return f"{start}起" if start else f"至{end}" if end else period.words


def shown(value: object) -> str:
    """Any field's value; 无 where there is none."""
    if value is None or value in ((), ""):
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, tuple):
        return "、".join(map(shown, value))
    if isinstance(value, Strict):
        given = (getattr(value, name) for name in type(value).model_fields)
        return " ".join(shown(part) for part in given if part not in (None, (), ""))
    return str(value)


FAMILIES = {
    "clauses": Family("条款", (("label",), ("heading",)), "heading", "label"),
    "deadlines": Family(
        "截止时间",
        (("clause", "what", "who", "to"), ("clause", "what"), ("what", "who"), ("clause",)),
        "what",
        value=due_of,
        valued=("due", "open", "time", "precision"),
    ),
    "periods": Family(
        "时间安排",
        (("clause", "what", "who"), ("clause", "what"), ("what",), ("clause",)),
        "what",
        value=span_of,
        valued=("start", "end", "precision"),
    ),
    "contacts": Family(
        "联系方式", (("clause", "org", "names"), ("clause", "org"), ("org",), ("clause",)), "org"
    ),
    "attachments": Family("附件", (("label",), ("title",)), "title", "label"),
    "tasks": Family("任务", (("no",), ("title",)), "title"),
    "targets": Family(
        "目标",
        (("clause", "what"), ("what",), ("clause",)),
        "what",
        value=lambda target, _year: str(target.value),
        valued=("value",),
    ),
    "faq": Family("问答", (("question",), ("clause",)), "question"),
    "cites": Family("引用文件", (("title",), ("doc_number",)), "title", None),
    "slots": Family("栏目", (("name",),), "name", None),
    "key_tasks": Family("重点任务", (("name",), ("clause",)), "name"),
    "golden": Family("样题", (("q", "context", "today"), ("q",)), "q", None),
    "bureaus": Family("局", (("id",), ("region",)), "name", None),
    "resources": Family("资源", (("id",), ("name",)), "name", None),
    "canned": Family("条目", (("name",), ("answer",)), "name", None),
}
"""The lists of a notice and of its form. What stands first here is told first."""
