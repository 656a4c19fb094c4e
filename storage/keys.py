"""Text from outside, made such that both databases can hold it and index it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from unicodedata import category

_LONGEST = 200
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Drawn as nothing, though no format characters."""
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]"
    "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
)
_EMOJI = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f"
    f"|{_PICTURE}(?:\u200d{_PICTURE})*|[0-9#*]\ufe0f?\u20e3)"
)
"""One each, of however many characters: a family is three people with joiners in between."""


def storable(text: str) -> str:
    """What people send, without what neither they nor the database sees.

    That is NUL and lone surrogates, which PostgreSQL and UTF-8 do not hold; and control, direction
    and zero-width marks, which tear words apart and turn them round. Those within an emoji make it
    what it is, and stay. A line ends in `\\n`.
    """
    pieces = _EMOJI.split(_LINE_ENDS.sub("\n", _held(text)))
    return "".join(piece if n % 2 else _seen(piece) for n, piece in enumerate(pieces))


def signs(text: str) -> Iterator[str]:
    """What is stored or left out as one: an emoji as a whole, else a character."""
    for n, piece in enumerate(_EMOJI.split(text)):
        yield from [piece] if n % 2 else piece


def _seen(text: str) -> str:
    return "".join(char for char in text if not _unseen(char))


def _held(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


@lru_cache(maxsize=4096)
def _unseen(char: str) -> bool:
    if char in "\n\t":
        return False
    return category(char) in ("Cc", "Cf") or char in _FILLERS or _is_selector(char)


def _is_selector(char: str) -> bool:
    """Of a variant of the character before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def key_of(text: str) -> str:
    """`text` as a key: an overlong one, which no index would take, is cut and given its hash."""
    clean = _held(text)
    if len(clean) <= _LONGEST:
        return clean
    digest = blake2b(clean.encode(), digest_size=16).hexdigest()
    return f"{clean[: _LONGEST - len(digest) - 1]}#{digest}"
