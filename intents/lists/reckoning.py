"""Arithmetic on the dates of one notice: how many days something takes, or lie between two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from intents.lists.operators import Reading, reading
from intents.lists.points import Point, period_of, point_of
from intents.lists.tables import notices_of
from intents.query import Query
from intents.result import Answer
from intents.select import in_order
from intents.telling import cited, pages
from intents.turn import Citation
from intents.wording import answers
from intents.wording import reckoned as say
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase

ROOM = 388
# Between two days stands one of these, or the words that ask how long.
_BETWEEN = re.compile(
    "(?<![送交报收寄])到(?![期底位])|至|跟|和|与|比(?![例重])|离|距离?|[,;。?!、~-]+|从|自"
)


def reckoned(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """发文到活动开始隔了几天: a number of days, with the dates that it comes from.

    None unless days are asked for and every part of the question is one of the notice's days.
    """
    read = reading(query, kb)
    if not read.has("length", "compare") or query.scope.pointed or query.values:
        return None
    if query.outside or query.departments or query.scope.absent:
        return None
    notices = notices_of(query, kb, "clause")
    years = query.scope.years
    for notice in in_order(notices, query.scope, kb):
        if years and notice.year not in years:
            continue
        told = _apart(read, notice, query, kb) or _length(read, notice, query, kb)
        if told is not None:
            return told
    return None


def _apart(read: Reading, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer | None:
    text = read.text
    for operator in ("left", "length", "compare", "gap"):
        text = read.expression(operator).sub("\n", text)
    chunks = [c for part in _BETWEEN.split(text) for c in part.split("\n")]
    said = [c for c in chunks if c.strip("\0") and _says(c, read)]
    if read.has("left") and not all(read.left("end", "hand_in", text=chunk) for chunk in said):
        return None  # 总结还有几天到期: from today
    points = [point_of(chunk, notice, read, kb) for chunk in said]
    points += _days_named(query, notice)
    known = [point for point in points if point is not None]
    if len(points) != 2 or len(known) != 2:
        return None
    one, other = known
    if one.day is None or other.day is None:
        return _lacking(one, other, query, kb)
    if one.day > other.day:
        one, other = other, one
    return _answer([_told(one, other)], [one, other], query, kb)


def _told(one: Point, other: Point) -> str:
    assert one.day is not None
    assert other.day is not None
    days = (other.day - one.day).days
    return say.apart(days, one.what, one.day, other.what, other.day)


def _says(chunk: str, read: Reading) -> bool:
    """Whether there is anything to name a day with."""
    named = any(
        read.expression(operator).search(chunk)
        for operator in ("issued", "published", "start", "end")
    )
    return named or bool(read.left("documents", "hand_in", text=chunk)) or _hands_in(chunk, read)


def _hands_in(chunk: str, read: Reading) -> bool:
    """报方案: what is handed in is named, if only by its kind."""
    return bool(read.expression("hand_in").search(chunk) and read.left("hand_in", text=chunk))


def _days_named(query: Query, notice: Notice) -> list[Point | None]:
    """A day that the question gives itself; a mere month is none."""
    scope = query.scope
    if scope.months and not scope.days:
        return [None]
    return [_day(notice, month, number) for month, number in scope.days]


def _day(notice: Notice, month: int, number: int) -> Point | None:
    try:
        when = date(notice.year or 0, month, number)
    except ValueError:  # the notice has no year, or the month not that many days
        return None
    return Point(say.date_said(month, number), when, notice, "")


def _length(read: Reading, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer | None:
    """How long a period lasts, both days included."""
    if (
        not read.has("length")
        or read.has("issued", "published", "hand_in", "left")
        or query.scope.months
        or query.scope.days
    ):
        return None
    words = read.left("length", "gap", "count", "start", "end", "documents")
    if not words and query.scope.empty:
        return None
    period = period_of(words, notice, kb)
    if period is None or period.precision != "day" or not (period.start and period.end):
        return None
    line = say.length(period.what, period.start, period.end)
    return _answer([line], [Point(period.what, period.start, notice, period.clause)], query, kb)


def _lacking(one: Point, other: Point, query: Query, kb: KnowledgeBase) -> Answer:
    """A day that the notice does not give: said, with the one that it does."""
    missing = one if one.day is None else other
    known = [p for p in (one, other) if p.day is not None]
    lacks = say.no_day(missing.what)
    lines = [lacks]
    if known and known[0].day:
        lines.append(answers.nearest(say.point(known[0].what, known[0].day)))
    found = _answer(lines, known or [missing], query, kb)
    text = f"{found.pages[0]}\n{answers.to_staff()}"
    return Answer("refuse", (text,), found.citations, lacks=lacks)


def _answer(lines: list[str], points: Iterable[Point], query: Query, kb: KnowledgeBase) -> Answer:
    known = [p for p in points if p.label]
    notice = known[0].notice
    labels = list(dict.fromkeys(p.label for p in known))
    source = cited(notice, labels, query.scope, kb)
    citations = tuple(Citation(notice.id, notice.doc_number, label) for label in labels)
    return Answer("answer", pages([("\n".join(lines), source)], ROOM), citations, ask="period")
