"""What lies in the outbox reaches its people: in order, within rates, in spite of errors."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import worker as module
from bot.delivery.courier import Rate
from bot.delivery.outcome import Refused, Retry
from bot.delivery.recording import GIVE_UP, GIVE_UP_REPLY, record
from bot.delivery.worker import AT_ONCE, LEASE, Worker
from storage import outbox
from storage.claims import Claimed
from storage.database import Database
from storage.outbox import OutboxRow
from tests.bot.delivery.carrying import (
    NOW,
    NotingCourier,
    letter,
    put,
    states,
    stored,
    until_idle,
    worker_of,
)
from tests.clock import Clock
from tests.data_key import KEYS

BUSY = Retry(timedelta(seconds=5), "HTTP 500")
TWENTY_A_MINUTE = Rate(20, timedelta(minutes=1))


async def test_a_message_is_sent_once_and_stays_sent(
    db: Database, worker: Worker, courier: NotingCourier, clock: Clock
) -> None:
    await put(db, letter("简报"))
    await until_idle(worker)
    clock.passes(days=1)
    await until_idle(worker)
    assert courier.texts == ["简报"]
    assert [(m.state, m.sent) for m in await stored(db)] == [("sent", NOW)]


async def test_after_an_error_of_the_platform_it_arrives_once(
    db: Database, worker: Worker, courier: NotingCourier, clock: Clock
) -> None:
    await put(db, letter("简报"))
    courier.outcomes.append(BUSY)
    await until_idle(worker)
    assert await states(db) == [("waiting", "HTTP 500")]
    clock.passes(seconds=5)
    await until_idle(worker)
    assert [parcel.attempts for parcel in courier.carried] == [1, 2]
    assert await states(db) == [("sent", None)]


async def test_what_is_said_to_one_person_arrives_in_its_order_whatever_fails(
    db: Database, worker: Worker, courier: NotingCourier, clock: Clock
) -> None:
    await put(db, *(letter(str(n), queue="wecom:张三") for n in range(5)))
    courier.outcomes.append(BUSY)
    await until_idle(worker)
    assert courier.texts == ["0"]
    clock.passes(seconds=5)
    await until_idle(worker)
    assert courier.texts == ["0", "0", "1", "2", "3", "4"]


async def test_a_platform_that_hangs_holds_up_no_other_and_gets_no_more_than_it_bears(
    db: Database, clock: Clock
) -> None:
    slow, fast = NotingCourier("kf"), NotingCourier("wecom")
    slow.open.clear()
    await put(db, *(letter(f"慢{n}", channel="kf") for n in range(AT_ONCE + 3)))
    await put(db, *(letter(f"快{n}") for n in range(30)))
    async with asyncio.timeout(30), running(worker_of(db, clock, slow, fast)):
        await fast.until(30)
        assert len(slow.carried) == AT_ONCE
        slow.open.set()
        await slow.until(AT_ONCE + 3)


async def test_a_person_who_cannot_be_reached_holds_up_nobody_else(
    db: Database, worker: Worker, courier: NotingCourier
) -> None:
    await put(db, letter("1", queue="甲"), letter("2", queue="甲"), letter("3", queue="乙"))
    courier.outcomes.append(BUSY)
    await until_idle(worker)
    assert courier.texts == ["1", "3"]


async def test_two_workers_send_nothing_twice_and_keep_each_ones_order(
    database_url: str, clock: Clock, courier: NotingCourier
) -> None:
    first, second = [await Database.open(database_url, keys=KEYS) for _ in range(2)]
    await put(first, *(letter(f"{who}{n}", queue=who) for n in range(12) for who in "甲乙丙"))
    courier.open.clear()
    async with asyncio.timeout(60):
        async with running(worker_of(first, clock, courier), worker_of(second, clock, courier)):
            await courier.until(3)
            courier.open.set()
            await courier.until(36)
    for who in "甲乙丙":
        assert [t for t in courier.texts if t[0] == who] == [f"{who}{n}" for n in range(12)]
    assert len(courier.texts) == 36
    await first.close()
    await second.close()


async def test_no_target_gets_more_than_its_rate_however_many_workers(
    database_url: str, clock: Clock
) -> None:
    courier = NotingCourier(rates=[TWENTY_A_MINUTE])
    databases = [await Database.open(database_url, keys=KEYS) for _ in range(2)]
    workers = [worker_of(db, clock, courier) for db in databases]
    await put(databases[0], *(letter(str(n), queue="甲") for n in range(30)))
    await put(databases[0], *(letter(f"散{n}") for n in range(15)))
    await asyncio.gather(*(until_idle(worker) for worker in workers))
    assert len(courier.carried) == 20
    clock.passes(seconds=59)
    await until_idle(workers)
    assert len(courier.carried) == 20
    clock.passes(seconds=11)
    await until_idle(workers)
    assert len(courier.carried) == 40
    clock.passes(seconds=70)
    await until_idle(workers)
    assert len(courier.carried) == 45
    assert {parcel.attempts for parcel in courier.carried} == {1}
    for db in databases:
        await db.close()


async def test_a_platform_that_wants_rest_gets_it_from_all_workers(
    database_url: str, clock: Clock, courier: NotingCourier
) -> None:
    databases = [await Database.open(database_url, keys=KEYS) for _ in range(2)]
    workers = [worker_of(db, clock, courier) for db in databases]
    await put(databases[0], letter("1"))
    courier.outcomes.append(Retry(timedelta(minutes=10), "errcode 45009", all_wait=True))
    await until_idle(workers)
    await put(databases[1], letter("2"), letter("3", target="wecom:李四"))
    clock.passes(minutes=9, seconds=59)
    await until_idle(workers)
    assert courier.texts == ["1", "3"]
    clock.passes(seconds=1)
    await until_idle(workers)
    assert sorted(courier.texts) == ["1", "1", "2", "3"]
    for db in databases:
        await db.close()


async def test_what_nobody_here_carries_waits_for_who_does(
    db: Database, worker: Worker, courier: NotingCourier, clock: Clock
) -> None:
    await put(db, letter("客服", channel="kf"))
    clock.passes(days=3)
    await until_idle(worker)
    kf = NotingCourier("kf")
    await until_idle(worker_of(db, clock, kf))
    assert (courier.texts, kf.texts) == ([], ["客服"])


async def test_without_its_connection_a_courier_is_given_nothing(
    db: Database, clock: Clock
) -> None:
    class Socket(NotingCourier):
        ready = False

    socket = Socket()
    await put(db, letter("1"))
    await until_idle(worker_of(db, clock, socket))
    assert (socket.texts, await states(db)) == ([], [("waiting", None)])
    socket.ready = True
    await until_idle(worker_of(db, clock, socket))
    assert socket.texts == ["1"]


@pytest.mark.parametrize(
    ("key", "attempts"), [("digest:2024-05-01:甲", GIVE_UP), ("reply:wecom:甲 1:1", GIVE_UP_REPLY)]
)
async def test_what_fails_for_hours_is_given_up_and_what_is_behind_it_goes_on(
    db: Database, worker: Worker, courier: NotingCourier, clock: Clock, key: str, attempts: int
) -> None:
    await put(db, letter("1", queue="甲", key=key), letter("2", queue="甲"))
    courier.outcomes.extend([BUSY] * attempts)
    for _ in range(attempts):
        await worker.round()
        clock.passes(hours=1)
    await until_idle(worker)
    assert courier.texts == ["1"] * attempts + ["2"]
    assert await states(db) == [("dead", "HTTP 500"), ("sent", None)]


async def test_what_the_platform_will_never_take_is_given_up_at_once(
    db: Database, worker: Worker, courier: NotingCourier
) -> None:
    await put(db, letter("1"))
    courier.outcomes.append(Refused("errcode 93000"))
    await until_idle(worker)
    assert await states(db) == [("dead", "errcode 93000")]


async def test_what_cannot_be_read_is_given_up_and_holds_up_nobody(
    db: Database, worker: Worker, courier: NotingCourier, database_url: str
) -> None:
    await put(db, OutboxRow("digest:x", "wecom:张三", {"说": 5}, NOW, "wecom", "甲"))
    await put(db, letter("2", queue="甲"))
    await until_idle(worker)
    assert courier.texts == ["2"]
    assert await states(db) == [("dead", "cannot be read"), ("sent", None)]


async def test_a_courier_that_breaks_is_tried_again_and_its_words_are_not_logged(
    db: Database,
    worker: Worker,
    courier: NotingCourier,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await put(db, letter("1"))
    courier.outcomes.append(RuntimeError("张三的手机13900000001"))
    await until_idle(worker)
    assert await states(db) == [("waiting", "RuntimeError")]
    assert "RuntimeError" in caplog.text
    assert "张三" not in caplog.text
    clock.passes(seconds=5)
    await until_idle(worker)
    assert await states(db) == [("sent", None)]


async def test_a_send_that_never_ends_is_cut_off_long_before_another_worker_takes_it_up(
    db: Database, worker: Worker, courier: NotingCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.LONGEST < LEASE * 3 / 4
    monkeypatch.setattr(module, "LONGEST", timedelta(milliseconds=1))
    courier.open.clear()
    await put(db, letter("1"))
    await worker.round()
    assert await states(db) == [("waiting", "TimeoutError")]


async def test_while_the_database_is_away_it_is_not_forgotten_that_it_was_sent(
    db: Database, worker: Worker, courier: NotingCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(db, letter("1"))
    failures, recorded = [OSError(), OSError()], asyncio.Event()

    async def fails_at_first(*args: Any) -> None:
        if failures:
            raise failures.pop()
        await record(*args)
        recorded.set()

    monkeypatch.setattr(module, "record", fails_at_first)
    monkeypatch.setattr(module, "_IDLE", 0.001)
    async with asyncio.timeout(30), running(worker):
        await recorded.wait()
    assert courier.texts == ["1"]
    assert await states(db) == [("sent", None)]


async def test_what_cannot_be_stored_keeps_nothing_else_from_being_stored(
    db: Database, courier: NotingCourier, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(db, letter("坏"), letter("好"))

    async def breaks(conn: Any, row: Claimed, *args: Any) -> None:
        if row.key.endswith("坏"):
            raise ValueError("坏")
        await record(conn, row, *args)

    monkeypatch.setattr(module, "record", breaks)
    monkeypatch.setattr(module, "_IDLE", 0.001)
    async with asyncio.timeout(30), running(worker_of(db, clock, courier)):
        await courier.until(2)
        await put(db, letter("更好"))
        await courier.until(3)
    assert await states(db) == [("waiting", None), ("sent", None), ("sent", None)]


async def test_a_worker_that_ends_waits_for_what_is_on_its_way(
    db: Database, worker: Worker, courier: NotingCourier
) -> None:
    courier.open.clear()
    await put(db, letter("1"))
    task = asyncio.create_task(worker.run())
    await courier.until(1)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    courier.open.set()
    with suppress(asyncio.CancelledError):
        await task
    assert await states(db) == [("sent", None)]


async def test_who_is_forgotten_while_a_message_is_on_its_way_stays_forgotten(
    db: Database, worker: Worker, courier: NotingCourier
) -> None:
    courier.open.clear()
    courier.outcomes.append(BUSY)
    await put(db, letter("13900000001"))
    task = asyncio.create_task(worker.round())
    await courier.until(1)
    async with db.transaction() as conn:
        await outbox.blank(conn, ["wecom:张三"])
    courier.open.set()
    await task
    assert [(m.state, m.payload) for m in await stored(db)] == [("dead", {})]


class running:
    """Workers that run for as long as it is open."""

    def __init__(self, *workers: Worker) -> None:
        self._workers = workers

    async def __aenter__(self) -> None:
        self._tasks = [asyncio.create_task(worker.run()) for worker in self._workers]

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
