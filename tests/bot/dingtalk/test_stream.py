"""DingTalk by Stream, as somebody who writes to the robot sees it, whatever the link suffers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.channels.connection import House, TakesMessages
from bot.channels.dingtalk.connect import reader
from bot.channels.dingtalk.gateway import Gateway, is_endpoint
from bot.channels.dingtalk.messages import Robot
from bot.channels.dingtalk.stream import Stream
from bot.channels.intake import Intake
from bot.desk import DeskClosed
from storage import outbox
from storage.database import Database
from tests.bot.noting_desk import NotingDesk
from tests.bot.stand_in import a_desk
from tests.clock import Clock
from tests.platform.dingtalk import APP_KEY, APP_SECRET, CORP_ID, USER, DingTalk
from tests.platform.faults import after, answered, reset, status
from tests.platform.stream import CONNECT, OPEN

OTHER = "054321"


class Running:
    """A stream at work: `pauses` are those that it made, none of which took any time."""

    def __init__(
        self,
        dingtalk: DingTalk,
        desk: TakesMessages,
        clock: Clock,
        session: ClientSession,
        idle: float,
    ) -> None:
        self.pauses: list[float] = []
        house: Any = House(desk, None, session, clock, lambda: 0.0, lambda: None)  # type: ignore[arg-type]
        gateway = Gateway(session, dingtalk.base, APP_KEY, APP_SECRET)
        read = reader(Robot(APP_KEY, CORP_ID, dingtalk.base), house)
        intake = Intake(desk, lambda: 0.0, self._pause)
        self.stream = Stream(
            session, gateway, intake, read, clock, lambda: 0.0, pause=self._pause, idle=idle
        )
        self.task = asyncio.create_task(self.stream.run())

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def running(
    dingtalk: DingTalk, desk: TakesMessages, clock: Clock, idle: float = 60.0
) -> AsyncIterator[Running]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session, asyncio.timeout(60):
        one = Running(dingtalk, desk, clock, session, idle)
        try:
            yield one
        finally:
            one.task.cancel()
            await asyncio.gather(one.task, return_exceptions=True)


async def said(dingtalk: DingTalk, text: str, user: str = USER) -> str:
    """The id of the frame that brought it; the robot is connected by then."""
    while True:
        await dingtalk.stream.connected()
        frame = await dingtalk.stream.say(dingtalk.message(text, user))
        if frame is not None:
            return frame


async def test_what_is_said_reaches_the_desk_and_is_acknowledged(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    async with running(dingtalk, desk, clock):
        ack = await dingtalk.stream.acknowledged(await said(dingtalk, "年费怎么交"))
    assert (ack["code"], desk.texts) == (200, ["年费怎么交"])
    assert not dingtalk.stream.broken


async def test_nothing_is_acknowledged_before_it_is_stored(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    desk.open.clear()
    async with running(dingtalk, desk, clock):
        frame = await said(dingtalk, "年费怎么交")
        await desk.until(lambda: len(desk.taken) == 1)
        (ping,) = await dingtalk.stream.ping()
        await dingtalk.stream.acknowledged(ping)  # the link goes on meanwhile
        assert frame not in dingtalk.stream.acks
        desk.open.set()
        await dingtalk.stream.acknowledged(frame)


async def test_others_need_not_wait_while_one_is_being_answered(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    desk.open.clear()
    async with running(dingtalk, desk, clock):
        await said(dingtalk, "年费怎么交")
        await said(dingtalk, "总结几号交", OTHER)
        await desk.until(lambda: len(desk.taken) == 2)
        desk.open.set()


async def test_one_senders_messages_stay_in_order(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    texts = [f"第{n}句" for n in range(100)]
    async with running(dingtalk, desk, clock):
        for text in texts:
            await said(dingtalk, text)
        await desk.until(lambda: len(desk.taken) == len(texts))
    assert desk.texts == texts


async def test_the_same_message_thrice_is_answered_once(
    dingtalk: DingTalk, db: Database, clock: Clock
) -> None:
    desk = a_desk(db)
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
        message = dingtalk.message("年费怎么交")
        for _ in range(3):
            frame = await dingtalk.stream.say(message)
            assert frame is not None
            await dingtalk.stream.acknowledged(frame)
    await desk.close()
    async with db.transaction() as conn:
        assert [row.channel for row in await waiting(conn)] == ["dingtalk"]


async def waiting(conn: Any) -> list[Any]:
    return list(await outbox.listing(conn))


async def test_a_button_of_a_card_is_pressed(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    content = '{"cardPrivateData": {"actionIds": ["say"], "params": {"say": "2021年"}}}'
    pressed = {"corpId": CORP_ID, "userId": USER, "outTrackId": "c1", "content": content}
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
        frame = await dingtalk.stream.press(pressed)
        assert frame is not None
        await dingtalk.stream.acknowledged(frame)
    assert desk.texts == ["2021年"]


async def test_pings_and_events_are_acknowledged(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
        (ping,) = await dingtalk.stream.ping()
        assert (await dingtalk.stream.acknowledged(ping))["data"] == '{"opaque": "123"}'
        await frame_by_hand(dingtalk, "EVENT", "*", "event7")
        ack = await dingtalk.stream.acknowledged("event7")
    assert (ack["code"], ack["data"]) == (200, '{"status": "SUCCESS", "message": "ok"}')
    assert desk.taken == []


async def test_a_topic_that_nobody_knows_is_not_found(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
        await frame_by_hand(dingtalk, "CALLBACK", "/v1.0/unknown", "frame7")
        assert (await dingtalk.stream.acknowledged("frame7"))["code"] == 404


async def frame_by_hand(dingtalk: DingTalk, kind: str, topic: str, message_id: str) -> None:
    headers = {"topic": topic, "messageId": message_id}
    frame = {"type": kind, "headers": headers, "data": "{}"}
    await dingtalk.stream.links[0].wire.send(frame)


@pytest.mark.parametrize(
    "garbage", ["", "{", "[]", '{"type": 7}', '{"type": "SYSTEM", "headers": 7}', "[" * 60_000]
)
async def test_garbage_on_the_link_does_not_end_it(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock, garbage: str
) -> None:
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
        await dingtalk.stream.links[0].wire.socket.send_str(garbage)
        await dingtalk.stream.acknowledged(await said(dingtalk, "年费怎么交"))
    assert dingtalk.stream.opened == 1


async def test_a_message_for_another_robot_is_not_taken(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
        frame = await dingtalk.stream.say(dingtalk.message("年费", robotCode="ding0"))
        assert frame is not None
        assert (await dingtalk.stream.acknowledged(frame))["code"] == 400
        await dingtalk.stream.acknowledged(await said(dingtalk, "年费怎么交"))
    assert desk.texts == ["年费怎么交"]


@pytest.mark.parametrize("rudely", [False, True], ids=["told to go", "cut off"])
async def test_a_link_that_ends_every_few_messages_costs_no_message(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock, rudely: bool
) -> None:
    dingtalk.stream.drop_after, dingtalk.stream.rudely = 3, rudely
    texts = [f"第{n}句" for n in range(20)]
    async with running(dingtalk, desk, clock) as one:
        for text in texts:
            await said(dingtalk, text)
        await desk.until(lambda: len(desk.taken) == len(texts))
    assert desk.texts == texts
    assert one.pauses == []


async def test_a_link_that_says_nothing_any_more_is_replaced(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    async with running(dingtalk, desk, clock, idle=0.5):
        await dingtalk.stream.connected()
        dingtalk.stream.silent = True
        await dingtalk.stream.until(lambda: dingtalk.stream.opened == 2)
        dingtalk.stream.silent = False
        while not desk.taken:  # the dead link may still be in the gateway's books
            await said(dingtalk, "还在吗")
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    "fault",
    [status(500), status(401), reset(), answered({}), answered({"endpoint": "x", "ticket": ""})],
    ids=["HTTP 500", "HTTP 401", "reset", "no door", "no ticket"],
)
async def test_an_address_that_is_not_given_is_asked_for_less_and_less_often(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock, fault: Any
) -> None:
    dingtalk.faults.then(*[fault] * 8, path=OPEN)
    async with running(dingtalk, desk, clock) as one:
        await dingtalk.stream.connected()
    assert one.pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_ticket_that_has_run_out_is_replaced(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    dingtalk.faults.then(after(lambda: clock.passes(seconds=91)), path=CONNECT)
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.acknowledged(await said(dingtalk, "年费怎么交"))


async def test_a_link_to_somewhere_else_is_not_made(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = {"endpoint": "wss://wss.dingtalk.com.evil.example/connect", "ticket": "t"}
    dingtalk.faults.then(answered(elsewhere), path=OPEN)
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.connected()
    assert "an endpoint that is not DingTalk's" in caplog.text


async def test_the_ticket_is_in_no_log(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    dingtalk.faults.then(status(500), reset(), path=CONNECT)
    async with running(dingtalk, desk, clock):
        await dingtalk.stream.acknowledged(await said(dingtalk, "年费怎么交"))
    ours = "\n".join(one.getMessage() for one in caplog.records if one.name.startswith("bot."))
    assert "ServerHandshakeError" in ours
    for secret in ("ticket-", APP_SECRET, USER, "年费"):
        assert secret not in ours


async def test_a_message_is_not_lost_while_the_database_is_away(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    desk.troubles = [OSError("away"), OSError("away")]
    async with running(dingtalk, desk, clock) as one:
        await dingtalk.stream.acknowledged(await said(dingtalk, "年费怎么交"))
    assert desk.texts == ["年费怎么交"]
    assert one.pauses == [0.5, 1]


async def test_a_desk_that_has_closed_is_left_in_peace(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    desk.troubles = [DeskClosed()]
    async with running(dingtalk, desk, clock) as one:
        late = await said(dingtalk, "年费怎么交")
        await dingtalk.stream.acknowledged(await said(dingtalk, "总结几号交", OTHER))
    assert late not in dingtalk.stream.acks
    assert one.pauses == []


async def test_what_the_desk_has_is_stored_though_the_link_is_gone(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    desk.open.clear()
    async with running(dingtalk, desk, clock):
        await said(dingtalk, "年费怎么交")
        await desk.until(lambda: len(desk.taken) == 1)
        await dingtalk.stream.disconnect()
        await dingtalk.stream.until(lambda: dingtalk.stream.opened == 2)
        desk.open.set()
        await dingtalk.stream.acknowledged(await said(dingtalk, "总结几号交"))
    assert desk.texts == ["年费怎么交", "总结几号交"]


async def test_it_ends_when_it_is_told_to_and_leaves_nothing_behind(
    dingtalk: DingTalk, desk: NotingDesk, clock: Clock
) -> None:
    desk.open.clear()
    async with running(dingtalk, desk, clock) as one:
        await said(dingtalk, "年费怎么交")
        await desk.until(lambda: len(desk.taken) == 1)
        before = asyncio.all_tasks()
        one.task.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(one.task, return_exceptions=True)
            await dingtalk.stream.until(lambda: not dingtalk.stream.links)
        assert one.task.cancelled()
        assert {task for task in before if not task.done()} >= {asyncio.current_task()}


REAL = "https://api.dingtalk.com"


@pytest.mark.parametrize(
    ("url", "base", "right"),
    [
        ("wss://wss-open-connection.dingtalk.com:443/connect", REAL, True),
        ("wss://wss-open-connection.dingtalk.com/connect", REAL, True),
        ("ws://wss-open-connection.dingtalk.com/connect", REAL, False),
        ("wss://dingtalk.com.evil.example/connect", REAL, False),
        ("wss://evildingtalk.com/connect", REAL, False),
        ("wss://x@wss.dingtalk.com/connect", REAL, False),
        ("wss://wss.dingtalk.com:8443/connect", REAL, False),
        ("wss://wss.dingtalk.com:x/connect", REAL, False),
        ("wss://wss.dingtalk.com/connect?ticket=1", REAL, False),
        ("ws://127.0.0.1:80/connect", REAL, False),
        ("https://wss.dingtalk.com/connect", REAL, False),
        ("ws://127.0.0.1:80/connect", "http://127.0.0.1:81", True),
        ("ws://10.0.0.1:80/connect", "http://127.0.0.1:81", False),
    ],
)
def test_links_lead_to_dingtalk_or_to_this_machine_where_tests_run(
    url: str, base: str, right: bool
) -> None:
    assert is_endpoint(url, base) is right
