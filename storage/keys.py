"""Text from outside, made such that both databases can hold it and index it."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from unicodedata import category

_LONGEST = 200
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Drawn as nothing, though no format characters."""


def storable(text: str) -> str:
    """What people send, without what neither they nor the database sees.

    That is NUL and lone surrogates, which PostgreSQL and UTF-8 do not hold; and control, direction
    and zero-width marks, which tear words apart and turn them round. A line ends in `\\n`.
    """
    seen = _LINE_ENDS.sub("\n", _held(text))
    return "".join(char for char in seen if not _unseen(char))


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
