"""How the C library keeps memory, where it is glibc; anywhere else nothing is done.

Left alone, it gives each thread a heap of its own, and once one large block was given back it puts
large blocks between small ones, where they leave holes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import cast

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # as malloc.h has them
# Less would cost more time than it saves memory.
_APART_AT_START, _APART_AT_WORK = 1024 * 1024, 8 * 1024 * 1024


def begin_sparingly() -> None:
    """For a start, which makes and drops much: one heap, and what is large lies apart from it."""
    _told(_ARENA_MAX, 1)
    _told(_MMAP_THRESHOLD, _APART_AT_START)


def give_back() -> None:
    """What is free goes, and from now on what work needs over and over is kept."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)
    _told(_MMAP_THRESHOLD, _APART_AT_WORK)
    _told(_TRIM_THRESHOLD, 2 * _APART_AT_WORK)


def _told(option: int, value: int) -> None:
    tell = _function("mallopt")
    if tell is not None:
        tell(option, value)


def _function(name: str) -> Callable[..., int] | None:
    """None where it is not glibc."""
    try:
        library = ctypes.CDLL(None)
        library.gnu_get_libc_version  # noqa: B018
        return cast("Callable[..., int]", getattr(library, name))
    except (AttributeError, OSError, TypeError):
        return None
