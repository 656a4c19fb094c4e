"""Numerals that open a clause, and the labels that clauses go by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How deep a kind of numeral stands, by the rule of official documents (GB/T 9704)."""

    CHAPTER = 1  # 第一章
    ARTICLE = 2  # 第一条
    SECTION = 3  # 一、
    ITEM = 4  # （一）
    POINT = 5  # 1.
    SUBPOINT = 6  # （1） 1）
    MARK = 7  # ①


@dataclass(frozen=True, slots=True)
class Numeral:
    """`length` characters of the line are the numeral with its mark and the blanks around it."""

    level: Level
    number: int
    length: int


_DIGITS = "零一二三四五六七八九"
_CHINESE = "[一二三四五六七八九十百零〇]{1,4}"
# 一、二、三等奖 and 一、二级 count things; they number no clause.
_NOT_COUNTING = rf"(?!{_CHINESE}(?:[、等类级次档届期批]|$))"
# 1.5万元, 5.1前 and 1、2月 are amounts and days; 1.2024年度 numbers a clause.
_NOT_DECIMAL = r"(?:(?!\d)|(?=\d{4}年))"
MOST = 99
"""Greater numbers number no clause."""
_GRAMMAR: tuple[tuple[Level, str], ...] = (
    (Level.CHAPTER, rf"第\s*(?P<n>{_CHINESE}|\d{{1,2}})\s*章(?![程节])[、．.：:]?"),
    (Level.ARTICLE, rf"第\s*(?P<n>{_CHINESE}|\d{{1,2}})\s*条(?=[\s、．.：:]|$)[、．.：:]?"),
    (Level.SECTION, rf"(?P<n>{_CHINESE})\s*[、．.﹒]{_NOT_COUNTING}"),
    (Level.ITEM, rf"[（(〔﹙]\s*(?P<n>{_CHINESE})\s*[)）﹚〕]\s*[、．.]?"),
    (Level.ITEM, r"(?P<n>[㈠-㈩])[、．.]?"),
    (Level.POINT, rf"(?P<n>\d{{1,2}})\s*[．.、﹒]{_NOT_DECIMAL}"),
    (Level.POINT, r"(?P<n>[⒈-⒛])[、．.]?"),
    (Level.SUBPOINT, r"[（(]\s*(?P<n>\d{1,2})\s*[)）][、．.]?"),
    (Level.SUBPOINT, r"(?P<n>\d{1,2})\s*[)）][、．.]?"),
    (Level.SUBPOINT, r"(?P<n>[⑴-⒇])[、．.]?"),
    (Level.MARK, r"(?P<n>[①-⑳])[、．.]?"),
)
_NUMERALS = tuple((level, re.compile(rf"\s*{form}\s*")) for level, form in _GRAMMAR)
_SIGNS = {
    **{chr(ord("㈠") + i): i + 1 for i in range(10)},
    **{chr(ord(first) + i): i + 1 for first in "⒈⑴①" for i in range(20)},
}


def numeral_of(text: str) -> Numeral | None:
    """The numeral that the line opens with."""
    for level, form in _NUMERALS:
        if (found := form.match(text)) and 0 < (number := number_of(found["n"])) <= MOST:
            return Numeral(level, number, found.end())
    return None


def number_of(written: str) -> int:
    """十六 -> 16, 12 -> 12, ㈢ -> 3; 0 for what is no number."""
    if written in _SIGNS:
        return _SIGNS[written]
    if written.isdecimal():
        return int(written)
    total = digit = 0
    for sign in written.replace("〇", "零"):
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
    return total + digit


def chinese(number: int) -> str:
    """1 to 99: 16 -> 十六, 20 -> 二十."""
    tens, ones = divmod(number, 10)
    digits = _DIGITS[ones] if ones else ""
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + digits


def label_of(level: Level, number: int) -> str:
    """What is printed for one numeral: 第三章, 三, （三）, 3; a sub-point is （3）."""
    match level:
        case Level.CHAPTER:
            return f"第{chinese(number)}章"
        case Level.ARTICLE:
            return f"第{chinese(number)}条"
        case Level.SECTION:
            return chinese(number)
        case Level.ITEM:
            return f"（{chinese(number)}）"
        case Level.POINT:
            return str(number)
        case _:
            return f"（{number}）"
