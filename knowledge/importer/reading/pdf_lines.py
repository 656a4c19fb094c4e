"""Characters on a page of a PDF -> lines of text with their places.

Sizes and positions are points, counted from the upper left corner of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

_HEAVY = re.compile(r"bold|black|heavy|simhei|黑体", re.I)
# Radicals that fonts give instead of the characters and that Unicode does not fold itself.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⺝⻑⻒⻗",
    "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母月長镸雨",
)
# Blanks by width, in the size of the characters: between words, and between columns.
_WORD_GAP = 0.15
_WIDE_GAP = 0.8


@dataclass(frozen=True, slots=True)
class Char:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """`bold` is how many characters from the beginning are bold."""

    text: str
    bold: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


def chars_of(raw: Iterable[dict[str, Any]]) -> list[Char]:
    """Of pdfplumber's characters; slanted ones (watermarks) are left out."""
    return [
        Char(
            readable(str(c["text"])),
            float(c["x0"]),
            float(c["x1"]),
            float(c["top"]),
            float(c["bottom"]),
            max(float(c["size"]), 1.0),
            bool(_HEAVY.search(str(c.get("fontname") or ""))),
        )
        for c in raw
        if c.get("upright", True)
    ]


def readable(text: str) -> str:
    """Radicals and compatibility forms as the characters that they look like."""
    if text.isascii():
        return text
    return "".join(map(_folded, text.translate(_RADICALS)))


def _folded(character: str) -> str:
    is_form = "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff"
    return unicodedata.normalize("NFKC", character) if is_form else character


def lines_of(chars: Iterable[Char]) -> list[PrintedLine]:
    """From top to bottom."""
    return [_line(sorted(line, key=lambda c: c.x0)) for line in _clustered(chars)]


def _clustered(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Characters whose middles lie within half a character of each other are on one line."""
    line: list[Char] = []
    for char in sorted((c for c in chars if c.text.strip()), key=lambda c: c.middle):
        if line and char.middle - median(c.middle for c in line[-9:]) > 0.5 * line[-1].size:
            yield line
            line = []
        line.append(char)
    if line:
        yield line


def _line(chars: Sequence[Char]) -> PrintedLine:
    text, bold = chars[0].text, len(chars[0].text) if chars[0].bold else 0
    for before, char in pairwise(chars):
        added = _blank(before, char) + char.text
        if char.bold and bold == len(text):
            bold += len(added)
        text += added
    return PrintedLine(
        text,
        bold,
        chars[0].x0,
        max(c.x1 for c in chars),
        min(c.top for c in chars),
        max(c.bottom for c in chars),
        Counter(round(c.size, 1) for c in chars).most_common(1)[0][0],
    )


def _blank(before: Char, char: Char) -> str:
    """A blank between words and columns; none between a figure and its Chinese unit."""
    gap = (char.x0 - before.x1) / max(before.size, char.size)
    if gap > _WIDE_GAP:
        return " "
    latin = [c.text < "\u1100" and c.text.isalnum() for c in (before, char)]
    return " " if all(latin) and gap > _WORD_GAP else ""
