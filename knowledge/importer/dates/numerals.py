"""Characters and numerals of dates: one spelling of the same length, and their values."""

from __future__ import annotations

_SPELLED = {"０１２３４５６７８９": "0123456789", "〇○◯零": "〇" * 4, "ＯοΟО": "O" * 4}
_MARKS = {
    "\u3000\u00a0\u2002\u2003\u2009\t": " " * 6,
    "–—―－‐‑−─": "-" * 8,
    "～〜∼": "~" * 3,
    "：（）．／，；": ":()./,;",
    "號": "号",
}
_FOLD = str.maketrans(
    {
        c: to
        for group in (_SPELLED, _MARKS)
        for cs, ts in group.items()
        for c, to in zip(cs, ts, strict=True)
    }
)

_VALUES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2, "O": 0, "o": 0}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def folded(text: str) -> str:
    """`text` with one spelling for digits, zeros, blanks, dashes and brackets, place for place."""
    return text.translate(_FOLD)


def digits_of(year: str) -> int:
    """2024, 2 0 2 4, 二〇二四, 二O二4."""
    return int("".join(str(_VALUES.get(c, c)) for c in year if c != " "))


def number_of(numeral: str) -> int:
    """25, 2 5, 二十五, 廿五, 十, 一百二十; 0 for what is no numeral."""
    plain = numeral.replace(" ", "")
    if plain.isdigit():
        return int(plain)
    total = unit = 0
    for char in plain:
        if char in _TENS:
            total, unit = total + (unit or 1) * _TENS[char], 0
        elif char == "百":
            total, unit = total + (unit or 1) * 100, 0
        else:
            unit = _VALUES.get(char, 0)
    return total + unit
