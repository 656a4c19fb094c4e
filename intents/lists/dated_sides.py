"""The dates of two notices beside each other: which is earlier, and which takes longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from intents.lists.beside import Told, together
from intents.lists.operators import Reading
from intents.lists.points import due_of, head_of, period_of
from intents.lists.reckoning import span_of
from intents.lists.sides import Sides
from intents.query import Query
from intents.result import Answer
from intents.wording import answers
from intents.wording import reckoned as say
from knowledge.late import late
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

_PLAN = "方案"
_TIMED = late("起止|早|晚|先|同一天|时间|日期|几号|哪天")
_DAYS = late(
    "期间?(?=[比和跟与,。\x00]|$)|起止(?:时间|日期)?|时间|日期|日子|[哪一那]段|几号|什么时候|啥时候|哪天"
)
_EARLIER = late("[早晚先]")
_BY_THE_YEAR = late("月日|年份")
_LASTS = late("[长短久]")
_LONGER = late("(?:更|谁|哪一?[个段份次边回])[^,。?]{0,4}[长短久]")
Edge = Literal["first", "last"] | None


def spans(found: Sides, read: Reading, query: Query, kb: KnowledgeBase) -> Answer | None:
    """从发文到活动开始各留了几天: the days between the same two dates on either side."""
    if not (read.has("length") or _LASTS.search(read.text)):
        return None
    told: list[Told] = []
    for side in found.sides:
        spans = ((n, span_of(found.rest, read, n, kb)) for n in side.notices)
        notice, span = next(((n, s) for n, s in spans if s is not None), (None, None))
        if notice is None or span is None:
            return None
        labels = tuple(dict.fromkeys((span.one.label, span.other.label)))
        days = (span.last - span.first).days
        text = say.between(days, span.one.what, span.first, span.other.what, span.last)
        told.append(Told(notice, say.side(notice, text), labels, days))
    one, other = sorted(told, key=lambda t: t.value)
    wider = say.wider(other.notice.short, other.value - one.value)
    return together(told, wider if other.value > one.value else say.as_wide(), query, kb)


def issues(found: Sides, read: Reading, query: Query, kb: KnowledgeBase) -> Answer | None:
    """福建方案比22号文早印发多少天: when either was issued, and how many days lie between."""
    if not (read.has("issued") and (read.has("length", "gap") or _TIMED.search(read.text))):
        return None
    text = read.expression("length").sub("\n", _DAYS.sub("\n", found.rest))
    if read.left("issued", "compare", "each", "gap", "both", "documents", text=text):
        return None
    days = [(side.notices[0], side.notices[0].issued) for side in found.sides]
    known = [(notice, day) for notice, day in days if day is not None]
    if len(known) != 2 or any(len(side.notices) != 1 for side in found.sides):
        return None
    by_year = bool(_BY_THE_YEAR.search(query.text))
    told = [
        Told(n, say.side(n, say.issued_on(day)), (head_of(n),), _place(day, by_year))
        for n, day in known
    ]
    if by_year:
        return together(told, _difference(told), query, kb)
    first, last = sorted(told, key=lambda one: one.value)
    line = say.issued_earlier(first.notice.short, last.value - first.value)
    return together(told, line, query, kb)


def dates(found: Sides, read: Reading, query: Query, kb: KnowledgeBase) -> Answer | None:
    """When the same is due, or takes place, on either side."""
    asked = {"deadline", "period", "when"} & set(query.asks)
    if not (asked or read.has("length", "gap") or _asks_when(read.text)):
        return None
    text = read.expression("length").sub("\n", _DAYS.sub("\n", found.rest))
    words = read.left("compare", "each", "gap", "start", "end", "hand_in", "both", text=text)
    handed = read.has("hand_in")
    if handed and not words:  # the plan's own name is the notice's, too
        words = (_PLAN,) if _PLAN in query.text else ()
        if not words:
            return None
    edge = _edge(read)
    told: list[Told] = []
    for side in found.sides:
        one = next((t for n in side.notices if (t := _dated(words, n, handed, edge, kb))), None)
        if one is None:
            return None
        told.append(one)
    return together(told, _difference(told), query, kb)


def _asks_when(text: str) -> bool:
    return bool(_TIMED.search(text) or _LONGER.search(text))


def _edge(read: Reading) -> Edge:
    """Which day of a period is compared; its length where the question tells none."""
    if read.has("end"):
        return "last"
    return "first" if read.has("start") or _EARLIER.search(read.text) else None


def _dated(
    words: Sequence[str], notice: Notice, handed: bool, edge: Edge, kb: KnowledgeBase
) -> Told | None:
    due = due_of(words, notice, kb)
    if due is not None and due.due and (handed or period_of(words, notice, kb) is None):
        line = say.side(notice, say.due(due.what, answers.due_words(due), due.to))
        return Told(notice, line, (due.clause,), _of_the_year(due.due))
    period = period_of(words, notice, kb)
    if period is None or not period.start or not period.end:
        return None
    days = (period.end - period.start).days + 1
    line = say.side(notice, say.days_of(period.what, answers.period_words(period), days))
    day = period.start if edge == "first" else period.end
    value = _of_the_year(day) if edge else days
    return Told(notice, line, (period.clause,), value)


def _place(day: date, by_year: bool) -> int:
    return _of_the_year(day) if by_year else day.toordinal()


def _of_the_year(day: date) -> int:
    """The same for the same month and day of any year, and less for a later one."""
    return -day.timetuple().tm_yday - _leap(day)


def _leap(day: date) -> int:
    """So that the same month and day of any two years are level."""
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    return -1 if leap and day.month > 2 else 0


def _difference(told: Sequence[Told]) -> str:
    """A day of the year is kept as a negative number, a number of days as a positive one."""
    one, other = told
    apart = abs(one.value - other.value)
    if one.value < 0 or other.value < 0:
        first = one if one.value > other.value else other
        return say.earlier(first.notice.short, apart) if apart else say.same_day()
    longer = one if one.value > other.value else other
    return say.longer(longer.notice.short, apart) if apart else say.same_length()
