"""When the notice was issued."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.importer.head.found import Found
from knowledge.importer.head.sources import Sources
from knowledge.importer.numerals import number_of
from knowledge.importer.outline.kinds import half, is_date, is_signed
from knowledge.importer.page import Page
from knowledge.importer.passage import Passage, Span

LOOK_NO_DATE = "没有找到发文日期"
LOOK_MONTH = "落款只有年月"
LOOK_SITE_DATE = "没有落款日期，用的是网页发布日期"
LOOK_UNDER_TITLE = "发文日期取自标题附近"

_C = "[一二三四五六七八九十〇○Ｏ零0０]"
_DAY = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*(?:年|[-./．])\s*(?P<m>\d{1,2})\s*(?:月|[-./．])?\s*(?:(?P<d>\d{1,2})\s*日?)?"
    rf"|(?P<cy>[一二]{_C}{{3}})\s*年\s*(?P<cm>{_C}{{1,3}})\s*月\s*(?:(?P<cd>{_C}{{1,3}})\s*日)?"
)
_PRINTED = re.compile(r"印\s*发\s*$")
_WRITTEN_FIELDS = (
    "成文日期",
    "发文日期",
    "成文时间",
    "发文时间",
    "印发日期",
    "印发时间",
    "生成日期",
)
_SITE_FIELDS = ("发布日期", "发布时间", "公开日期")


@dataclass(frozen=True, slots=True)
class Day:
    """`day` is None where only year and month are given."""

    year: int
    month: int
    day: int | None

    @property
    def date(self) -> date | None:
        return None if self.day is None else date(self.year, self.month, self.day)


def issued_of(sources: Sources, page: Page) -> Found[Day] | None:
    """The sign-off, the line of printing, the site's table, a date under the title, the site's
    own date, in this order."""
    signing = [line for line in sources.signed if is_date(line.text) or is_signed(line.text)]
    written = [line for line in signing if not _PRINTED.search(line.text)]
    printed = [line for line in signing if _PRINTED.search(line.text)]
    site = [page.published] if page.published else []
    return (
        _first(written)
        or _first(printed, 0.9)
        or _first(_fields(sources, _WRITTEN_FIELDS), 0.9)
        or _first(_dated(sources), 0.75, LOOK_UNDER_TITLE)
        or _first([*_fields(sources, _SITE_FIELDS), *site], 0.6, LOOK_SITE_DATE)
    )


def first_year(text: str) -> int | None:
    """Of the first whole date."""
    for found in _DAY.finditer(half(text)):
        day = _day(found)
        if day and day.day is not None:
            return day.year
    return None


def _fields(sources: Sources, names: Iterable[str]) -> list[Passage]:
    return [sources.meta[name] for name in names if name in sources.meta]


def _dated(sources: Sources) -> list[Passage]:
    lines = (*sources.top, *sources.opening)
    return [line for line in lines if is_date(line.text) or is_signed(line.text)]


def _first(
    lines: Iterable[Passage], sure: float = 1.0, look: str | None = None
) -> Found[Day] | None:
    for line in lines:
        for found in _DAY.finditer(half(line.text)):
            if (day := _day(found)) is not None:
                look = look or (LOOK_MONTH if day.day is None else None)
                return Found(day, _span(line, found), sure, look)
    return None


def _span(line: Passage, found: re.Match[str]) -> Span:
    return line.span(found.start(), found.start() + len(found[0].rstrip()))


def _day(found: re.Match[str]) -> Day | None:
    """None for a day that the calendar lacks."""
    if found["y"]:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"] or 0)
    else:
        year, month, day = (_count(found[name] or "") for name in ("cy", "cm", "cd"))
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return Day(year, month, day or None)


def _count(written: str) -> int:
    """二十三 and, digit by digit, 二三 and 二〇."""
    plain = re.sub("[○Ｏ0０]", "〇", written)
    if "十" in plain or len(plain) < 2:
        return number_of(plain)
    return int("".join(str(number_of(sign)) for sign in plain))
