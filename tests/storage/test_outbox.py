"""The outbox: each key once, one worker at a time, in order, within rates; a kill loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Text, cast, insert, select

from storage import claims, outbox, pace, schema
from storage.claims import Claimed, Wanted
from storage.connection import AsyncConnection
from storage.database import Database
from storage.outbox import OutboxRow, StoredMessage
from storage.pace import UNSURE
from storage.sealing import Keyring
from tests.data_key import KEYS

NOW = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
TARGET = "robot:工作群"
DIGEST = OutboxRow("digest:2024-05-01:工作群", TARGET, {"text": "今日新增需求 3 条"}, NOW)


@dataclass(frozen=True)
class Rate:
    number: int
    per: timedelta


THREE_A_MINUTE = Rate(3, MINUTE)


def rows(
    *names: str, target: str = TARGET, queue: str | None = None, channel: str = "robot"
) -> list[OutboxRow]:
    return [OutboxRow(name, target, {"text": name}, NOW, channel, queue) for name in names]


async def add(db: Database, *new: OutboxRow) -> None:
    async with db.transaction() as conn:
        await outbox.add(conn, new)


async def claim(db: Database, now: datetime = NOW, number: int = 10, *rates: Rate) -> list[Claimed]:
    async with db.transaction() as conn:
        return await claims.claim(conn, now, {"robot": Wanted(number, rates)}, lease=MINUTE)


async def keys(db: Database, now: datetime = NOW, number: int = 10, *rates: Rate) -> list[str]:
    return [one.key for one in await claim(db, now, number, *rates)]


async def do(
    db: Database, act: Callable[..., Awaitable[bool]], one: Claimed, *args: object, **more: object
) -> bool:
    async with db.transaction() as conn:
        return await act(conn, one, *args, **more)


async def send_all(db: Database, now: datetime = NOW) -> list[str]:
    """The keys in the order in which they are sent."""
    done = []
    while found := await claim(db, now):
        for one in found:
            assert await do(db, claims.sent, one, now)
            done.append(one.key)
    return done


async def stored(db: Database) -> list[StoredMessage]:
    async with db.transaction() as conn:
        return await outbox.listing(conn)


async def test_a_message_is_claimed_when_due_and_not_before(db: Database) -> None:
    await add(db, DIGEST)
    assert await claim(db, NOW - SECOND) == []
    [one] = await claim(db, NOW)
    assert (one.key, one.target, one.attempts) == (DIGEST.key, TARGET, 1)
    assert (one.payload, one.interrupted) == (DIGEST.payload, False)


async def test_a_known_key_is_not_added_again_even_after_it_was_sent(db: Database) -> None:
    await add(db, DIGEST, DIGEST)
    await add(db)
    assert await send_all(db) == [DIGEST.key]
    await add(db, OutboxRow(DIGEST.key, TARGET, {"text": "别的"}, NOW))
    assert await claim(db, NOW + MINUTE) == []
    [message] = await stored(db)
    assert (message.state, message.sent, message.payload) == ("sent", NOW, DIGEST.payload)


async def test_what_one_worker_claimed_no_other_gets_until_the_lease_is_over(db: Database) -> None:
    await add(db, DIGEST)
    [first] = await claim(db, NOW)
    assert await claim(db, NOW + MINUTE - SECOND) == []
    [again] = await claim(db, NOW + MINUTE)
    assert (again.id, again.attempts, again.interrupted) == (first.id, 2, True)


@pytest.mark.parametrize("act", [claims.sent, claims.dead, claims.left, claims.retry])
async def test_a_worker_that_was_thought_dead_changes_nothing_any_more(
    db: Database, act: Callable[..., Awaitable[bool]]
) -> None:
    await add(db, DIGEST)
    [late] = await claim(db, NOW)
    [again] = await claim(db, NOW + MINUTE)
    words = [] if act is claims.sent else ["zu spät"]
    assert not await do(db, act, late, NOW + MINUTE, *words)
    assert await do(db, claims.sent, again, NOW + MINUTE)
    assert [(m.state, m.error) for m in await stored(db)] == [("sent", None)]


async def test_what_is_due_first_is_claimed_first_and_no_more_than_the_limit(db: Database) -> None:
    await add(db, *(OutboxRow(str(n), TARGET, {}, NOW - n * MINUTE) for n in (1, 3, 2)))
    assert await keys(db, NOW, 2) == ["3", "2"]
    assert await keys(db, NOW, 2) == ["1"]


async def test_only_what_somebody_here_can_carry_is_claimed(db: Database) -> None:
    await add(db, *rows("群"), *rows("客服", channel="kf", target="kf:a/b"))
    assert await keys(db) == ["群"]
    async with db.transaction() as conn:
        both = {"wecom": Wanted(5), "kf": Wanted(5)}
        [one] = await claims.claim(conn, NOW, both, MINUTE)
    assert (one.key, one.channel, one.target) == ("客服", "kf", "kf:a/b")


async def test_a_failed_message_is_due_again_later_and_says_why(db: Database) -> None:
    await add(db, DIGEST)
    [one] = await claim(db)
    assert await do(db, claims.retry, one, NOW + 5 * MINUTE, "HTTP 500")
    assert await claim(db, NOW + 4 * MINUTE) == []
    [message] = await stored(db)
    assert (message.state, message.error, message.attempts) == ("waiting", "HTTP 500", 1)
    [again] = await claim(db, NOW + 5 * MINUTE)
    assert (again.attempts, again.interrupted) == (2, False)


# Order


async def test_of_a_queue_nothing_overtakes_and_queues_do_not_wait_for_each_other(
    db: Database,
) -> None:
    await add(db, *rows("a1", "a2", "a3", queue="a"), *rows("b1", "b2", queue="b"), *rows("c"))
    first, other, alone = await claim(db)
    assert [first.key, other.key, alone.key] == ["a1", "b1", "c"]
    assert await keys(db) == []
    await do(db, claims.sent, other, NOW)
    assert await keys(db) == ["b2"]
    await do(db, claims.retry, first, NOW + MINUTE / 2, "HTTP 500")
    assert await keys(db, NOW + MINUTE / 3) == []
    assert await keys(db, NOW + MINUTE / 2) == ["a1"]


async def test_what_was_given_up_holds_up_nobody_behind_it(db: Database) -> None:
    await add(db, *rows("a1", "a2", "a3", queue="a"))
    [first] = await claim(db)
    await do(db, claims.dead, first, NOW, "gone")
    [second] = await claim(db)
    await do(db, claims.left, second, NOW, "told with a reply")
    assert await keys(db) == ["a3"]
    assert [m.state for m in await stored(db)] == ["dead", "left", "waiting"]


# Rates


async def test_no_target_gets_more_than_its_rate_and_others_are_not_held_up(db: Database) -> None:
    await add(db, *rows(*"abcde"), *rows(*"xy", target="robot:别的群"))
    first = await claim(db, NOW, 10, THREE_A_MINUTE)
    assert [one.key for one in first] == ["a", "b", "c", "x", "y"]
    for one in first:
        await do(db, claims.sent, one, NOW)
    free = NOW + MINUTE + UNSURE
    assert await keys(db, free - SECOND, 10, THREE_A_MINUTE) == []
    assert await keys(db, free, 10, THREE_A_MINUTE) == ["d", "e"]
    assert {m.attempts for m in await stored(db)} == {1}


async def test_every_attempt_counts_for_the_rate(db: Database) -> None:
    await add(db, *rows(*"ab"))
    for n in range(3):
        [one] = await claim(db, NOW + n * SECOND, 1, THREE_A_MINUTE)
        await do(db, claims.retry, one, NOW + n * SECOND, "HTTP 500")
    assert await keys(db, NOW + 3 * SECOND, 10, THREE_A_MINUTE) == []


async def test_a_long_line_for_one_target_does_not_hide_another_behind_it(db: Database) -> None:
    await add(db, *rows(*(f"{n}" for n in range(40))), *rows("x", target="robot:别的群"))
    assert await keys(db, NOW, 4, THREE_A_MINUTE) == ["0", "1", "2", "x"]


@given(st.lists(st.integers(0, 40), max_size=80))
def test_no_span_ever_holds_more_than_its_rate_even_if_sends_arrive_late(gaps: list[int]) -> None:
    rates = [Rate(5, MINUTE), Rate(12, 10 * MINUTE)]
    now, times = NOW, list[datetime]()
    for gap in gaps:
        now = pace.free_at(times, rates, now + gap * SECOND)
        times.append(now)
    for rate in rates:
        spans = [[t for t in times if at <= t < at + rate.per + UNSURE] for at in times]
        assert all(len(span) <= rate.number for span in spans)


async def test_a_target_that_was_told_to_wait_gets_nothing_before_that(db: Database) -> None:
    await add(db, *rows(*"ab"), *rows("x", target="robot:别的群"))
    [first] = await claim(db, NOW, 1)
    await do(db, claims.retry, first, NOW + 10 * MINUTE, "45009", holds=True)
    await add(db, *rows("c"))
    assert await keys(db) == ["x"]
    assert await keys(db, NOW + 10 * MINUTE - SECOND) == ["x"]
    assert sorted(await keys(db, NOW + 10 * MINUTE)) == ["a", "b", "c"]


# Several workers


async def both(
    db: Database, database_url: str, act: Callable[[Database], Awaitable[list[str]]]
) -> Sequence[list[str]]:
    other = await Database.open(database_url, keys=KEYS)
    try:
        return await asyncio.gather(act(db), act(other), act(db), act(other))
    finally:
        await other.close()


async def test_workers_that_claim_at_once_share_the_messages_out(
    db: Database, database_url: str
) -> None:
    await add(db, *rows(*(str(n) for n in range(40))))

    async def take_all(worker: Database) -> list[str]:
        taken: list[str] = []
        while some := await keys(worker, NOW, 3):
            taken += some
        return taken

    taken = await both(db, database_url, take_all)
    assert sorted((key for one in taken for key in one), key=int) == [str(n) for n in range(40)]


async def test_together_workers_keep_to_the_rate_exactly(db: Database, database_url: str) -> None:
    await add(db, *rows(*(str(n) for n in range(40))))

    async def take_all(worker: Database) -> list[str]:
        return [key for _ in range(6) for key in await keys(worker, NOW, 2, THREE_A_MINUTE)]

    assert sum(len(one) for one in await both(db, database_url, take_all)) == 3


async def test_together_workers_keep_each_queue_in_order(db: Database, database_url: str) -> None:
    new = [rows(f"{name}{n}", queue=name) for n in range(8) for name in "abc"]
    await add(db, *(row for some in new for row in some))
    sent: list[str] = []

    async def take_all(worker: Database) -> list[str]:
        while len(sent) < 24:
            sent.extend(await send_all(worker))
        return sent

    await both(db, database_url, take_all)
    assert len(sent) == len(set(sent)) == 24
    async with db.transaction() as conn:
        states = {m.state for m in await outbox.listing(conn)}
    assert states == {"sent"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
@pytest.mark.parametrize("rates", [(), (Rate(9, MINUTE),)], ids=["no rate", "a rate"])
async def test_a_worker_does_not_wait_for_what_another_is_claiming(
    db: Database, database_url: str, rates: tuple[Rate, ...]
) -> None:
    other = await Database.open(database_url, keys=KEYS)
    await add(db, *rows(*"abc"), *rows("x", target="robot:别的群"))
    wanted = {"robot": Wanted(1, rates)}
    async with db.transaction() as conn:
        mine = await claims.claim(conn, NOW, wanted, lease=MINUTE)
        theirs = await asyncio.wait_for(keys(other, NOW, 9, *rates), timeout=30)
    await other.close()
    assert [one.key for one in mine] == ["a"]
    assert theirs == (["x"] if rates else ["b", "c", "x"])


# What staff see, and what does not stay


async def test_what_was_given_up_is_kept_counted_and_can_be_tried_anew(db: Database) -> None:
    await add(db, *rows(*"ab"))
    first, _ = await claim(db)
    await do(db, claims.dead, first, NOW, "93000")
    async with db.transaction() as conn:
        assert await outbox.failed(conn, NOW) == 1
        assert await outbox.failed(conn, NOW + SECOND) == 0
        [message] = await outbox.listing(conn, ["dead"])
        assert await outbox.revive(conn, [message.id, message.id + 1], NOW) == [message.id]
    assert (message.key, message.error, message.due) == ("a", "93000", NOW)
    [again] = await claim(db)
    assert (again.key, again.attempts) == ("a", 1)


async def test_of_a_sender_who_is_forgotten_nothing_is_left_and_nothing_is_sent(
    db: Database,
) -> None:
    await add(db, *rows(*"ab", target="wecom:张三"), *rows("c"))
    [first] = await claim(db, NOW, 1)
    await do(db, claims.dead, first, NOW, "60020")
    async with db.transaction() as conn:
        await outbox.blank(conn, ["wecom:张三"])
        await outbox.blank(conn, [])
        assert await outbox.failed(conn, NOW) == 0
        assert await outbox.revive(conn, [first.id], NOW) == []
    assert await keys(db) == ["c"]
    assert [m.payload for m in await stored(db)] == [{}, {}, {"text": "c"}]


async def test_what_was_said_goes_when_it_is_old(db: Database) -> None:
    later = OutboxRow("note:2", "wecom:李四", {"text": "x"}, NOW + MINUTE, "nobody's")
    await add(db, *rows("reply:a:1", "note:1", queue="a"), later)
    [first] = await claim(db)
    await do(db, claims.sent, first, NOW)
    [second] = await claim(db)
    await do(db, claims.left, second, NOW, "told with a reply")
    async with db.transaction() as conn:
        assert await outbox.purge(conn, NOW, NOW) == 0
        assert await outbox.purge(conn, NOW, NOW + SECOND) == 1
        assert await outbox.purge(conn, NOW + SECOND, NOW + SECOND) == 1
        assert [m.key for m in await outbox.listing(conn)] == ["note:2"]
        assert await outbox.purge(conn, NOW + 2 * MINUTE, NOW) == 1
        assert await outbox.listing(conn) == []


async def test_what_is_said_lies_sealed_and_what_an_earlier_version_left_is_read(
    db: Database,
) -> None:
    await add(db, *rows("a"))
    old = {
        "key": "b",
        "target": TARGET,
        "payload": {"text": "b"},
        "state": "waiting",
        "due": NOW,
        "attempts": 0,
        "channel": "robot",
        "holds": False,
    }
    async with db.transaction() as conn:
        await conn.execute(insert(schema.outbox), [old])
        assert "sealed:" in (await raw(conn))[0]
    assert [one.payload for one in await claim(db)] == [{"text": "a"}, {"text": "b"}]


async def raw(conn: AsyncConnection) -> list[str]:
    payloads = select(cast(schema.outbox.c.payload, Text)).order_by(schema.outbox.c.id)
    return list((await conn.execute(payloads)).scalars())


async def test_what_no_key_opens_is_claimed_all_the_same(db: Database, database_url: str) -> None:
    await add(db, *rows("a"))
    stranger = await Database.open(database_url)
    async with stranger.transaction() as conn:
        await outbox.listing(conn)
        [one] = await claims.claim(conn, NOW, {"robot": Wanted(1)}, MINUTE)
    await stranger.close()
    assert (one.key, one.payload) == ("a", None)
    assert Keyring().ids == ()
