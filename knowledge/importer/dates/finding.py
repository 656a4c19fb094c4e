"""Points -> mentions: windows put together, lone days and terms given what they hang on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.importer.dates import terms
from knowledge.importer.dates.clock import times_in
from knowledge.importer.dates.grammar import (
    BETWEEN,
    LEAD,
    LEAD_LENGTH,
    POINT,
    SENTENCE_END,
    SHORT_END,
)
from knowledge.importer.dates.mention import DateKind, DatePart, Mention, Relation, precision_of
from knowledge.importer.dates.numerals import folded
from knowledge.importer.dates.points import Point, point_of, relation_of
from knowledge.model import Precision

_DOUBTFUL = 0.5
_LOOKS_LIKE_A_LIST = re.compile(r"[、,和及或与]$")


def find_dates(text: str) -> list[Mention]:
    """The dates, windows and terms of the text in order, none over another. Never raises."""
    plain = folded(text)
    found: list[Mention] = []
    for first, last in _pairs(plain, list(_points(plain))):
        free = found[-1].end if found else 0
        known = _known(plain, found, first.start)
        mention = _mention(plain, free, known, first, last)
        if mention is not None:
            found.append(replace(mention, words=text[mention.start : mention.end]))
    return found


def _points(plain: str) -> Iterator[Point]:
    """In order; 2024.5.20-6.10 is two points."""
    at = 0
    while match := POINT.search(plain, at):
        point = point_of(match)
        yield point
        at = point.end
        if point.form == "pointed" and (end := SHORT_END.match(plain, at)):
            yield _short_end(point, end)
            at = end.end()


def _short_end(first: Point, match: re.Match[str]) -> Point:
    month = int(match["m"]) if match["m"] else first.part.month
    start = match.start() + len(match[0]) - len(match[0].lstrip(" -~至到"))
    return Point(
        start=start,
        end=match.end(),
        part=DatePart(None, month, int(match["d"])),
        relation=relation_of(match),
        times=tuple(times_in(match["hours"])),
    )


def _pairs(plain: str, points: list[Point]) -> Iterator[tuple[Point, Point | None]]:
    at = 0
    while at < len(points):
        last = points[at + 1] if at + 1 < len(points) else None
        if last is not None and _makes_window(plain, points[at], last):
            yield points[at], last
            at += 2
        else:
            yield points[at], None
            at += 1


def _makes_window(plain: str, first: Point, last: Point) -> bool:
    if "term" in (first.form, last.form) or first.relation in ("before", "after"):
        return False
    return BETWEEN.fullmatch(plain, first.end, last.start) is not None


def _known(plain: str, found: list[Mention], at: int) -> DatePart:
    """The month that a lone day of the same sentence belongs to."""
    if not found or SENTENCE_END.search(plain, found[-1].end, at):
        return DatePart()
    return found[-1].last or found[-1].first


def _mention(
    plain: str, free: int, known: DatePart, first: Point, last: Point | None
) -> Mention | None:
    if first.form == "term":
        return terms.term_of(plain, free, first)
    inherited = False
    if first.form == "lone":
        if last is None and (term := terms.lone_days(plain, free, first)):
            return term
        if known.month is None or not _reads_on(plain, first, last):
            return None
        first, inherited = replace(first, part=known._replace(day=first.part.day, part="")), True
    elif known.month is not None and plain[first.start] == "月":
        # 月底 of the month that the sentence speaks of
        part = known._replace(day=None, part=first.part.part)
        first, inherited = replace(first, part=part, month_shift=None), True
    return (
        _window(plain, free, first, last, inherited)
        if last
        else _single(plain, free, first, inherited)
    )


def _reads_on(plain: str, first: Point, last: Point | None) -> bool:
    """A lone day counts in a window, before a word of relation, or in a list of days."""
    before = plain[max(0, first.start - 2) : first.start].rstrip()
    return (
        last is not None
        or first.relation != "none"
        or bool(first.times)
        or _LOOKS_LIKE_A_LIST.search(before) is not None
    )


def _single(plain: str, free: int, point: Point, inherited: bool) -> Mention | None:
    start, led = _led(plain, free, point.start)
    relation = point.relation if point.relation != "none" else led
    kind = _kind(point)
    if kind is None or _says_nothing(point, relation):
        return None
    doubtful = relation == "before" and kind in ("month", "year") and point.end > 0
    return Mention(
        start=start,
        end=point.end,
        words="",
        kind=kind,
        first=point.part,
        precision=_precision(point),
        time=point.times[-1] if point.times else None,
        first_time=point.times[0] if len(point.times) > 1 else None,
        relation=relation,
        every=point.every,
        year_shift=point.year_shift,
        month_shift=point.month_shift,
        open_year=point.open_year,
        inherited=inherited,
        sure=_DOUBTFUL + 0.1 if doubtful and plain[point.end - 1] == "前" else point.sure,
    )


def _precision(point: Point) -> Precision:
    if point.every and point.every != "year":
        return "event"
    if point.month_shift is not None and point.part.month is None:
        return precision_of(point.part._replace(month=1))
    return precision_of(point.part)


def _says_nothing(point: Point, relation: Relation) -> bool:
    """每月, 本月, 当年 with nothing beside them."""
    bare = point.part == DatePart()
    return bare and relation != "before" and point.year_shift is None and point.every != "week"


def _kind(point: Point) -> DateKind | None:
    part = point.part
    if part.day is not None:
        return "day"
    if part.part or point.every in ("week", "quarter"):
        return "vague"
    return "month" if part.month is not None or point.month_shift is not None else "year"


def _window(plain: str, free: int, first: Point, last: Point, inherited: bool) -> Mention:
    start, led = _led(plain, free, first.start)
    begin, end, sound = _both(first, last)
    years = begin.month is None and end.month is None and not begin.part and not end.part
    return Mention(
        start=start if led == "from" else first.start,
        end=last.end,
        words="",
        kind="year" if years else "window",
        first=begin,
        last=end,
        precision=precision_of(end if end.day is None else begin),
        time=last.times[-1] if last.times else None,
        first_time=first.times[0] if first.times else None,
        relation="none",
        every=first.every,
        year_shift=first.year_shift,
        month_shift=first.month_shift,
        open_year=first.open_year,
        inherited=inherited,
        span_of_years=years,
        sure=min(first.sure, last.sure) if sound else _DOUBTFUL,
    )


def _both(first: Point, last: Point) -> tuple[DatePart, DatePart, bool]:
    """Both ends with what each takes over from the other, and whether they are in order."""
    begin, end = first.part, last.part
    if end.month is None and end.day is not None:
        end = end._replace(month=begin.month)
    if begin.month is None and begin.day is not None:
        begin = begin._replace(month=end.month)
    turned = _order(begin) > _order(end)
    crosses = turned and begin.month != end.month
    if end.year is None and begin.year is not None:
        end = end._replace(year=begin.year + crosses)
    elif begin.year is None and end.year is not None and begin.part != "即日":
        begin = begin._replace(year=end.year - crosses)
    sound = not turned or crosses or begin.year != end.year
    if begin.year and end.year:
        sound = (begin.year, *_order(begin)) <= (end.year, *_order(end))
    return begin, end, sound


def _order(part: DatePart) -> tuple[int, int]:
    return part.month or 0, part.day or 0


def _led(plain: str, free: int, start: int) -> tuple[int, Relation]:
    """Where the words begin and what stands before the date."""
    lead = LEAD.search(plain, max(free, start - LEAD_LENGTH), start)
    if lead is None:
        return start, "none"
    if lead["on"]:
        return start, "on"
    if lead["from"]:
        return lead.start(), "from"
    return (start if lead["due"] else lead.start()), "before"
