"""No row of an earlier version is lost or changed by its way to this one, but where it is meant."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Table, select

from storage.connection import AsyncConnection
from storage.database import Database
from storage.migrating import revisions, upgrade
from storage.restore import tables_of
from tests.storage.filled import fill

ROWS = 4
MEANT = {"outbox.target": "robots are named as such since 0004"}


async def rows_of(conn: AsyncConnection, tables: dict[str, Table]) -> dict[str, list[Any]]:
    """By table and column, in the order of the primary keys."""
    return {
        f"{table.name}.{column.name}": list(
            (await conn.execute(select(column).order_by(*table.primary_key.columns))).scalars()
        )
        for table in tables.values()
        for column in table.c
    }


@pytest.mark.parametrize("revision", revisions())
async def test_every_row_of_an_earlier_version_is_kept(blank_url: str, revision: str) -> None:
    before: dict[str, list[Any]] = {}

    async def as_it_was(conn: AsyncConnection) -> None:
        await conn.run_sync(upgrade, revision)
        tables = await conn.run_sync(tables_of)
        del tables["alembic_version"]
        await fill(conn, tables.values(), lambda _table: ROWS)
        before.update(await rows_of(conn, tables))

    await Database.begun(blank_url, as_it_was)
    db = await Database.open(blank_url)
    async with db.transaction() as conn:
        after = await rows_of(conn, await conn.run_sync(tables_of))
    await db.close()
    if "outbox.region" not in before and "outbox.key" in before:
        assert set(after["outbox.region"]) == {None}, "nobody knows where they were about"
    assert before
    kept = {place: values for place, values in before.items() if place not in MEANT}
    assert {place: after.get(place) for place in kept} == kept
    assert {place: len(after[place]) for place in before} == dict.fromkeys(before, ROWS)
