"""aiosqlite with one hop to its thread for each statement, where SQLAlchemy else takes four.

The hops cost more than the statements. Nothing else differs: rows are fetched with the execution
that finds them, so that a cursor is done with before anyone sees it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import aiosqlite


class OneHopCursor(aiosqlite.Cursor):
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._conn = connection
        self._rows: list[Any] = []

    async def execute(self, sql: str, parameters: Any = ()) -> aiosqlite.Cursor:
        return await self._run(lambda conn: conn.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Any) -> aiosqlite.Cursor:
        return await self._run(lambda conn: conn.executemany(sql, parameters))

    async def fetchall(self) -> Iterable[sqlite3.Row]:
        return self._rows

    async def close(self) -> None:
        """Nothing is open: all rows have been fetched."""

    async def _run(self, run: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> aiosqlite.Cursor:
        hop: Any = self._execute
        self._cursor, self._rows = await hop(_fetched, run, self._conn._conn)
        return self


class OneHopConnection(aiosqlite.Connection):
    def cursor(self) -> OneHopCursor:  # type: ignore[override]
        return OneHopCursor(self)

    async def _connect(self) -> aiosqlite.Connection:
        """A thread that could not connect ends before the loop that it reports to can."""
        try:
            return await super()._connect()
        except BaseException:
            self._thread.join()
            raise


def connect(database: str, **options: Any) -> OneHopConnection:
    """To be awaited, as `aiosqlite.connect`. Its thread does not keep the process alive."""
    connection = OneHopConnection(partial(sqlite3.connect, database, **options), 64)
    connection._thread.daemon = True  # as SQLAlchemy does where it connects by itself
    return connection


def _fetched(
    run: Callable[[sqlite3.Connection], sqlite3.Cursor], connection: sqlite3.Connection
) -> tuple[sqlite3.Cursor, list[Any]]:
    cursor = run(connection)
    return cursor, cursor.fetchall()
