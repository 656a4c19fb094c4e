"""One worker at a time, whoever asks first; the next once that one is gone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage.database import Conflict, Database
from storage.leases import hold, release

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)


async def holds(db: Database, owner: str, now: datetime = NOON, name: str = "aibot:b1") -> bool:
    async with db.transaction() as conn:
        return await hold(conn, name, owner, now, HALF_A_MINUTE)


async def released(db: Database, owner: str) -> None:
    async with db.transaction() as conn:
        await release(conn, "aibot:b1", owner)


async def test_who_asks_first_has_it_and_the_others_stand_by(db: Database) -> None:
    assert await holds(db, "first")
    assert not await holds(db, "second", NOON + timedelta(seconds=29))


async def test_who_has_it_keeps_it_by_asking_again(db: Database) -> None:
    assert await holds(db, "first")
    assert await holds(db, "first", NOON + timedelta(seconds=20))
    assert not await holds(db, "second", NOON + timedelta(seconds=40))


async def test_the_lease_of_one_who_died_falls_to_who_asks_next(db: Database) -> None:
    assert await holds(db, "first")
    assert await holds(db, "second", NOON + HALF_A_MINUTE)
    assert not await holds(db, "first", NOON + HALF_A_MINUTE)


async def test_what_is_given_back_is_free_at_once(db: Database) -> None:
    assert await holds(db, "first")
    await released(db, "first")
    assert await holds(db, "second")


async def test_only_its_owner_gives_it_back(db: Database) -> None:
    assert await holds(db, "first")
    await released(db, "second")
    assert not await holds(db, "second")


async def test_leases_of_other_names_are_another_matter(db: Database) -> None:
    assert await holds(db, "first")
    assert await holds(db, "second", name="aibot:b2")


async def test_of_many_who_ask_at_once_one_gets_it(db: Database) -> None:
    async def tries(owner: str) -> bool:
        try:
            return await holds(db, owner)
        except Conflict:
            return False

    won = await asyncio.gather(*[tries(f"worker {n}") for n in range(8)])
    assert won.count(True) == 1
