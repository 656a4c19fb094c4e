"""Text from outside, made such that both databases can hold it and index it."""

from __future__ import annotations

from hashlib import blake2b

_LONGEST = 200


def storable(text: str) -> str:
    """`text` without NUL and lone surrogates, which PostgreSQL and UTF-8 do not hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def key_of(text: str) -> str:
    """`text` as a key: an overlong one, which no index would take, is cut and given its hash."""
    clean = storable(text)
    if len(clean) <= _LONGEST:
        return clean
    digest = blake2b(clean.encode(), digest_size=16).hexdigest()
    return f"{clean[: _LONGEST - len(digest) - 1]}#{digest}"
