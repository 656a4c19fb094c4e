"""What the program needs of SQLAlchemy beside asyncio, without the mapper of objects to tables.

The package `sqlalchemy.ext.asyncio` brings all of `sqlalchemy.orm` for sessions, which nobody here
has: forty modules and six megabytes. Import it nowhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_PACKAGE = "sqlalchemy.ext.asyncio"
_OF_SESSIONS = ("session", "scoping")


class _Unwanted(ModuleType):
    """Has whatever is imported from it: nothing."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _without_sessions() -> Iterator[None]:
    names = [f"{_PACKAGE}.{part}" for part in _OF_SESSIONS]
    if _PACKAGE in sys.modules:
        yield
        return
    sys.modules |= {name: _Unwanted(name) for name in names}
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


with _without_sessions():
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

__all__ = ["AsyncConnection", "AsyncEngine", "create_async_engine"]
