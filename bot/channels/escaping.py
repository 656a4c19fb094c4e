"""Platforms' ids as parts of a sender's key: a slash inside one is none between two."""

from __future__ import annotations

from urllib.parse import unquote


def escaped(part: str, also: str = "") -> str:
    """`also`: characters beside the slash that mean something in the key."""
    for mark in f"%/{also}":
        part = part.replace(mark, f"%{ord(mark):02X}")
    return part


def whole(part: str) -> str:
    """What `escaped` was given."""
    return unquote(part)
