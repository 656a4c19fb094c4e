"""Clock times behind a date: 17:00, 17时30分, 下午3点半."""

from __future__ import annotations

import re
from itertools import takewhile

from knowledge.importer.dates.grammar import CLOCK
from knowledge.importer.dates.numerals import number_of

_CLOCK = re.compile(CLOCK)
_SEEN = 3
_NOON_ENDS = 3
_AFTERNOON = {"下午", "晚上", "晚间", "晚"}


def times_in(plain: str, start: int, end: int) -> tuple[str, ...]:
    """The clock times within `start` to `end` of the folded text as HH:MM, in order; 24:00 stays
    so. The next characters are seen too: they tell 17.30前 from a number."""
    times: list[str] = []
    half = ""
    for match in takewhile(lambda m: m.end() <= end, _CLOCK.finditer(plain, start, end + _SEEN)):
        half = match["half"] or half
        hour, minute = _hour(match, half), _minute(match)
        if hour < 24 or not minute:
            times.append(f"{hour:02d}:{minute:02d}")
    return tuple(times)


def _hour(match: re.Match[str], half: str) -> int:
    """0 to 24; 下午 holds of both in 下午2:30-5:00."""
    hour = number_of(match["h"] or match["hw"])
    late = hour < 12 if half in _AFTERNOON else half == "中午" and hour < _NOON_ENDS
    return hour + 12 if late else hour


def _minute(match: re.Match[str]) -> int:
    return 30 if match["mh"] else number_of(match["min"] or match["mw"] or "")
