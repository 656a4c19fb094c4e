"""A backup's lines into an empty database of either kind: whole, or not at all.

The tables are made as they were when the backup was made, filled, and then brought to this
program's revision: so a backup of an earlier version is of use to a later one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, MetaData, Table, event, func, inspect, select

from storage.backup import FORMAT, Backup, Head
from storage.columns import Json, UtcDateTime
from storage.connection import AsyncConnection
from storage.database import Database
from storage.migrating import UnknownRevision, upgrade

_AT_A_TIME = 500


class BackupError(Exception):
    """The backup cannot be restored; `str` is one line that says why."""


async def restore(url: str, lines: Iterable[str]) -> Backup:
    """What was restored. Raises BackupError, DatabaseError; then nothing was written."""
    return await Database.begun(url, lambda conn: _fill(conn, _read(lines)))


async def _fill(conn: AsyncConnection, parts: Iterator[Any]) -> Backup:
    head = _head(next(parts, None))
    await conn.run_sync(_make_tables, head.revision)
    tables = await conn.run_sync(tables_of)
    counted, told = await _rows(conn, tables, parts)
    if told is None:
        raise BackupError("the backup was cut off: its end is missing")
    if counted != told:
        raise BackupError("the backup is damaged: rows are missing")
    await _go_on_counting(conn, [tables[name] for name in counted])
    return Backup(head, counted)


def _head(line: Any) -> Head:
    try:
        head = Head(**{**line, "keys": tuple(line["keys"])})
    except (TypeError, KeyError):
        raise BackupError("this is no backup") from None
    if head.zhixing != FORMAT:
        raise BackupError(f"a backup of format {head.zhixing}: made by a newer version")
    return head


def _make_tables(connection: Connection, revision: str) -> None:
    if inspect(connection).get_table_names():
        raise BackupError("the database is not empty: a backup is restored into an empty one only")
    try:
        upgrade(connection, revision)
    except UnknownRevision:
        raise BackupError(f"made by a newer version of the program ({revision})") from None


def tables_of(connection: Connection) -> dict[str, Table]:
    """As they are now, which need not be as this program's schema has them: what is pointed at
    first."""
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def typed(_inspector: object, _table: object, column: Any) -> None:
        if isinstance(column["type"], JSON):
            column["type"] = Json()
        elif isinstance(column["type"], DateTime):
            column["type"] = UtcDateTime()

    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables}


async def _rows(
    conn: AsyncConnection, tables: dict[str, Table], parts: Iterator[Any]
) -> tuple[dict[str, int], dict[str, int] | None]:
    """How many of each table were read, and how many there should be."""
    counted: dict[str, int] = {}
    filling: _Filling | None = None
    for part in parts:
        if isinstance(part, list):
            if filling is None:
                raise BackupError("the backup is damaged: a row of no table")
            await filling.add(part)
            continue
        if not isinstance(part, dict):
            raise BackupError("the backup is damaged: neither a table nor a row")
        if filling is not None:
            counted[filling.name] = await filling.end()
        if "rows" in part:
            return counted, part["rows"]
        filling = _Filling(conn, tables, part)
    return counted, None


class _Filling:
    """Rows of one table on their way into it."""

    def __init__(self, conn: AsyncConnection, tables: dict[str, Table], part: Any) -> None:
        try:
            self._table = tables[part["table"]]
            self._columns = [self._table.columns[name] for name in part["columns"]]
        except (KeyError, TypeError):
            raise BackupError("the backup is damaged: a table that it cannot have") from None
        self._conn = conn
        self._rows: list[dict[str, Any]] = []
        self._count = 0

    @property
    def name(self) -> str:
        return self._table.name

    async def add(self, values: list[Any]) -> None:
        pairs = zip(self._columns, values, strict=True)
        try:
            self._rows.append({c.name: _typed(c.type, value) for c, value in pairs})
        except (TypeError, ValueError):
            raise BackupError(f"the backup is damaged: a row of {self.name}") from None
        if len(self._rows) == _AT_A_TIME:
            await self._write()

    async def end(self) -> int:
        await self._write()
        return self._count

    async def _write(self) -> None:
        if self._rows:
            await self._conn.execute(self._table.insert(), self._rows)
        self._count += len(self._rows)
        self._rows = []


def _typed(kind: Any, value: Any) -> Any:
    if value is not None and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return value


async def _go_on_counting(conn: AsyncConnection, tables: Iterable[Table]) -> None:
    """PostgreSQL's sequences go on behind the highest number; SQLite does so by itself."""
    if conn.dialect.name != "postgresql":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is None or column.server_default is None:
            continue
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        highest = (await conn.execute(select(func.max(column)))).scalar()
        if highest is not None:
            await conn.execute(select(func.setval(sequence, highest)))


def _read(lines: Iterable[str]) -> Iterator[Any]:
    """Raises BackupError."""
    try:
        for line in lines:
            yield json.loads(line)
    except (ValueError, RecursionError):
        raise BackupError("this is no backup, or it is damaged") from None
