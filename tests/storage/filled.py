"""Rows for every table there is, whatever the tables mean: what moves data must move them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, Table, Text, insert

from storage.columns import Json, UtcDateTime
from storage.connection import AsyncConnection

NOW = datetime(2024, 5, 1, 8, 30, 0, 123456, tzinfo=UTC)


def value(column: Column[Any], n: int) -> Any:
    """Something to lie in the column of row `n`; every other row leaves out what it may."""
    if column.foreign_keys or column.primary_key:
        return n if isinstance(column.type, Integer) else f"{n:05d} 键'\"\n🏢"
    if column.nullable and n % 2:
        return None
    if isinstance(column.type, UtcDateTime):
        return NOW + timedelta(days=n)
    if isinstance(column.type, Boolean):
        return n % 3 == 0
    if isinstance(column.type, JSON | Json):
        return [{"单位": f"第{n}家", "数": [1, 2.5, None, True]}, f"sealed:{n}"][n % 2]
    assert isinstance(column.type, Integer | Text), f"{column} is of a new type"
    return n if isinstance(column.type, Integer) else f"{column.name} {n} “引号” \\ \t"


async def fill(
    conn: AsyncConnection, tables: Iterable[Table], rows: Callable[[Table], int]
) -> None:
    """So many rows of each table, what is pointed at first."""
    for table in tables:
        given = [{c.name: value(c, n) for c in table.c} for n in range(1, rows(table) + 1)]
        await conn.execute(insert(table), given)
