"""A conversation comes back as it was left, and two workers never hold the same one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from storage import conversations
from storage.conversations import ConversationRow
from storage.database import Database
from tests.data_key import KEYS

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
STATE = {"v": 1, "demands": 2, "form": {"values": {"单位名称": "福建某某公司", "协调": True}}}


async def save(db: Database, states: dict[str, dict[str, Any]]) -> None:
    async with db.transaction() as conn:
        rows = [ConversationRow(sender, state, NOW) for sender, state in states.items()]
        await conversations.save(conn, rows)


async def load(db: Database, *senders: str) -> dict[str, dict[str, Any]]:
    async with db.transaction() as conn:
        return await conversations.load(conn, senders)


async def test_a_conversation_comes_back_as_it_was_left(db: Database) -> None:
    await save(db, {"wecom:张三": STATE})
    assert await load(db, "wecom:张三") == {"wecom:张三": STATE}


async def test_a_new_sender_is_absent_before_and_after_having_been_looked_for(
    db: Database,
) -> None:
    await save(db, {"wecom:张三": STATE})
    for _ in range(2):
        assert await load(db, "wecom:李四", "wecom:张三") == {"wecom:张三": STATE}
    assert await load(db) == {}


async def test_the_last_state_holds(db: Database) -> None:
    await save(db, {"a:1": STATE, "a:2": STATE})
    await save(db, {"a:2": {"v": 1}, "a:3": {"v": 1}})
    await save(db, {})
    found = await load(db, "a:1", "a:2", "a:3")
    assert found == {"a:1": STATE, "a:2": {"v": 1}, "a:3": {"v": 1}}


async def test_workers_that_count_in_the_same_conversations_lose_no_count(
    db: Database, database_url: str
) -> None:
    """Each adds one to every sender's count, in orders of its own; new senders among them."""
    workers = [await Database.open(database_url, keys=KEYS) for _ in range(3)]
    senders = ["b:阿", "a:Z", "a:a", "c:1"]

    async def count(worker: Database, turns: int, mine: list[str]) -> None:
        for _ in range(turns):
            async with worker.transaction() as conn:
                states = await conversations.load(conn, mine)
                counts = {s: {"n": states.get(s, {"n": 0})["n"] + 1} for s in mine}
                rows = [ConversationRow(sender, state, NOW) for sender, state in counts.items()]
                await conversations.save(conn, rows)

    orders = [senders, senders[::-1], senders[2:] + senders[:2]]
    await asyncio.gather(
        *(count(worker, 10, order) for worker, order in zip(workers, orders, strict=True))
    )
    assert await load(db, *senders) == {sender: {"n": 30} for sender in senders}
    for worker in workers:
        await worker.close()


async def test_workers_that_meet_the_same_new_senders_in_opposite_orders_do_not_deadlock(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url, keys=KEYS)

    for n in range(20):
        senders = [f"a:{n}-{i:03}" for i in range(200)]
        await asyncio.gather(load(db, *senders), load(other, *senders[::-1]))
    await other.close()


async def test_a_worker_that_loads_a_held_conversation_waits_and_sees_what_was_saved(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url, keys=KEYS)
    async with db.transaction() as conn:
        await conversations.load(conn, ["a:1"])
        waiting = asyncio.create_task(load(other, "a:1"))
        for _ in range(50):  # gives the other every chance to read too early
            await conn.execute(text("SELECT 1"))
        assert not waiting.done()
        await conversations.save(conn, [ConversationRow("a:1", STATE, NOW)])
    assert await waiting == {"a:1": STATE}
    await other.close()
