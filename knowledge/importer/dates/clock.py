"""Clock times behind a date: 17:00, 17时30分, 下午3点半."""

from __future__ import annotations

import re
from itertools import takewhile

from knowledge.importer.dates.grammar import CLOCK
from knowledge.importer.dates.numerals import number_of

_CLOCK = re.compile(CLOCK)
_AFTERNOON = {"下午", "晚上", "晚间"}


def times_in(plain: str, start: int, end: int) -> tuple[str, ...]:
    """The clock times within `start` to `end` of the folded text as HH:MM, in order; 24:00 stays
    so. What follows `end` still tells 17.30前 from a number."""
    matches = takewhile(lambda m: m.end() <= end, _CLOCK.finditer(plain, start))
    return tuple(time for match in matches if (time := _time(match)) is not None)


def _time(match: re.Match[str]) -> str | None:
    hour = number_of(match["h"] or match["hw"])
    minute = 30 if match["mh"] else int(match["min"] or match["mw"] or 0)
    if match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    if match["half"] == "中午" and hour < 3:
        hour += 12
    return None if hour == 24 and minute else f"{hour:02d}:{minute:02d}"
