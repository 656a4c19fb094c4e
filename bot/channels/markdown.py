"""Plain words for a platform that reads markdown, such that people read them as they are."""

from __future__ import annotations

from knowledge.late import late

_LINK = late(r"(https?://[^\s，。；）】]+)")
_SIGNS = {ord(sign): ord(sign) + 0xFEE0 for sign in "*_`~[]<>#!|\\"}
"""No platform documents an escape: its signs become look-alikes, wherever people wrote them."""


def as_markdown(text: str, newline: str) -> str:
    """Links stay, and lines stay lines: `newline` is what the platform takes for the end of one."""
    pieces = _LINK.split(text)
    plain = [piece if n % 2 else piece.translate(_SIGNS) for n, piece in enumerate(pieces)]
    return "".join(plain).replace("\n", newline)
