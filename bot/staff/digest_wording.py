"""The digest as markdown that each group robot shows: every sentence of it stands here.

WeCom's robot knows headings, bold, quote and three font colours, no lists and no tables, in 4,096
UTF-8 bytes (WeCom doc path/99110). DingTalk's has no colours and wants a blank line for a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.staff.digest import Appeal, Digest, Due, Share, Waiting
from bot.staff.inert import inert

LIMIT = 4096
SOON = 7
_WEEKDAYS = "一二三四五六日"
_ITEMS = (12, 9, 6, 4, 3, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one platform makes of markdown."""

    newline: str
    colours: bool


WECOM = Dialect(newline="\n", colours=True)
DINGTALK = Dialect(newline="\n\n", colours=False)
DIALECTS = {"wecom": WECOM, "dingtalk": DINGTALK}


def title(digest: Digest) -> str:
    """What DingTalk shows in its list of chats."""
    return f"知行简报 {_day(digest.at)}"


def render(digest: Digest, dialect: Dialect = WECOM) -> str:
    """At most `LIMIT` UTF-8 bytes: long lists are shown as far as all of it fits."""
    texts = (_markdown(digest, dialect, items) for items in _ITEMS)
    return next(text for text in texts if len(text.encode()) <= LIMIT)


def _markdown(digest: Digest, dialect: Dialect, items: int) -> str:
    sections = [
        _head(digest, dialect),
        _new(digest, items),
        _section("需国家局协调", "项", [_appeal(a) for a in digest.appeals], items),
        _section("待答问题", "个", [_question(q) for q in digest.questions], items),
        _section("等待人工", "位", [_handoff(h) for h in digest.handoffs], items),
        _section("30天内截止", "项", [_due(d, dialect) for d in digest.deadlines], items),
    ]
    if digest.empty:
        sections.append(["本期没有新情况，也没有待办。"])
    return dialect.newline.join(line for lines in sections for line in lines)


def _head(digest: Digest, dialect: Dialect) -> list[str]:
    at = digest.at
    numbers = [
        f"新增需求 **{digest.new}** 项",
        f"需国家局协调 **{len(digest.appeals)}** 项",
        f"待答问题 **{len(digest.questions)}** 个",
        f"等待人工 **{len(digest.handoffs)}** 位",
        f"30天内截止 **{len(digest.deadlines)}** 项",
    ]
    return [
        f"## {title(digest)} 周{_WEEKDAYS[at.weekday()]}",
        "，".join(numbers),
        _quiet(f"统计时段：{_moment(digest.since)} 至 {_moment(at)}", dialect),
    ]


def _new(digest: Digest, items: int) -> list[str]:
    if not digest.new:
        return []
    return [
        f"### 新增需求 {digest.new} 项",
        f"按重点任务：{_share_list(digest.by_task, '未选重点任务', items)}",
        f"按地区：{_share_list(digest.by_region, '地区未填', items)}",
    ]


def _share_list(shares: Sequence[Share], unnamed: str, items: int) -> str:
    shown = [f"{inert(s.label or unnamed, 30)} **{s.number}**" for s in shares[:items]]
    return "、".join(shown) + _cut(len(shares), items, "项")


def _section(heading: str, unit: str, lines: Sequence[str], items: int) -> list[str]:
    if not lines:
        return []
    cut = _cut(len(lines), items, unit)
    shown = [f"> {line}" for line in lines[:items]]
    return [f"### {heading} {len(lines)} {unit}", *shown, *([f"> {cut}"] if cut else [])]


def _cut(all_of_them: int, items: int, unit: str) -> str:
    return f"等{all_of_them}{unit}" if all_of_them > items else ""


def _appeal(appeal: Appeal) -> str:
    parts = _parts((appeal.company or "单位未填", 30), (appeal.region, 14), (appeal.task, 30))
    return f"{_mark(appeal.new)}{appeal.id}号　{'｜'.join(parts)}"


def _question(question: Waiting) -> str:
    return f"{_mark(question.new)}{question.id}号　{inert(question.text, 50)}"


def _handoff(handoff: Waiting) -> str:
    return f"{_mark(handoff.new)}{handoff.id}号　{_moment(handoff.at)} 起等待"


def _mark(new: bool) -> str:
    return "**新** " if new else ""


def _due(due: Due, dialect: Dialect) -> str:
    deadline = due.deadline
    words = "" if deadline.precision == "day" else f"（{inert(deadline.words, 16)}）"
    time = f" {inert(deadline.time, 5)}" if deadline.time else ""
    what = "：".join(_parts((deadline.who, 24), (deadline.what, 40)))
    source = " ".join(_parts((due.notice, 30), (due.doc_number, 30), (deadline.clause, 16)))
    return f"{_day(due.day)}{time}{words} {_left(due.days, dialect)}　{what}　{source}"


def _left(days: int, dialect: Dialect) -> str:
    words = "今天截止" if days == 0 else f"还剩{days}天"
    if days > SOON:
        return words
    return f'<font color="warning">{words}</font>' if dialect.colours else f"**{words}**"


def _quiet(words: str, dialect: Dialect) -> str:
    return f'<font color="comment">{words}</font>' if dialect.colours else words


def _parts(*texts: tuple[str | None, int]) -> Iterable[str]:
    return [inert(text, limit) for text, limit in texts if text]


def _moment(at: datetime) -> str:
    return f"{_day(at)} {at:%H:%M}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
