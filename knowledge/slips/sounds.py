"""How characters sound, as one types them: pinyin without tones, ü as v.

Pure. Many speakers and input methods do not tell some sounds apart; `blurred` makes them one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

_UMLAUT = "\u0308"
# More readings than two are rare ones, which nobody types.
_MOST_READINGS = 2
_BLURRED = re.compile("(?<=[zcs])h|(?<=[aei]n)g|^l(?=[aeiou])")


@lru_cache(maxsize=16384)
def readings(char: str) -> tuple[str, ...]:
    """The common readings of a character, the first one first; the character itself if none."""
    given = str(pinyin_dict.get(ord(char), char)).split(",")
    return tuple(dict.fromkeys(map(_plain, given)))[:_MOST_READINGS]


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


def _plain(accented: str) -> str:
    parts = unicodedata.normalize("NFD", accented.replace("ü", "v"))
    kept = "".join(c for c in parts if not unicodedata.combining(c) or c == _UMLAUT)
    return kept.replace("u" + _UMLAUT, "v")
