"""A message as the form reads it: half-width figures, simplified characters, cut into pieces.

Unlike `knowledge.normalise`, which prepares text for comparing, the user's punctuation and case
are kept: what is stored are the user's own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intents.filling.intro import Intro
from intents.slots.value import Found
from knowledge.late import late
from knowledge.normalise import normalise

_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0).isalnum()} | {
    0xFF20: "@",
    0xFF0B: "+",
    0xFF0D: "-",
    0xFF0E: ".",
    0xFF3F: "_",
    0xFF0A: "*",
    0xFF03: "#",
}
_HALF |= {0x3000: " ", 0xA0: " ", 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2212: "-"}
_SPECIAL = late(r"[^\n\x20-\x7e\u4e00-\u9fff]")
_CHINESE = late(r"[\u3400-\u9fff\uf900-\ufaff]+")
_FACES = late(r"\[[\u4e00-\u9fff]{1,3}\]")
_BRACKETED = late(r"【([^】\n]{1,10})】\s*[:：]?")  # 【联系人】王敏
_ALIAS = late(r"[（(](?:以下)?(?:简称|曾用名)[^（）()\n]{1,20}[）)]")  # …公司（简称示例）
_SAME_NUMBER = late(r"[（(][^（）()\n]{0,4}同[号步][^（）()\n]{0,3}[）)]")  # 手机（微信同号）
_DROPPED = frozenset({"So", "Sk", "Cs", "Cc", "Co", "Cn"})
_REPEATED = late(r"([，,。！!？?；;、~～])\1+")
_CUT = late(
    r"[，,；;。！!？?、|｜~～\n]|(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])|(?<=[\u4e00-\u9fff])/|"
    r"/(?=[\u4e00-\u9fff])"
)


@lru_cache(maxsize=1024)
def tidy(text: str) -> str:
    """`text` half width where it is letters and figures, simplified, without emoji."""
    text = _FACES.sub(" ", text.translate(_HALF))
    text = _ALIAS.sub("", text)
    text = _SAME_NUMBER.sub("", _BRACKETED.sub(r"\n\1:", text))
    text = _SPECIAL.sub(_kept, text)
    text = _CHINESE.sub(lambda m: normalise(m[0]), text)
    return _REPEATED.sub(r"\1", re.sub(r"[ \t]+", " ", text)).strip()


def _kept(special: re.Match[str]) -> str:
    char = special[0]
    kind = unicodedata.category(char)
    if kind == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return " " if kind in _DROPPED else char


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause, or a number or address that was found in the text. `who`: whom it introduces."""

    start: int
    end: int
    text: str
    found: Found | None = None
    who: Intro | None = None


def pieces(text: str, found: Sequence[Found]) -> list[Piece]:
    """`text` cut at its punctuation and around what was `found`, blanks taken off."""
    cut: list[Piece] = []
    at = 0
    for item in sorted(found, key=lambda f: f.start):
        if item.start < at:
            continue
        cut += _clauses(text, at, item.start)
        cut.append(Piece(item.start, item.end, text[item.start : item.end], item))
        at = item.end
    return [*cut, *_clauses(text, at, len(text))]


def _clauses(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for match in _CUT.finditer(text, start, end):
        yield from _stripped(text, at, match.start())
        at = match.end()
    yield from _stripped(text, at, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Piece]:
    if end - start > 2 and text[start] in "（(" and text[end - 1] in "）)":
        start, end = start + 1, end - 1
    while start < end and text[start] in " .:：-—…）)>+":
        start += 1
    while end > start and text[end - 1] in " .-—…（(<+":
        end -= 1
    if start < end:
        yield Piece(start, end, text[start:end])


def joined(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The spans of `text` as one: neighbours keep what stood between them."""
    parts: list[str] = []
    for i, (start, end) in enumerate(spans):
        if i:
            between = text[spans[i - 1][1] : start]
            parts.append(between if not re.search(r"[\w]", between) else "，")
        parts.append(text[start:end])
    return re.sub(r"\s*\n\s*", "；", "".join(parts)).strip(" ，,；;、。.")
