"""Telephone numbers as Chinese notices print them.

The grammar reads plain text (`plain.plain`). A number is rendered as it is printed, digit by digit,
with `-` between area code, number and extension. The one thing that is worked out is a shortened
second number: `62083906/07` are 62083906 and 62083907.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Strength = Literal["whole", "bare", "short"]

STARTS = frozenset("0123456789(+")
_GAP = r"(?: ?-{1,3} ?| {1,3}|一)"
_AREA = r"(?:10|2[0-57-9]|[3-9]\d{2})"
_EXTENSION = (
    r"(?: ?(?:-{1,2}|转|\(转|[,，]?分机号?:?|ext\.?) ?(?P<extension>\d{1,5})\)?(?!\d|[年月日号]))?"
)
_LOCAL = r"[1-9]\d{6,7}|[1-9]\d{2,3}[ -]?\d{4}|[1-9]\d{3} \d{3}"
_NATION = r"\(?(?P<nation>(?:\+|00)?86)\)?"
_WHOLE = re.compile(
    rf"(?:{_NATION}{_GAP}?)?(?:\((?P<boxed>0{_AREA})\)|(?P<area>0{_AREA})){_GAP}?"
    rf"(?P<local>{_LOCAL})(?!\d)" + _EXTENSION
)
_ABROAD = re.compile(
    rf"{_NATION}{_GAP}\(?(?P<area>{_AREA})\)?{_GAP}?(?P<local>{_LOCAL})(?!\d)" + _EXTENSION
)
_TWINS = re.compile(rf"(?P<area>0{_AREA})-(?P<local>[2-9]\d{{7}})(?=[2-9]\d{{7}}(?!\d))")
_HOTLINE = re.compile(rf"(?P<area>0{_AREA})-(?P<local>12\d{{3}})(?!\d)")
_MOBILE = re.compile(rf"(?:{_NATION}[ -]?)?(?P<local>1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}})(?!\d)")
_SERVICE = re.compile(r"(?P<local>[48]00[ -]?\d{3,4}[ -]?\d{3,4})(?!\d)" + _EXTENSION)
_BARE = re.compile(r"(?P<local>[2-9]\d{6,7}|[2-9]\d{2,3}[ -]\d{4})(?!\d)" + _EXTENSION)
_SHORT = re.compile(r"(?P<local>\d{5,6})(?!\d)")
_KINDS: tuple[tuple[re.Pattern[str], Strength], ...] = (
    (_ABROAD, "whole"),
    (_TWINS, "whole"),
    (_WHOLE, "whole"),
    (_HOTLINE, "whole"),
    (_MOBILE, "whole"),
    (_SERVICE, "whole"),
    (_BARE, "bare"),
    (_SHORT, "short"),
)
_BEFORE = re.compile(r"[0-9A-Za-z_.@¥$￥=&第]$|[0-9A-Za-z] ?[-/]$")
_AFTER = re.compile(
    r" ?(?:[元万亿年月日份件个家人名项篇股平米亩吨%‰℃〕\]]|号(?!码)|楼|室|[A-Za-z_@=&]|\.\d|[-:]\d)"
)
_TAIL = re.compile(
    r" ?([/、]) ?(\d{1,4})(?!\d| ?[-.:] ?\d| \d| ?[年月日号时点元万个家份件楼室]|\()"
)
# A whole second number behind a stroke has the area code of the first.
_SLASHED = re.compile(r"/(\d{7,8})(?!\d)")


@dataclass(frozen=True, slots=True)
class Phone:
    """`numbers` stand in `start:end`. `strength`: with area code or of a kind that is plain by
    itself, only 7 or 8 digits, or only 5 or 6."""

    start: int
    end: int
    numbers: tuple[str, ...]
    strength: Strength

    @property
    def local(self) -> bool:
        """Whether a fixed number lacks its area code."""
        return self.strength == "bare"


def phone_at(text: str, at: int, last: Phone | None = None) -> Phone | None:
    """The number that begins at `at`, with shortened ones that follow it; `last` is the number
    before it."""
    chained = last is not None and not text[last.end : at].strip(" /-")
    if not chained and _BEFORE.search(text[max(0, at - 3) : at]):
        return None
    for pattern, strength in _KINDS:
        match = pattern.match(text, at)
        if (
            match
            and _sound(match, strength)
            and (match.re is _TWINS or not _AFTER.match(text, match.end()))
        ):
            return _with_tails(text, match, strength)
    return None


def phones_in(text: str) -> Iterator[Phone]:
    """All that has the form of a number, whatever it means."""
    at, last = 0, None
    while at < len(text):
        phone = phone_at(text, at, last) if text[at] in STARTS else None
        if phone:
            yield (last := phone)
        at = phone.end if phone else at + 1


def _sound(match: re.Match[str], strength: Strength) -> bool:
    """Whether the digits are as many as such a number has."""
    local = len(_digits(match["local"]))
    if match.re is _SERVICE:
        return local == 10
    return strength != "bare" or not _like_a_date(match["local"])


def _like_a_date(digits: str) -> bool:
    """20240115, and 2021-2025."""
    return bool(
        re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])", digits)
        or re.fullmatch(r"(?:19|20)\d{2}[ -](?:19|20)\d{2}", digits)
    )


def _with_tails(text: str, match: re.Match[str], strength: Strength) -> Phone:
    number, end = _rendered(match), match.end()
    numbers = [number]
    if match.re is _WHOLE and not match["extension"] and (other := _SLASHED.match(text, end)):
        numbers.append(f"{number.rpartition('-')[0]}-{other[1]}")
        return Phone(match.start(), other.end(), tuple(numbers), strength)
    while strength != "short" and (tail := _TAIL.match(text, end)):
        if len(tail[2]) == 1 and tail[1] == "、":
            break
        numbers.append(number[: -len(tail[2])] + tail[2])
        end = tail.end()
    return Phone(match.start(), end, tuple(numbers), strength)


def _rendered(match: re.Match[str]) -> str:
    parts = match.groupdict()
    nation = (parts.get("nation") or "").removeprefix("+")
    area = parts.get("area") or parts.get("boxed") or ""
    local = match["local"]
    local = re.sub("[ -]+", "-", local) if match.re is _SERVICE else _digits(local)
    return "-".join(filter(None, (nation, area, local, parts.get("extension"))))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
