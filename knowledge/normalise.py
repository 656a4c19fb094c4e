"""One spelling for what people type: width, script, case, blanks and decoration are taken off.

Pure, and idempotent. Both the questions and the knowledge base's own words go through it, so
that they meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

_TO_SIMPLIFIED = opencc.OpenCC("t2s")

# Zero-width and bidi marks, variation selectors, controls but line feeds.
_INVISIBLE = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_PICTURES = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff]+"
)
# WeChat writes its own faces as [微笑]: a short bracketed word.
_FACES = re.compile(r"\[(?:[\u4e00-\u9fff]{1,3}|[A-Za-z]{2,8})\]")
_BLANKS = re.compile(" +")
# Chinese characters and their commonest marks are normal as they are, and nothing is composed over
# them; what is composed with plain letters is so in the end.
_UNUSUAL = re.compile("[^\u0000-\u007f\u4e00-\u9fff。、《》“”]+")
# Nothing is said by what a message only trails off in.
_EDGES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + ",~"
# Nearly all that is wide in Chinese texts.
_WIDE = tuple(zip("，；：！？（）％", ",;:!?()%", strict=True))
_DOTS = re.compile(r"\.\.+|。。+")
_REPEATED = re.compile(r"([!?。,、~;:!?…-])\1+")

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "两": "2",
}
_NUMERAL = "〇零○一二两三四五六七八九十百"
_YEAR = re.compile(r"[〇零○一二三四五六七八九]{2,4}(?=年)")
_DATE_NUMBER = re.compile(rf"[{_NUMERAL}]{{1,3}}(?=月(?!份?来)|[日号])")
# 2021-10-26, 2021.10.26, 2021/10/26
_IN_FIGURES = re.compile(r"(?<!\d)(20\d{2})[-./](1[0-2]|0?[1-9])[-./](3[01]|[12]\d|0?[1-9])(?!\d)")
_DAY_NUMBER = re.compile(rf"(\d月)([{_NUMERAL}]{{1,3}})(?![个项年份月])")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """`text` in simplified characters, half width, lower case, without emoji or inner blanks."""
    for wide, half in _WIDE:
        text = text.replace(wide, half)
    text = _UNUSUAL.sub(_compatible, text)
    text = _DOTS.sub(",", _INVISIBLE.sub("", text))
    text = _PICTURES.sub(" ", _FACES.sub(" ", text))
    text = _TO_SIMPLIFIED.convert(text).lower()
    # A letter and a mark that only a blank kept apart are one character now.
    text = unicodedata.normalize("NFC", _BLANKS.sub(_blank, text))
    return _REPEATED.sub(r"\1", _BLANKS.sub(_blank, text)).strip(_EDGES)


def _compatible(match: re.Match[str]) -> str:
    return _compatible_form(match[0])


@lru_cache(maxsize=4096)
def _compatible_form(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _blank(match: re.Match[str]) -> str:
    """One blank for many; none beside Chinese."""
    text, start, end = match.string, match.start(), match.end()
    return (
        " " if text[max(start - 1, 0) : start].isascii() and text[end : end + 1].isascii() else ""
    )


def number(numeral: str) -> int | None:
    """The value of 十二, 二十三, 一百零五 or 12; None for anything else."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    total, unit = 0, 0
    for char in numeral:
        if char == "百":
            total, unit = total + (unit or 1) * 100, 0
        elif char == "十":
            total, unit = total + (unit or 1) * 10, 0
        elif char in _DIGITS:
            unit = int(_DIGITS[char])
        else:
            return None
    return total + unit


def digits(text: str) -> str:
    """`text` with the numerals of dates as figures: 二〇二一年十二月十五 -> 2021年12月15."""
    text = _IN_FIGURES.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    text = _YEAR.sub(lambda m: "".join(_DIGITS[c] for c in m[0]), text)
    text = _DATE_NUMBER.sub(lambda m: str(number(m[0])), text)
    return _DAY_NUMBER.sub(lambda m: f"{m[1]}{number(m[2])}", text)
