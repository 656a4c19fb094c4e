"""How characters sound, as one types them: pinyin without tones, ü as v.

Pure. Many speakers and input methods do not tell some sounds apart; `blurred` makes them one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

_UMLAUT = "\u0308"
# Characters whose second reading is in everyday use; of others it is one that nobody types.
_TWO_READINGS = frozenset(
    "行长重调还都得地的了着为中应当参差传处供观会给间将降角解尽卷量率没强曲任省盛似说宿提系相兴"
    "要与载占涨只种转朝乐便单弹度分更好号和核假结据看空落模宁切圈散少数属委压正谁几血色薄剥否"
    "佛塞勒劲藏称泊恶校露屏畜卡纤差削弄俩什扎咱厦贾柏卜奇"
)
_BLURRED = re.compile("(?<=[zcs])h|(?<=[aei]n)g|^l(?=[aeiou])")


@lru_cache(maxsize=16384)
def readings(char: str) -> tuple[str, ...]:
    """The common readings of a character, the first one first; the character itself if none."""
    given = str(pinyin_dict.get(ord(char), char)).split(",")
    return tuple(dict.fromkeys(map(_plain, given)))[: 1 + (char in _TWO_READINGS)]


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
