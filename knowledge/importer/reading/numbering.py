"""Automatic numbering of Word documents: the numerals that are printed but not in the text.

Formats and counting follow ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_ENDED = tuple("、.．。)）:：]】-—")
_LEVELS = 9
_MOST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str | None


@dataclass(slots=True)
class Numbering:
    """The counters of one document. `label` must be asked once a paragraph, in reading order."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _restarted: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """`一、`, `（二）`, `3.` of the next paragraph of list `number` at a level from 0 on; empty
        for bullets and lists that are not defined."""
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        counts = self._counted(number, level, levels)

        def figure(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            known = levels.get(at)
            return written(counts[at] or (known.start if known else 1), known.form if known else "")

        if levels[level].form in ("bullet", "none"):
            return ""
        label = _PLACE.sub(figure, levels[level].text).strip()
        return label if not label or label.endswith(_ENDED) else label + " "

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        levels = self._levels.get(number, {})
        return next((at for at, level in levels.items() if level.style == style), None)

    def _counted(self, number: str, at: int, levels: dict[int, _Level]) -> list[int | None]:
        abstract = self._abstract[number]
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if number in self._restarted:
            self._restarted.discard(number)
            counts[:] = [None] * _LEVELS
        so_far = counts[at]
        counts[at] = levels[at].start if so_far is None else min(so_far + 1, _MOST)
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return counts


def numbering_of(root: Any | None) -> Numbering:
    """Of the root of numbering.xml (None: the document has none)."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {
        a.get(qn("w:abstractNumId")): _levels_of(a) for a in root.iterfind(qn("w:abstractNum"))
    }
    for num in root.iterfind(qn("w:num")):
        number = num.get(qn("w:numId")) or ""
        abstract = _value(num, "w:abstractNumId") or ""
        levels = dict(abstracts.get(abstract, {}))
        for override in num.iterfind(qn("w:lvlOverride")):
            _override(override, levels)
            numbering._restarted.add(number)
        numbering._levels[number] = levels
        numbering._abstract[number] = abstract
    return numbering


def _override(override: Any, levels: dict[int, _Level]) -> None:
    levels.update(_levels_of(override))
    at = _whole(override.get(qn("w:ilvl")), 0)
    start = _value(override, "w:startOverride")
    if at in levels and start is not None:
        old = levels[at]
        levels[at] = _Level(_whole(start, 1), old.form, old.text, old.style)


def _levels_of(element: Any) -> dict[int, _Level]:
    levels = {}
    for lvl in element.iterfind(qn("w:lvl")):
        at = _whole(lvl.get(qn("w:ilvl")), 0)
        if 0 <= at < _LEVELS:
            levels[at] = _Level(
                _whole(_value(lvl, "w:start"), 1),
                _value(lvl, "w:numFmt") or "decimal",
                _value(lvl, "w:lvlText") or "",
                _value(lvl, "w:pStyle"),
            )
    return levels


def _value(element: Any, tag: str) -> str | None:
    child = element.find(qn(tag))
    value = child.get(qn("w:val")) if child is not None else None
    return str(value) if value is not None else None


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 5 else default


def written(number: int, form: str) -> str:
    """The number in one of Word's formats; decimal where the format is not known."""
    return _FORMS.get(form, str)(number)


def chinese(number: int) -> str:
    """1 to 9999: 一, 十二, 二十, 一百零三."""
    if number < 20:
        return ("十" + _DIGITS[number - 10]).rstrip("〇") if number >= 10 else _DIGITS[number]
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _DIGITS[digit] + name
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "ideographDigital",
            "japaneseDigitalTenThousand",
        ),
        chinese,
    ),
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "bullet": lambda _: "",
    "none": lambda _: "",
}
