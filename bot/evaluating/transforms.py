"""The same question as people type it: with typos, in another script, with padding, in pinyin.

Each transform takes a question and a seeded generator and gives the question as typed; the same
seed gives the same text. Figures and numerals stay as they are, for another number would be
another question, and nothing is left empty: what a transform cannot touch it gives back.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import opencc
import yaml
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from knowledge.late import late

Transform = Callable[[str, random.Random], str]

_LOOK_ALIKES = Path(__file__).parent / "look_alikes.yaml"
_PADDING = Path(__file__).parent / "padding.yaml"
_CHINESE = late("[\u4e00-\u9fff]")
_CHINESE_OR_NOT = late("[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
# Words are looked for between these.
_LITTLE = frozenset(
    "的了是在要有和与或及把被给让就也都还又再得到从向往以么个些吗呢吧啊我你他们这那哪谁几"
)
# Input methods offer so many characters of a sound on their first page or two.
_OFFERED = 12
_WORD = (2, 4)
_TO_TRADITIONAL = "s2t"


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    """Toneless sound -> the common characters of that sound, the commonest first."""
    counts = Counter(char for phrase in PHRASES_DICT for char in phrase)
    found: dict[str, list[str]] = defaultdict(list)
    for char in _common():
        found[lazy_pinyin(char)[0]].append(char)
    return {
        sound: tuple(sorted(chars, key=lambda c: (-counts[c], c))[:_OFFERED])
        for sound, chars in found.items()
    }


def _common() -> list[str]:
    """The 3,755 characters of the first level of GB 2312, which are those in common use."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    chars = [code.decode("gb2312", errors="ignore") for code in codes]
    return [char for char in chars if char and char not in _NUMERALS]


@cache
def _by_shape() -> Mapping[str, tuple[str, ...]]:
    """Character -> those that look like it."""
    groups: list[str] = yaml.safe_load(_LOOK_ALIKES.read_text(encoding="utf-8"))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        for char in group:
            found[char].update(dict.fromkeys(c for c in group if c not in {char} | _NUMERALS))
    return {char: tuple(others) for char, others in found.items() if others}


def homophone(text: str, chance: random.Random) -> str:
    """One character typed as another common one of the same sound."""
    return _homophones(text, chance, 1)


def homophone2(text: str, chance: random.Random) -> str:
    """Two characters typed so."""
    return _homophones(text, chance, 2)


def _homophones(text: str, chance: random.Random, times: int) -> str:
    sounds = _sounds(text)
    choices = {}
    for i in _free(text):
        others = [c for c in _by_sound().get(sounds[i], ()) if c != text[i]]
        if others:
            choices[i] = others
    return _put(text, {i: chance.choice(choices[i]) for i in _some(list(choices), chance, times)})


def shape(text: str, chance: random.Random) -> str:
    """One character typed as one that looks like it."""
    able = [i for i in _free(text) if text[i] in _by_shape()]
    return _put(text, {i: chance.choice(_by_shape()[text[i]]) for i in _some(able, chance, 1)})


def dropped(text: str, chance: random.Random) -> str:
    """One character left out."""
    able = _free(text)
    return _put(text, {i: "" for i in _some(able, chance, 1)}) if len(able) > _WORD[0] else text


def traditional(text: str, _chance: random.Random) -> str:
    """In traditional characters."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC(_TO_TRADITIONAL)


def fullwidth(text: str, _chance: random.Random) -> str:
    """ASCII in full width, as some input methods leave it."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def padding(text: str, chance: random.Random) -> str:
    """With a greeting, a face or a thank-you before it, after it or on both sides."""
    before, after = chance.choice(((1, 0), (0, 1), (1, 1)))
    words = _paddings()
    return chance.choice(words["before"]) * before + text + chance.choice(words["after"]) * after


@cache
def _paddings() -> dict[str, list[str]]:
    words: dict[str, list[str]] = yaml.safe_load(_PADDING.read_text(encoding="utf-8"))
    return words


def pinyin_word(text: str, chance: random.Random) -> str:
    """One word of two to four characters in pinyin without tones."""
    words = [(start, end) for run in _runs(text) for start, end in _words(*run)]
    if not words:
        return text
    start, end = chance.choice(words)
    blank = chance.choice(("", "", " "))
    spelled = "".join(_sounds(text)[start:end])
    return f"{text[:start]}{blank}{spelled}{blank}{text[end:]}".strip()


def pinyin(text: str, chance: random.Random) -> str:
    """All of it in pinyin without tones, in one go or syllable by syllable."""
    blank = chance.choice(("", " "))
    spelled = ""
    for char, sound in zip(text, _sounds(text), strict=True):
        spelled += f"{blank}{sound}{blank}" if _CHINESE.match(char) else char
    return re.sub(" +", " ", spelled).strip()


def _sounds(text: str) -> list[str]:
    """The sound of each character in its place; what has none stands for itself."""
    return [
        sound
        for run in _CHINESE_OR_NOT.findall(text)
        for sound in (lazy_pinyin(run) if _CHINESE.match(run) else list(run))
    ]


def _free(text: str) -> list[int]:
    """Where characters stand that may be touched: Chinese ones that are no numerals."""
    return [i for i, c in enumerate(text) if _CHINESE.match(c) and c not in _NUMERALS]


def _some(places: list[int], chance: random.Random, times: int) -> list[int]:
    return chance.sample(places, min(times, len(places)))


def _put(text: str, instead: Mapping[int, str]) -> str:
    return "".join(instead.get(i, char) for i, char in enumerate(text))


def _runs(text: str) -> list[tuple[int, int]]:
    """The stretches between little words, where the words of content are."""
    free = set(_free(text))
    marks = [i in free and c not in _LITTLE for i, c in enumerate(text)]
    starts = [i for i, mark in enumerate(marks) if mark and not (i and marks[i - 1])]
    ends = [i + 1 for i, mark in enumerate(marks) if mark and not any(marks[i + 1 : i + 2])]
    return list(zip(starts, ends, strict=True))


def _words(start: int, end: int) -> list[tuple[int, int]]:
    """Likely words of a stretch: all of a short one, else two characters and two."""
    shortest, longest = _WORD
    if end - start < shortest:
        return []
    whole = [(start, end)] if end - start <= longest else []
    return whole + [
        (i, i + shortest) for i in range(start, end - 1, shortest) if (i, i + shortest) not in whole
    ]


TRANSFORMS: Mapping[str, Transform] = MappingProxyType(
    {
        "homophone": homophone,
        "homophone2": homophone2,
        "shape": shape,
        "dropped": dropped,
        "traditional": traditional,
        "fullwidth": fullwidth,
        "padding": padding,
        "pinyin-word": pinyin_word,
        "pinyin": pinyin,
    }
)
