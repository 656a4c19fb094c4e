"""Two points with 至 between them -> a window, each end with what it takes over from the other."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.importer.dates.grammar import BETWEEN
from knowledge.importer.dates.mention import DatePart, Mention, precision_of
from knowledge.importer.dates.points import Point

_OUT_OF_ORDER = 0.5
_ROUGH = 0.7
"""6月底至7月初: the days that stand for its ends are a guess."""


def paired(plain: str, points: list[Point]) -> Iterator[tuple[Point, Point | None]]:
    """Every point once: with the end of its window, or alone."""
    at = 0
    while at < len(points):
        last = points[at + 1] if at + 1 < len(points) else None
        if last is not None and not _makes_window(plain, points[at], last):
            last = None
        yield points[at], last
        at += 1 if last is None else 2


def _makes_window(plain: str, first: Point, last: Point) -> bool:
    if "term" in (first.form, last.form) or first.relation in ("before", "after"):
        return False
    return BETWEEN.fullmatch(plain, first.end, last.start) is not None


def window(first: Point, last: Point, inherited: bool, start: int) -> Mention:
    """`start` is where the words begin (自…)."""
    begin, end = _both(first.part, last.part)
    of_years = begin[1:] == end[1:] == DatePart()[1:]
    return Mention(
        start=start,
        end=last.end,
        words="",
        kind="year" if of_years else "window",
        first=begin,
        last=end,
        precision=precision_of(end if end.day is None else begin),
        time=last.times[-1] if last.times else None,
        first_time=first.times[0] if first.times else None,
        every=first.every,
        year_shift=first.year_shift,
        month_shift=first.month_shift,
        open_year=first.open_year,
        inherited=inherited,
        span_of_years=of_years,
        sure=min(first.sure, last.sure, _sure(begin, end)),
    )


def _both(begin: DatePart, end: DatePart) -> tuple[DatePart, DatePart]:
    if end.month is None and end.day is not None:
        end = end._replace(month=begin.month)
    if begin.month is None and begin.day is not None:
        begin = begin._replace(month=end.month)
    crosses = _crosses(begin, end)
    if end.year is None and begin.year is not None:
        return begin, end._replace(year=begin.year + crosses)
    if begin.year is None and end.year is not None and begin.part != "即日":
        return begin._replace(year=end.year - crosses), end
    return begin, end


def _crosses(begin: DatePart, end: DatePart) -> bool:
    """12月1日至1月15日."""
    return begin.month is not None and end.month is not None and begin.month > end.month


def _sure(begin: DatePart, end: DatePart) -> float:
    if not _in_order(begin, end):
        return _OUT_OF_ORDER
    return _ROUGH if begin.part == "底" or end.part == "初" else 1.0


def _in_order(begin: DatePart, end: DatePart) -> bool:
    if begin.year is None and _crosses(begin, end):
        return True
    return _key(begin) <= _key(end)


def _key(part: DatePart) -> tuple[int, int, int]:
    return part.year or 0, part.month or 0, part.day or 31
