"""Regular expressions that are compiled when they are first used.

Compiling them all takes a tenth of a server's start, and nobody asks anything within its first
second. `compile_all` is for a server that listens already.
"""

from __future__ import annotations

import re
from typing import Any, cast

_USES = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")

_waiting: list[_Late] = []


class _Late:
    """Has what is asked of a pattern once any of it was asked for."""

    __slots__ = ("flags", "pattern", *_USES)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _USES:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for use in _USES:
            setattr(self, use, getattr(compiled, use))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but it raises `re.error` only when it is used."""
    made = _Late(pattern, flags)
    _waiting.append(made)
    return cast("re.Pattern[str]", made)


def compile_all() -> None:
    """Whatever is not compiled yet. Raises `re.error`."""
    while _waiting:
        _waiting.pop().search  # noqa: B018
