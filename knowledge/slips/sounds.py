"""How characters sound, as one types them: pinyin without tones, ü as v.

Pure but for one reading of its table. Many speakers and input methods do not tell some sounds
apart; `blurred` makes them one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "readings.txt"
_FIRST = ord("一")
_BLURRED = re.compile("(?<=[zcs])h|(?<=[aei]n)g|^l(?=[aeiou])")


@cache
def _table() -> tuple[Sequence[int], Sequence[tuple[str, ...]]]:
    """For each character from `_FIRST` on the place of its readings; 0 where it has none. Read
    once a process: a dictionary would hold twenty thousand characters that hardly anybody types.
    """
    first: dict[str, tuple[str, ...]] = {}
    others: list[tuple[str, str]] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        syllable, chars, *more = line.split(" ")
        first.update(dict.fromkeys(chars, (syllable,)))
        others += [(char, syllable) for char in "".join(more).removeprefix("+")]
    told = first | {char: (*first[char], syllable) for char, syllable in others}
    different = dict.fromkeys(((), *told.values()))
    places = {readings: place for place, readings in enumerate(different)}
    table = array("H", bytes(2 * (ord(max(told)) + 1 - _FIRST)))
    for char, readings in told.items():
        table[ord(char) - _FIRST] = places[readings]
    return table, tuple(places)


def readings(char: str) -> tuple[str, ...]:
    """The common readings of a character, the first one first; the character itself if none."""
    table, told = _table()
    place = ord(char) - _FIRST
    found = told[table[place]] if 0 <= place < len(table) else ()
    return found or (char,)


def reading(char: str) -> str:
    """The first reading of a character."""
    return readings(char)[0]


@lru_cache(maxsize=4096)
def blurred(sound: str) -> str:
    """A syllable with sounds that are often mixed up made one: zhang and zan, nan and lan."""
    return _BLURRED.sub(lambda m: "n" if m[0] == "l" else "", sound)


@lru_cache(maxsize=16384)
def sound(char: str) -> str:
    """The first reading of a character, blurred."""
    return blurred(reading(char))
