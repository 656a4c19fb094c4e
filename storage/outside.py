"""What a transaction does outside the database: kept once it is committed, else undone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

from storage.connection import AsyncConnection

_HELD = "outside"


class Outside(Protocol):
    """Neither raises: the database has already decided."""

    def keep(self) -> None: ...
    def undo(self) -> None: ...


def goes_with(conn: AsyncConnection, thing: Outside) -> None:
    """Lets `thing` share what becomes of the transaction, or of the `savepoint`, that is open."""
    _held(conn).append(thing)


@contextmanager
def decided(things: list[Outside]) -> Iterator[None]:
    """Keeps them at the end of the block; on any exception undoes them."""
    try:
        yield
    except BaseException:
        _undo(things, 0)
        raise
    for thing in things:
        thing.keep()


def begin(conn: AsyncConnection, things: list[Outside]) -> None:
    """`things` are from now on those of the transaction in `conn`."""
    conn.info[_HELD] = things


@asynccontextmanager
async def savepoint(conn: AsyncConnection) -> AsyncIterator[None]:
    """What the block does, in the database and outside it, is undone on any exception."""
    before = len(_held(conn))
    try:
        async with conn.begin_nested():
            yield
    except BaseException:
        _undo(_held(conn), before)
        raise


def _undo(things: list[Outside], first: int) -> None:
    for thing in things[first:]:
        thing.undo()
    del things[first:]


def _held(conn: AsyncConnection) -> list[Outside]:
    things: list[Outside] = conn.info[_HELD]
    return things
