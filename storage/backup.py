"""All that a database holds, of one moment, as lines of text that either kind of database takes.

The first line is a JSON object: the format, the revision of the tables, when it was made, and the
ids of the keys with which values are sealed; the keys themselves are nowhere in it. Then for each
table an object with its name and columns, and an array for each of its rows, in an order in which
what is pointed at comes first. The last line counts the rows of each table: a backup without it
was cut off.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select, text, tuple_

from storage import data_keys
from storage.connection import AsyncConnection
from storage.database import Database
from storage.schema import metadata

FORMAT = 1
_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """What a backup's first line says; `keys` are ids."""

    zhixing: int
    revision: str
    at: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: its head, and how many rows of each table."""

    head: Head
    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


async def dump(db: Database, write: Callable[[str], object], now: datetime) -> Backup:
    """Gives `write` one line after the other. Needs no data key: what is sealed stays so."""
    async with db.snapshot() as conn:
        head = await _head(conn, now)
        write(_line(asdict(head)))
        rows = {table.name: await _table(conn, table, write) for table in metadata.sorted_tables}
        write(_line({"rows": rows}))
    return Backup(head, rows)


async def _head(conn: AsyncConnection, now: datetime) -> Head:
    found = await conn.execute(text("SELECT version_num FROM alembic_version"))
    keys = tuple(sorted(await data_keys.known(conn)))
    return Head(FORMAT, found.scalar_one(), now.isoformat(timespec="seconds"), keys)


async def _table(conn: AsyncConnection, table: Table, write: Callable[[str], object]) -> int:
    write(_line({"table": table.name, "columns": table.columns.keys()}))
    count = 0
    async for rows in _chunks(conn, table):
        for row in rows:
            write(_line([_plain(value) for value in row]))
        count += len(rows)
    return count


async def _chunks(conn: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    """By the primary key, so that no table need fit into memory."""
    key = tuple_(*table.primary_key.columns)
    places = [table.columns.keys().index(c.name) for c in table.primary_key.columns]
    statement = select(table).order_by(*table.primary_key.columns).limit(_AT_A_TIME)
    rows = (await conn.execute(statement)).all()
    while rows:
        yield rows
        last = tuple(rows[-1][place] for place in places)
        rows = (await conn.execute(statement.where(key > last))).all()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
