"""Arithmetic on the dates of one notice: how many days something takes, or lie between two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from intents.lists.operators import Reading, reading
from intents.lists.points import Point, period_of, point_of
from intents.lists.tables import notices_of
from intents.query import Query
from intents.result import Answer
from intents.select import in_order, is_there
from intents.telling import cited, pages
from intents.turn import Citation
from intents.understand import namer_of
from intents.where import where
from intents.wording import answers
from intents.wording import reckoned as say
from knowledge.late import late
from knowledge.model import Notice, Period
from knowledge.snapshot import KnowledgeBase

ROOM = 388
_LOOKED_AT = 200  # notices, of a huge knowledge base


@dataclass(frozen=True, slots=True)
class Span:
    """Two days, `one` on `first` and `other` on `last`, which is not before it."""

    one: Point
    other: Point
    first: date
    last: date


_SINCE = late("(?:几|多少)天了|多久了")
# Between two days stands one of these, or the words that ask how long.
_BETWEEN = late(
    "(?:(?<=结束)|(?<=完)|(?<=开始)|(?<=启动))了?(?:就|再|才|之?后|以后)+(?:要|得|该|就|再|才)*|(?<![送交报收寄])到(?![期底位])|至|跟|和|与|比(?![例重])|离|距离?|[,;。?!、~-]+|从|自"
)


def reckoned(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """发文到活动开始隔了几天: a number of days, with the dates that it comes from.

    None unless days are asked for and every part of the question is one of the notice's days.
    """
    read = reading(query, kb)
    if not read.has("length", "compare") or query.scope.pointed or query.values:
        return None
    if query.departments or query.scope.absent or not _is_of_days(query.outside, read):
        return None
    notices = notices_of(query, kb, "clause")
    years = query.scope.years
    for notice in in_order(notices, query.scope, kb):
        if years and notice.year not in years:
            continue
        told = (
            _apart(read, notice, query, kb)
            or _to_today(read, notice, query, kb, today)
            or _length(read, notice, query, kb)
            or _two_lengths(read, notice, query, kb)
        )
        if told is not None:
            return told
    return _across(read, query, kb, today)


def _is_of_days(words: Iterable[str], read: Reading) -> bool:
    """Whether words of the wider field only name one of a notice's days: 签发."""
    days = (read.expression("issued"), read.expression("published"))
    return all(any(day.fullmatch(word) for day in days) for word in words)


def span_of(text: str, read: Reading, notice: Notice, kb: KnowledgeBase) -> Span | None:
    """The two days of the notice that `text` names, the earlier one first."""
    points = [point_of(chunk, notice, read, kb) for chunk in _named_in(text, read)]
    return _in_order(points) if len(points) == 2 else None


def _in_order(points: Iterable[Point | None]) -> Span | None:
    known = [(p.day, p) for p in points if p is not None and p.day is not None]
    if len(known) != 2:
        return None
    (first, one), (second, other) = sorted(known, key=lambda pair: pair[0])
    return Span(one, other, first, second)


def _named_in(text: str, read: Reading) -> list[str]:
    """The parts of a question that name something, one for each day."""
    for operator in ("left", "length", "compare", "gap", "count"):
        text = read.expression(operator).sub("\n", text)
    chunks = [c for part in _BETWEEN.split(text) for c in part.split("\n")]
    return [c for c in chunks if c.strip("\0") and _says(c, read)]


def _apart(read: Reading, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer | None:
    said = _named_in(read.text, read)
    if read.has("left") and not all(read.left("end", "hand_in", text=chunk) for chunk in said):
        return None  # 总结还有几天到期: from today
    points = [point_of(chunk, notice, read, kb) for chunk in said]
    points += _days_named(query, notice)
    known = [point for point in points if point is not None]
    if len(points) != 2 or len(known) != 2:
        return None
    span = _in_order(known)
    if span is None:
        return _lacking(known[0], known[1], query, kb)
    if not read.has("gap") and (whole := _whole(span, notice)):  # 从头一天到末一天: both count
        return _lasting(whole, notice, query, kb) if query.scope.days else None
    return _answer([_told_apart(span)], [span.one, span.other], query, kb)


def _whole(span: Span, notice: Notice) -> Period | None:
    """The period of which the two days are the first and the last one."""
    days = (span.first, span.last)
    return next((p for p in notice.periods if (p.start, p.end) == days), None)


def _lasting(period: Period, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer | None:
    """How long it lasts, both days included."""
    if period.precision != "day" or not (period.start and period.end):
        return None
    line = say.length(period.what, period.start, period.end)
    return _answer([line], [Point(period.what, period.start, notice, period.clause)], query, kb)


def _across(read: Reading, query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """万里行总结和高质量发展成效哪个先交: a day of one notice, and one of another."""
    said = _named_in(query.text, read)
    if len(said) != 2 or not read.has("gap", "compare") or read.has("left"):
        return None
    span = _in_order(_only(chunk, read, query, kb, today) for chunk in said)
    if span is None or span.one.notice is span.other.notice:
        return None
    return _answer([_told_apart(span)], [span.one, span.other], query, kb)


def _only(chunk: str, read: Reading, query: Query, kb: KnowledgeBase, today: date) -> Point | None:
    """The day that the chunk names in the only notice that has it, of the question's years."""
    named = namer_of(kb).read(chunk, today.year)
    own = named.scope
    years = own.years or query.scope.years
    years = years or tuple(y for n in query.scope.notices if (y := kb.notice(n).year))
    there = replace(query.scope, notices=own.notices, years=() if own.notices else years)
    notices = list(islice(kb.notices_at(where(there.of_all_labels())), _LOOKED_AT + 1))
    if len(notices) > _LOOKED_AT:
        return None
    found = [
        point
        for notice in notices
        if is_there(notice, query.scope, kb)
        and (not own.notices or notice.id in own.notices)
        and (own.notices or not years or notice.year in years)
        and own.campaign in (None, notice.campaign)
        and (point := point_of(named.rest, notice, read, kb)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _told_apart(span: Span) -> str:
    days = (span.last - span.first).days
    return say.apart(days, span.one.what, span.first, span.other.what, span.last)


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
    text = _unsigned(read, kb)
    words = read.left("length", "gap", "count", "start", "end", "documents", "steps", text=text)
    words += _carried(query, read)
    if not words and query.scope.empty:
        return None
    period = period_of(words, notice, kb)
    return _lasting(period, notice, query, kb) if period is not None else None


def _unsigned(read: Reading, kb: KnowledgeBase) -> str:
    """The question without whose notice it is about: 2021年国家局资源匹配."""
    text = read.text
    for cues in kb.lexicon.issuers.values():
        text = cues.expression.sub("\n", text)
    return text


def _to_today(
    read: Reading, notice: Notice, query: Query, kb: KnowledgeBase, today: date
) -> Answer | None:
    """活动开始几天了，离结束还有几天: how a period stands today."""
    if not read.has("length") or not (read.has("left") or _SINCE.search(read.text)):
        return None
    if not read.has("start", "end") or read.has("issued", "published", "hand_in"):
        return None
    words = read.left("length", "gap", "left", "start", "end", "count", "documents")
    words += _carried(query, read)
    period = period_of(words, notice, kb)
    if period is None or period.precision != "day" or not (period.start and period.end):
        return None
    line = answers.period(period, today, counted=True)
    return _answer([line], [Point(period.what, period.start, notice, period.clause)], query, kb)


def _two_lengths(read: Reading, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer | None:
    """需求调研和资源匹配各多少天: how long two periods of a notice last, and which lasts longer."""
    if not read.has("length") or read.has("issued", "published", "hand_in", "left"):
        return None
    text = read.expression("each").sub("\n", read.text)
    words = [read.left("start", "end", "documents", text=c) for c in _named_in(text, read)]
    periods = [period_of(w, notice, kb) for w in words if w]
    spans = [
        (p.what, p.start, p.end, p.clause)
        for p in periods
        if p is not None and p.precision == "day" and p.start and p.end
    ]
    if len(words) != 2 or len(set(spans)) != 2:
        return None
    shorter, longer = sorted(spans, key=lambda span: span[2] - span[1])
    days = (longer[2] - longer[1] - (shorter[2] - shorter[1])).days
    lines = [say.length(what, start, end) for what, start, end, _ in spans]
    lines.append(say.longer(longer[0], days) if days else say.same_length())
    points = [Point(what, start, notice, label) for what, start, _, label in spans]
    return _answer(lines, points, query, kb)


def _carried(query: Query, read: Reading) -> tuple[str, ...]:
    """The subject that a message has from what was asked before it."""
    carried = (segment for segment in query.segments if segment not in query.text)
    return tuple(words for words in carried if read.left("start", "end", text=words))


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
    places: dict[Notice, list[str]] = {}
    for point in points:
        if point.label and point.label not in places.setdefault(point.notice, []):
            places[point.notice].append(point.label)
    sources = [cited(n, labels, query.scope, kb) for n, labels in places.items()]
    citations = tuple(
        Citation(n.id, n.doc_number, label) for n, labels in places.items() for label in labels
    )
    told = pages([("\n".join(lines), "\n".join(sources))], ROOM)
    return Answer("answer", told, citations, ask="period")
