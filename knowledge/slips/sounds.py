"""How characters sound, as one types them: pinyin without tones, ü as v.

Pure but for one reading of its table. Many speakers and input methods do not tell some sounds
apart; `blurred` makes them one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "readings.txt"
_BLURRED = re.compile("(?<=[zcs])h|(?<=[aei]n)g|^l(?=[aeiou])")


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """The readings of all characters. Read once a process."""
    first: dict[str, tuple[str, ...]] = {}
    others: list[tuple[str, str]] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        syllable, chars, *more = line.split(" ")
        first.update(dict.fromkeys(chars, (syllable,)))
        others += [(char, syllable) for char in "".join(more).removeprefix("+")]
    return first | {char: (*first[char], syllable) for char, syllable in others}


def readings(char: str) -> tuple[str, ...]:
    """The common readings of a character, the first one first; the character itself if none."""
    return _table().get(char) or (char,)


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
