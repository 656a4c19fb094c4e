"""Users' words, made fit for a file: nothing in them that a program would act upon."""

from __future__ import annotations

import unicodedata

from knowledge.late import late

_BREAKS = late("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_JOINER = "\u200d"  # holds compound emoji together


def plain(text: str) -> str:
    """`text` in full, without control, direction and invisible characters; a break of the line
    is `\\n`, a tab a space."""
    lines = _BREAKS.split(text.replace("\t", " "))
    kept = ("".join(c for c in line if _printable(c)).rstrip() for line in lines)
    return "\n".join(kept).strip()


def _printable(character: str) -> bool:
    if character == _JOINER:
        return True
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return False
    return ord(character) & 0xFFFE != 0xFFFE  # never characters, and not XML
