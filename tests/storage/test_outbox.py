"""The outbox: each key once, one worker at a time, nothing lost by a kill."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage import outbox
from storage.database import Database
from storage.outbox import Claimed, OutboxRow

NOW = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DIGEST = OutboxRow("digest:2024-05-01:工作群", "工作群", {"markdown": "今日新增需求 3 条"}, NOW)


async def add(db: Database, *rows: OutboxRow) -> None:
    async with db.transaction() as conn:
        await outbox.add(conn, rows)


async def claim(db: Database, now: datetime, limit: int = 10) -> list[Claimed]:
    async with db.transaction() as conn:
        return await outbox.claim(conn, now, limit, lease=MINUTE)


async def test_a_message_is_claimed_when_due_and_not_before(db: Database) -> None:
    await add(db, DIGEST)
    assert await claim(db, NOW - MINUTE) == []
    [claimed] = await claim(db, NOW)
    assert (claimed.key, claimed.target, claimed.attempts) == (DIGEST.key, "工作群", 1)
    assert claimed.payload == DIGEST.payload


async def test_a_known_key_is_not_added_again_even_after_it_was_sent(db: Database) -> None:
    await add(db, DIGEST, DIGEST)
    await add(db)
    [claimed] = await claim(db, NOW)
    async with db.transaction() as conn:
        await outbox.sent(conn, [claimed.id], NOW)
    await add(db, OutboxRow(DIGEST.key, "工作群", {"markdown": "别的"}, NOW))
    assert await claim(db, NOW + MINUTE) == []
    async with db.transaction() as conn:
        [stored] = await outbox.listing(conn)
    assert (stored.state, stored.sent, stored.payload) == ("sent", NOW, DIGEST.payload)


async def test_what_one_worker_claimed_no_other_gets_until_the_lease_is_over(db: Database) -> None:
    await add(db, DIGEST)
    [first] = await claim(db, NOW)
    assert await claim(db, NOW + MINUTE / 2) == []
    [again] = await claim(db, NOW + MINUTE)
    assert (again.id, again.attempts) == (first.id, 2)


async def test_what_is_due_first_is_claimed_first_and_no_more_than_the_limit(db: Database) -> None:
    rows = [OutboxRow(str(n), "工作群", {}, NOW - n * MINUTE) for n in (1, 3, 2)]
    await add(db, *rows)
    assert [claimed.key for claimed in await claim(db, NOW, limit=2)] == ["3", "2"]
    assert [claimed.key for claimed in await claim(db, NOW, limit=2)] == ["1"]


async def test_a_failed_message_is_due_again_later_and_says_why(db: Database) -> None:
    await add(db, DIGEST)
    [claimed] = await claim(db, NOW)
    async with db.transaction() as conn:
        await outbox.retry(conn, [(claimed.id, NOW + 5 * MINUTE, "45009 频率超限")])
        await outbox.retry(conn, [])
    assert await claim(db, NOW + 4 * MINUTE) == []
    async with db.transaction() as conn:
        [stored] = await outbox.listing(conn)
    assert (stored.state, stored.error, stored.attempts) == ("waiting", "45009 频率超限", 1)
    [again] = await claim(db, NOW + 5 * MINUTE)
    assert again.attempts == 2


async def test_a_message_that_is_given_up_is_kept_but_not_claimed(db: Database) -> None:
    await add(db, DIGEST)
    [claimed] = await claim(db, NOW)
    async with db.transaction() as conn:
        await outbox.dead(conn, [(claimed.id, "93000 机器人已被移除")])
        await outbox.dead(conn, [])
    assert await claim(db, NOW + timedelta(days=1)) == []
    async with db.transaction() as conn:
        [stored] = await outbox.listing(conn)
    assert (stored.state, stored.error) == ("dead", "93000 机器人已被移除")


async def test_workers_that_claim_at_once_share_the_messages_out(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url)
    await add(db, *(OutboxRow(str(n), "工作群", {}, NOW) for n in range(40)))

    async def take_all(worker: Database) -> list[str]:
        keys: list[str] = []
        while claimed := await claim(worker, NOW, limit=3):
            keys += [one.key for one in claimed]
        return keys

    mine, theirs = await asyncio.gather(take_all(db), take_all(other))
    await other.close()
    assert sorted(mine + theirs, key=int) == [str(n) for n in range(40)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
async def test_a_worker_does_not_wait_for_what_another_is_claiming(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url)
    await add(db, *(OutboxRow(str(n), "工作群", {}, NOW) for n in range(3)))
    async with db.transaction() as conn:
        mine = await outbox.claim(conn, NOW, 1, lease=MINUTE)
        theirs = await asyncio.wait_for(claim(other, NOW), timeout=30)
    await other.close()
    assert [one.key for one in mine] == ["0"]
    assert [one.key for one in theirs] == ["1", "2"]
