"""Text with one width of digits, letters, dashes and blanks, character for character."""

from __future__ import annotations

_DASHES = "－—–―‐‑‒─━﹣﹘−ー"
_BLANKS = "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"
_WIDE = "（）：；／＠＋．＃［］｜\r"
_NARROW = "():;/@+.#[]| "
_TABLE: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
_TABLE |= dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, _BLANKS), " ")
_TABLE |= str.maketrans(_WIDE, _NARROW)


def plain(text: str) -> str:
    """The text as the grammars read it; every character keeps its place."""
    return text.translate(_TABLE)
