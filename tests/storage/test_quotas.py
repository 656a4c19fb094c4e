"""A month's quota is never exceeded, however many workers use it."""

from __future__ import annotations

import asyncio

from storage import quotas
from storage.database import Database
from tests.data_key import KEYS


async def use(
    db: Database, period: str = "2024-05", limit: int = 3, name: str = "dingtalk"
) -> bool:
    async with db.transaction() as conn:
        return await quotas.use(conn, name, period, limit)


async def test_a_quota_ends_and_begins_anew_with_the_next_month(db: Database) -> None:
    assert [await use(db) for _ in range(4)] == [True, True, True, False]
    assert await use(db, name="another")
    assert await use(db, "2024-06")
    assert await use(db, limit=4)
    assert not await use(db, "2024-07", limit=0)


async def test_workers_share_a_quota_exactly(db: Database, database_url: str) -> None:
    other = await Database.open(database_url, keys=KEYS)
    used = await asyncio.gather(*(use(one, limit=7) for _ in range(10) for one in (db, other)))
    await other.close()
    assert sum(used) == 7
