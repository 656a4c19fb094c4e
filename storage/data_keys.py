"""Which data keys values in the database are sealed with: ids alone, never a key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import delete, select

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import data_keys


async def known(conn: AsyncConnection) -> frozenset[str]:
    return frozenset((await conn.execute(select(data_keys.c.id))).scalars())


async def add(conn: AsyncConnection, ids: Collection[str]) -> None:
    if ids:
        statement = insert_into(conn, data_keys).on_conflict_do_nothing(index_elements=["id"])
        now = datetime.now(UTC)
        await conn.execute(statement, [{"id": id_, "at": now} for id_ in ids])


async def keep_only(conn: AsyncConnection, id_: str) -> None:
    """No value is sealed with any other key any more."""
    await conn.execute(delete(data_keys).where(data_keys.c.id != id_))
