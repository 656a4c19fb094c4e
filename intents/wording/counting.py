"""How many there are, in words."""

from __future__ import annotations


def not_as_many(said: int, unit: str = "项") -> str:
    """The question took the list for longer or shorter than it is."""
    return f"不是{said}{unit}，"


def numeral(number: int) -> str:
    """Up to nineteen, as clauses are numbered."""
    tens, units = divmod(number, 10)
    return f"{'十' * tens}{'零一二三四五六七八九'[units] if units or not tens else ''}"
