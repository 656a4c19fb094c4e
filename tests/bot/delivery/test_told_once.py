"""What an enterprise must be told reaches it once: pushed, or with the next reply."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.outcome import Closed, Refused, Retry
from bot.delivery.recording import bounced
from bot.delivery.worker import LEASE, Worker
from bot.desk import Desk
from bot.message import Message, Room, Route, Sender, Window
from bot.push.notes import tell
from intents.turn import Said
from storage import notes, outbox
from storage.database import Database
from storage.notes import NoteRow
from tests.bot.delivery.carrying import (
    NOW,
    WHO,
    NotingCourier,
    states,
    stored,
    until_idle,
    worker_of,
)
from tests.bot.stand_in import a_desk, message
from tests.clock import Clock

DONE = "您的第1号需求已办结。"
LATER = Retry(timedelta(seconds=5), "HTTP 500")
CLOSED = Closed("errcode 45015")


@pytest.fixture
def desk(db: Database) -> Desk:
    return a_desk(db)


async def note(
    db: Database, text: str = DONE, *, sender: str = WHO, key: str | None = None
) -> None:
    async with db.transaction() as conn:
        await tell(conn, [NoteRow(sender, text, NOW, key=key)], NOW, {"wecom", "kf"})


async def reply(desk: Desk, id_: str = "1") -> str:
    return (await desk.take(message(id_, "在吗"))).reply.text


async def test_pushed_first_the_reply_says_nothing_of_it(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk
) -> None:
    await note(db)
    await until_idle(worker)
    assert courier.texts == [DONE]
    assert await reply(desk) == "1 在吗"


async def test_told_with_a_reply_first_it_is_not_pushed(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk
) -> None:
    await note(db)
    assert await reply(desk) == f"{DONE}\n\n1 在吗"
    await until_idle(worker)
    assert courier.texts == []
    assert await states(db) == [("left", "told with a reply")]


async def test_while_the_push_is_on_its_way_no_reply_tells_it(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk
) -> None:
    await note(db)
    courier.open.clear()
    task = asyncio.create_task(worker.round())
    await courier.until(1)
    assert await reply(desk) == "1 在吗"
    courier.open.set()
    await task
    assert await reply(desk, "2") == "2 在吗"


async def test_a_push_that_must_wait_gives_way_to_a_reply(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk, clock: Clock
) -> None:
    await note(db)
    courier.outcomes.append(LATER)
    await until_idle(worker)
    assert await reply(desk) == f"{DONE}\n\n1 在吗"
    clock.passes(seconds=5)
    await until_idle(worker)
    assert courier.texts == [DONE]
    assert await reply(desk, "2") == "2 在吗"


async def test_a_push_that_had_to_wait_arrives_where_no_message_comes(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk, clock: Clock
) -> None:
    await note(db)
    courier.outcomes.append(LATER)
    await until_idle(worker)
    clock.passes(seconds=5)
    await until_idle(worker)
    assert await states(db) == [("sent", None)]
    assert await reply(desk) == "1 在吗"


@pytest.mark.parametrize(
    ("outcome", "state"), [(CLOSED, "left"), (Refused("errcode 60111"), "dead")]
)
async def test_what_the_platform_does_not_take_is_told_with_the_next_reply(
    db: Database,
    worker: Worker,
    courier: NotingCourier,
    desk: Desk,
    outcome: Closed | Refused,
    state: str,
) -> None:
    await note(db)
    courier.outcomes.append(outcome)
    await until_idle(worker)
    assert await states(db) == [(state, outcome.reason)]
    assert await reply(desk) == f"{DONE}\n\n1 在吗"


async def test_a_push_cut_off_by_a_kill_is_sent_again(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk, clock: Clock
) -> None:
    await note(db)
    courier.outcomes.append(asyncio.CancelledError())
    await until_idle(worker)
    assert await reply(desk) == "1 在吗"
    clock.passes(seconds=LEASE.total_seconds())
    await until_idle(worker)
    assert courier.texts == [DONE, DONE]
    assert await states(db) == [("sent", None)]


async def test_where_nothing_can_be_pushed_the_next_reply_tells_it(
    db: Database, desk: Desk
) -> None:
    async with db.transaction() as conn:
        await tell(conn, [NoteRow(WHO, DONE, NOW)], NOW, {"kf"})
    assert await stored(db) == []
    assert await reply(desk) == f"{DONE}\n\n1 在吗"


async def test_a_keyed_note_is_told_once_for_ever(
    db: Database, worker: Worker, courier: NotingCourier
) -> None:
    for _ in range(2):
        await note(db, key="reminder:cnipa-2021-51:7:wecom:张三")
        await until_idle(worker)
    assert courier.texts == [DONE]
    assert [m.key for m in await stored(db)] == ["reminder:cnipa-2021-51:7:wecom:张三"]


async def test_a_long_note_is_pushed_in_parts_that_each_fit_and_are_told_once(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk
) -> None:
    long = "".join(f"第{n}条办理意见，请按要求准备材料。" for n in range(1, 80))
    await note(db, long, key="talk:5:m1")
    await worker.round()
    rest = (await reply(desk)).removesuffix("\n\n1 在吗")
    await until_idle(worker)
    assert len(courier.texts) == 1
    assert [m.key for m in await stored(db)] == ["talk:5:m1", "talk:5:m1:2"]
    assert (courier.texts[0] + rest).startswith(long[:900])
    assert len(courier.texts[0].encode()) <= 2048


async def test_who_is_forgotten_is_pushed_nothing_more(
    db: Database, worker: Worker, courier: NotingCourier, desk: Desk
) -> None:
    await note(db)
    assert "删除" in (await desk.take(message("1", "忘记"))).reply.text
    await until_idle(worker)
    assert courier.texts == []


# Platforms that count what may be said after a message of theirs

CUSTOMER = Sender("kf", "wk1/wm1")


def written(id_: str, text: str = "在吗", *, room: Room | None = None) -> Message:
    """A message of a customer's, after which two may be sent."""
    at = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
    window = Window(2, timedelta(hours=48))
    return Message(id_, CUSTOMER, Said(text), at, room, Route({}), window)


@pytest.fixture
def counted() -> NotingCourier:
    return NotingCourier("kf", windowed=True)


async def test_after_a_message_of_theirs_as_many_are_sent_as_the_platform_takes(
    db: Database, desk: Desk, clock: Clock, counted: NotingCourier
) -> None:
    worker = worker_of(db, clock, counted)
    await desk.take(written("1"))
    for n in range(3):
        await note(db, f"第{n}件事。", sender=CUSTOMER.key)
    await until_idle(worker)
    assert counted.texts == ["1 在吗", "第0件事。"]
    await desk.take(written("2"))
    await until_idle(worker)
    assert counted.texts[2:] == ["第1件事。\n\n第2件事。\n\n2 在吗"]


async def test_trying_again_uses_no_more_of_what_may_be_sent(
    db: Database, desk: Desk, clock: Clock, counted: NotingCourier
) -> None:
    worker = worker_of(db, clock, counted)
    await desk.take(written("1"))
    counted.outcomes.extend([LATER, LATER])
    for _ in range(3):
        await until_idle(worker)
        clock.passes(seconds=5)
    await note(db, sender=CUSTOMER.key)
    await until_idle(worker)
    assert counted.texts == ["1 在吗"] * 3 + [DONE]


async def test_a_reply_that_comes_too_late_is_told_with_the_next_one(
    db: Database, desk: Desk, clock: Clock, counted: NotingCourier
) -> None:
    worker = worker_of(db, clock, counted)
    await desk.take(written("1"))
    clock.passes(hours=49)
    await until_idle(worker)
    assert counted.texts == []
    clock.now = NOW
    await desk.take(written("2"))
    await until_idle(worker)
    assert counted.texts == ["1 在吗\n\n2 在吗"]


async def test_a_reply_that_bounced_later_is_told_with_the_next_one_and_only_once(
    db: Database, desk: Desk, clock: Clock, counted: NotingCourier
) -> None:
    worker = worker_of(db, clock, counted)
    await desk.take(written("1"))
    await until_idle(worker)
    for _ in range(2):
        async with db.transaction() as conn:
            [(id_, _)] = await outbox.of_target(conn, CUSTOMER.key) or [(1, "")]
            await bounced(conn, id_, Closed("msg_send_fail 2"), NOW)
    await desk.take(written("2"))
    await until_idle(worker)
    assert counted.texts == ["1 在吗", "1 在吗\n\n2 在吗"]
    async with db.transaction() as conn:
        assert await notes.waiting(conn, [CUSTOMER.key]) == {}
