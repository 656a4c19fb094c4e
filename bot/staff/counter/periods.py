"""The spans of time that staff name: 本月, 上季度, 2023年5月, 5月1日到6月30日, 近30天, 全部."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from knowledge.late import late
from knowledge.normalise import number


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both days included; None is open."""

    first: date | None = None
    last: date | None = None

    def bounds(self, zone: tzinfo | None) -> tuple[datetime | None, datetime | None]:
        """The first moment, and the first that is past it, as listings take them."""
        past = self.last + timedelta(days=1) if self.last else None
        return _midnight(self.first, zone), _midnight(past, zone)


def _midnight(day: date | None, zone: tzinfo | None) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


_N = r"[一二三四五六七八九十两]{1,3}"
_YEAR = r"(?:(?:20)?\d\d年|今年|去年|前年)"
_DAY = (
    rf"(?:(?:{_YEAR}|20\d\d[-/.])?\s?\d{{1,2}}(?:月|[-/.])\d{{1,2}}(?!\d*月)[日号]?|"
    r"今天|今日|昨天|20\d{6})"
)
_TO = r"\s?(?:到|至|-|~|—)+\s?"
PERIOD = (
    rf"{_DAY}{_TO}(?:{_DAY}|今|现在|\d{{1,2}}[日号])|{_DAY}(?:以来|至今|起)?|"
    rf"{_YEAR}?的?(?:第?[一二三四1-4]季度|q[1-4]|[上下]半年)|"
    rf"{_YEAR}?的?(?:(?:\d{{1,2}}|{_N})月?份?{_TO})?(?:\d{{1,2}}|{_N})月份?|20\d\d[-/.]\d{{1,2}}(?!\d)|{_YEAR}以?来?|20\d\d(?!\d)|"
    rf"(?:最近|近|过去)(?:\d{{1,3}}|{_N})?个?(?:天|日|周|星期|月|季度|年|半年)|"
    rf"(?:本|这个?|当|上个?|上一个?)(?:周|星期|月|季度|季|年度?)|半年|全年|本年度?|全部|所有|累计|至今"
)
"""Matches the words of any of them, in folded text."""
_FIND = late(PERIOD)
_WHOLE_YEAR = late(r"(?<!\d)(\d{3,})(?:年|[-/.](?:0?[1-9]|1[0-2])(?!\d))|(?<!\d)(\d{4})\d{4}(?!\d)")


def span_in(text: str, today: date) -> tuple[Span, str] | None:
    """The first span that the folded `text` names, and its words; None where it names none.

    A month or day without a year is the last one that has begun. Days that are in no calendar,
    and a span that ends before it begins, are none.
    """
    for found in _FIND.finditer(text):
        for reader in _READERS:
            try:
                span = reader(found[0], today)
            except (ValueError, OverflowError):
                span = None
            if span is not None and not (span.first and span.last and span.first > span.last):
                return span, found[0].strip()
    return None


def year_out_of_range(text: str) -> str:
    """The first year in the folded `text` that is not of 2000 to 2099; "" where there is none."""
    years = (found[1] or found[2] for found in _WHOLE_YEAR.finditer(text))
    return next((year for year in years if not re.fullmatch(r"20\d\d", year)), "")


def _days(words: str, today: date) -> Span | None:
    """One day, or from one to another."""
    parts = re.fullmatch(rf"({_DAY})(?:{_TO}(.+)|(以来|至今|起))?", words)
    if parts is None:
        return None
    first = _day(parts[1], today)
    if parts[3] or parts[2] in ("今", "现在"):
        return Span(first, today)
    if parts[2] is None:
        return Span(first, first)
    if short := re.fullmatch(r"(\d{1,2})[日号]", parts[2]):
        return Span(first, first.replace(day=int(short[1])))
    last = _day(parts[2], today)
    if last < first and not _says_year(parts[1]):
        first = first.replace(year=first.year - 1)
    elif last < first and not _says_year(parts[2]):
        last = last.replace(year=first.year)
    return Span(first, last)


def _day(words: str, today: date) -> date:
    """Raises ValueError for a day that is in no calendar."""
    if words in ("今天", "今日"):
        return today
    if words == "昨天":
        return today - timedelta(days=1)
    if whole := re.fullmatch(r"(20\d\d)(\d\d)(\d\d)", words):
        return date(int(whole[1]), int(whole[2]), int(whole[3]))
    month, day = (int(n) for n in re.findall(r"\d+", words)[-2:])
    year = _year(words, today)
    if year is not None:
        return date(year, month, day)
    here = date(today.year, month, day)
    return here if here <= today else date(today.year - 1, month, day)


def _says_year(words: str) -> bool:
    return bool(re.search(r"年|20\d\d", words))


def _year(words: str, today: date) -> int | None:
    for word, back in (("今年", 0), ("去年", 1), ("前年", 2)):
        if word in words:
            return today.year - back
    found = re.search(r"(20\d\d)|(\d\d)年", words)
    return int(found[1] or f"20{found[2]}") if found else None


def _months(words: str, today: date) -> Span | None:
    """A month, from one to another, a quarter or half of a year, a whole year."""
    year = _year(words, today)
    numbers = _month_numbers(words)
    if numbers is None:
        return None
    first, last = numbers
    if year is None:
        year = today.year if first <= today.month else today.year - 1
    begin, end = date(year, first, 1), _month_end(year if last >= first else year + 1, last)
    return Span(begin, end)


def _month_numbers(words: str) -> tuple[int, int] | None:
    if quarter := re.search(r"([一二三四1-4])季度|q([1-4])", words):
        n = number(quarter[1] or quarter[2]) or 0
        return 3 * n - 2, 3 * n
    if half := re.search("([上下])半年", words):
        return (1, 6) if half[1] == "上" else (7, 12)
    if re.search("月份?$", words) and (
        months := re.findall(rf"(?<!\d)(\d{{1,2}}|{_N})(?=月|{_TO})", words)
    ):
        values = [number(n) or 0 for n in months]
        return values[0], values[-1]
    if spelt := re.fullmatch(r"20\d\d[-/.](\d{1,2})", words):
        return int(spelt[1]), int(spelt[1])
    whole_year = re.fullmatch(rf"{_YEAR}(?:以?来)?|20\d\d|全年|本年度?|[这本]个?年度?", words)
    return (1, 12) if whole_year else None


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _reckoned(words: str, today: date) -> Span | None:
    """Counted from today: 本周, 上月, 近30天."""
    if words in ("全部", "所有", "累计", "至今"):
        return Span()
    if words == "半年":
        return _recent(1, "半年", today)
    if recent := re.fullmatch(
        rf"(?:最近|近|过去)(\d{{1,3}}|{_N})?个?(天|日|周|星期|月|季度|年|半年)", words
    ):
        return _recent(number(recent[1]) or 1 if recent[1] else 1, recent[2], today)
    named = re.fullmatch(r"(本|这个?|当|上个?|上一个?)(周|星期|月|季度|季|年度?)", words)
    return _calendar(named[2], today, back=named[1].startswith("上")) if named else None


def _recent(count: int, unit: str, today: date) -> Span:
    days = {"周": 7, "星期": 7, "月": 30, "季度": 91, "半年": 182, "年": 365}.get(unit, 1)
    return Span(today - timedelta(days=count * days - 1), today)


def _calendar(unit: str, today: date, *, back: bool) -> Span:
    if unit in ("周", "星期"):
        first = today - timedelta(days=today.weekday() + 7 * back)
        return Span(first, first + timedelta(days=6))
    if unit.startswith("年"):
        year = today.year - back
        return Span(date(year, 1, 1), date(year, 12, 31))
    size = 1 if unit == "月" else 3
    first_month = (today.month - 1) // size * size + 1 - size * back
    year = today.year if first_month > 0 else today.year - 1
    first_month += 0 if first_month > 0 else 12
    return Span(date(year, first_month, 1), _month_end(year, first_month + size - 1))


_READERS: tuple[Callable[[str, date], Span | None], ...] = (_reckoned, _days, _months)
