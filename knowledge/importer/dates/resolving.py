"""A mention and the notice's own time -> ISO dates."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.importer.dates.mention import DatePart, Mention
from knowledge.importer.facts import Anchor
from knowledge.model import Precision

_LONG_PAST = 60
"""Days: a date that lies longer before the issue belongs to the next year."""

_TURNED = 180
"""Days: a date that lies longer before the one that it reads on from is in the year after."""

_STRETCHES = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "1季度": (1, 3),
    "2季度": (4, 6),
    "3季度": (7, 9),
    "4季度": (10, 12),
}
_DAYS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}
_COMMON, _LEAP = 2001, 2004

_Day = tuple[int | None, int, int]
_Read = tuple[int | None, float]
"""The year (None: open) and how sure."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """`first` alone for a day, an end (月底, 年底: the last day) or a beginning (月初: the 1st);
    `first` and `last` for a window or a stretch (6月, 上旬, 上半年), both days included; `last`
    alone where only the end is known (即日起至5月20日 of a notice without a date, 6月前).

    ISO dates, `--07-31` where the year stays open, `P3D` (in `first`) for a term. Both None where
    the text gives no day (每月25日, 6月31日): then `precision` is "event".
    """

    first: str | None
    last: str | None
    precision: Precision
    time: str | None
    inferred: bool
    sure: float

    @property
    def due(self) -> str | None:
        """The last day that counts."""
        return self.last or self.first

    @property
    def period_precision(self) -> Precision:
        """Of what has both ends the days are exact: 3月至5月 is 1 March to 31 May. (As a due date
        the same is month-end.)"""
        return "day" if self.first and self.last else self.precision


def resolve(mention: Mention, anchor: Anchor, before: Sequence[Mention] = ()) -> Resolved:
    """`before` are the mentions earlier in the sentence or paragraph, in order. Never raises.

    A year that was left out: from the last of `before` that has one, if that is not older than
    the notice; else the notice's issue, wrapped round to the next year where the date would lie
    more than 60 days before it; else the notice's year; else it stays open. Dates that do not
    exist (2月30日) resolve to None.
    """
    if mention.term is not None:
        return Resolved(mention.term, None, "day", mention.time, False, mention.sure)
    if mention.every in ("month", "quarter", "week"):
        return _nothing(mention, 0.5)
    placed = _in_month(mention, anchor)
    if placed is None:
        return _nothing(mention, 0.5)
    year, sure = _year(placed, anchor, before)
    return _told(placed, anchor, year, min(sure, mention.sure))


def _nothing(mention: Mention, sure: float) -> Resolved:
    return Resolved(None, None, "event", mention.time, False, min(sure, mention.sure))


def _in_month(mention: Mention, anchor: Anchor) -> Mention | None:
    """本月, 下月 and a bare 月底 put into the month of issue; None if that is not known."""
    wants = mention.month_shift is not None or (
        mention.first.month is None and mention.first.day is not None
    )
    if not wants:
        return mention
    if anchor.issued is None or mention.month_shift is None:
        return None
    months = anchor.issued.year * 12 + anchor.issued.month - 1 + mention.month_shift
    here = mention.first._replace(year=months // 12, month=months % 12 + 1)
    last = mention.last and mention.last._replace(
        year=here.year, month=mention.last.month or here.month
    )
    sure = min(mention.sure, 0.7)
    return replace(mention, first=here, last=last, inherited=True, sure=sure)


def _year(mention: Mention, anchor: Anchor, before: Sequence[Mention]) -> _Read:
    printed = mention.first.year or (mention.last.year if mention.last else None)
    if printed is not None:
        return printed, 0.9 if mention.inherited else 1.0
    if mention.every == "year" or (mention.open_year and mention.year_shift is None):
        return None, 0.8
    if mention.open_year:
        return _next_year(anchor, before)
    own = anchor.issued.year if anchor.issued else anchor.year
    if mention.year_shift is not None:
        return (None, 0.5) if own is None else (own + mention.year_shift, 0.9)
    for earlier in reversed(before):
        if (read := _reading_on(mention, earlier, anchor, own)) is not None:
            return read, 0.9 if own is not None and read <= own + 1 else 0.7
    if anchor.issued is not None:
        return _after_issue(mention, anchor, anchor.issued)
    return (None, 0.5) if own is None else (own, 0.75)


def _next_year(anchor: Anchor, before: Sequence[Mention]) -> _Read:
    """次年: after the year of the date before, open if that is; else after the notice's own."""
    year = anchor.issued.year if anchor.issued else anchor.year
    for earlier in reversed(before):
        if earlier.every == "year" or earlier.open_year:
            return None, 0.7
        part = earlier.last or earlier.first
        if part.month is not None:
            year = part.year or year
            break
    return (None, 0.5) if year is None else (year + 1, 0.7)


def _reading_on(mention: Mention, earlier: Mention, anchor: Anchor, own: int | None) -> int | None:
    """The year of an earlier date of the text, if this one goes on from there.

    Not from older years (a cited document's) nor past the end of a later one
    (有效期至2027年12月31日), nor where the date would long be over when the notice is issued.
    """
    last = earlier.last or earlier.first
    year = last.year
    if year is None and earlier.year_shift is not None and own is not None:
        year = own + earlier.year_shift
    if year is None or last.month is None or (own is not None and year < own):
        return None
    then = _days((mention.last or mention.first)._replace(year=year))
    there = _days(last._replace(year=year))
    if not then or not there:
        return None
    turned = (_date(there[-1]) - _date(then[-1])).days > _TURNED
    if turned and own is not None and year > own:
        return None
    if anchor.issued is not None and not turned:
        over = (anchor.issued - _date(then[-1])).days > _LONG_PAST
        return None if over else year
    return year + turned


def _after_issue(mention: Mention, anchor: Anchor, issued: date) -> _Read:
    """A window counts by its end: one that has begun before the issue stays in its year. A notice
    for the coming year has its past dates there."""
    end = _days((mention.last or mention.first)._replace(year=issued.year))
    if not end:
        return issued.year, 0.9
    late = (issued - _date(end[-1])).days
    coming = anchor.year is not None and anchor.year > issued.year
    if late > (0 if coming or mention.first.part == "即日" else _LONG_PAST):
        return issued.year + 1, 0.85
    return issued.year, 0.7 if late > 0 and mention.relation == "before" else 0.9


def _told(mention: Mention, anchor: Anchor, year: int | None, sure: float) -> Resolved:
    """The days of a mention whose end lies in `year`."""
    if mention.last is None:
        first, last = _stretch(mention, anchor, year)
    else:
        first, last = _window(mention, anchor, year)
    if first is None and last is None:
        return _nothing(mention, 0.3)
    if mention.first == DatePart(None, 2, None, "底") and year is None:
        sure = 0.5
    return Resolved(
        _iso(first),
        _iso(last),
        mention.precision,
        mention.time,
        year is not None and not mention.prints_year,
        sure,
    )


def _stretch(mention: Mention, anchor: Anchor, year: int | None) -> tuple[_Day | None, _Day | None]:
    if mention.first.part == "即日":
        return _issue_day(anchor), None
    days = _days(mention.first._replace(year=year))
    if mention.kind in ("month", "year") and mention.words.endswith("前") and days:
        return None, _day_before(days[0])
    if len(days) == 2:
        return days
    return (days[0] if days else None), None


def _window(mention: Mention, anchor: Anchor, year: int | None) -> tuple[_Day | None, _Day | None]:
    first, last = mention.first, mention.last or DatePart()
    if last.year is None and year is not None:
        crosses = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        # Relative years (明年12月1日至1月15日) name the first end's.
        named = mention.year_shift is not None
        first = first._replace(year=year - (crosses and not named))
        last = last._replace(year=year + (crosses and named))
    now = first.part == "即日"
    begins, ends = _days(first), _days(last)
    begin = _issue_day(anchor) if now else begins[0] if begins else None
    if not ends or (begin is None and not now) or not _in_order(begin, ends[-1]):
        return None, None
    return begin, ends[-1]


def _in_order(begin: _Day | None, end: _Day) -> bool:
    """As far as the years are known."""
    known = begin is not None and begin[0] is not None and end[0] is not None
    return begin is None or not known or _date(begin) <= _date(end)


def _issue_day(anchor: Anchor) -> _Day | None:
    day = anchor.issued
    return (day.year, day.month, day.day) if day else None


def _days(part: DatePart) -> tuple[()] | tuple[_Day] | tuple[_Day, _Day]:
    """The day, or the first and last day, that the part means; nothing for impossible ones."""
    year, month = part.year, part.month
    if part.day is not None and month is not None:
        return ((year, month, part.day),) if part.day <= _length(part) else ()
    if part.part == "底":
        return ((year, month or 12, _length(part)),)
    if part.part == "初":
        return ((year, month or 1, 1),)
    if month is not None:
        low, high = _DAYS.get(part.part, (1, 31))
        return (year, month, low), (year, month, min(high, _length(part)))
    begin, end = _STRETCHES.get(part.part, (1, 12))
    return (year, begin, 1), (year, end, monthrange(_COMMON, end)[1])


def _length(part: DatePart) -> int:
    """Days of the month. A 29th of February may be in an open year; its 月底 is the 28th."""
    open_year = _LEAP if part.day else _COMMON
    return monthrange(part.year or open_year, part.month or 12)[1]


def _date(day: _Day) -> date:
    return date(day[0] or _LEAP, day[1], day[2])


def _day_before(day: _Day) -> _Day | None:
    """The last day before a month or a year (6月前, 2025年前)."""
    year, month, _ = day
    if year is None and month == 1:
        return None, 12, 31
    year = year - 1 if year is not None and month == 1 else year
    month = month - 1 or 12
    return year, month, monthrange(year or _COMMON, month)[1]


def _iso(day: _Day | None) -> str | None:
    if day is None:
        return None
    year, month, number = day
    return f"--{month:02d}-{number:02d}" if year is None else f"{year:04d}-{month:02d}-{number:02d}"
