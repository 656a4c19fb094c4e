"""智能机器人 by WebSocket, as somebody who talks to it sees it, whatever the link suffers."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from aiohttp import ClientSession, DummyCookieJar
from sqlalchemy import delete

from bot.channels.aibot import holder as holding
from bot.channels.aibot.connect import hearing
from bot.channels.aibot.courier import AibotCourier
from bot.channels.aibot.holder import Holder
from bot.channels.connection import House, TakesMessages
from bot.channels.intake import Intake
from bot.channels.lease import LASTS, Lease
from bot.delivery.courier import Parcel
from bot.delivery.letters import Letter
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent
from bot.message import Message
from intents.turn import Link, Reply, Said
from storage import outbox
from storage.database import Database
from storage.leases import hold
from storage.schema import leases
from tests.bot.noting_desk import NotingDesk
from tests.bot.stand_in import a_desk
from tests.clock import Clock
from tests.platform.aibot import BOT_ID, GROUP, SECRET, USER, AiBot
from tests.platform.news import News

REPLY = Reply("answer", "5月25日前报送。")


class Worker:
    """One process: `pauses` are those that it made, each of which took next to no time, but those
    of `never_after` seconds do not end."""

    def __init__(
        self,
        bot: AiBot,
        desk: TakesMessages,
        db: Database,
        clock: Clock,
        session: ClientSession,
        secret: str = SECRET,
        idle: float = 60.0,
        never_after: float | None = None,
    ) -> None:
        self.bot = bot
        self.pauses: list[float] = []
        self._never_after = never_after
        self._news = News()
        house = House(desk, db, session, clock, lambda: 0.0, lambda: None)
        self._intake = Intake(desk, lambda: 0.0, self._pause)
        self.lease = Lease(db, f"aibot:{BOT_ID}", clock, self._pause)
        hear = hearing(BOT_ID, self._intake, house)
        self.holder = Holder(
            session,
            bot.url,
            BOT_ID,
            secret,
            self.lease,
            hear,
            clock,
            lambda: 0.0,
            pause=self._pause,
            idle=idle,
        )
        self.courier = AibotCourier(self.holder, lambda: 0.0)
        self.task = asyncio.create_task(self.holder.run())

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._news.tell()
        if seconds == self._never_after:
            await asyncio.Event().wait()
        await asyncio.sleep(0.005)

    async def paused(self, seconds: float, times: int = 1) -> None:
        """Waits until it has begun that many pauses of that length."""
        await self._news.until(lambda: self.pauses.count(seconds) >= times)

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self._intake.close()

    def letter(self, message: Message, reply: Reply = REPLY) -> Parcel:
        """What the outbox holds for the answer to that message."""
        assert message.route is not None
        letter = Letter(reply, via=message.route.via)
        return Parcel("reply:m1:1", message.sender.key, letter, attempts=1)


Start = Callable[..., Worker]


@pytest.fixture
async def start(bot: AiBot, desk: NotingDesk, db: Database, clock: Clock) -> AsyncIterator[Start]:
    """Starts a worker; all are stopped in the end."""
    workers: list[Worker] = []
    async with ClientSession(cookie_jar=DummyCookieJar()) as session, asyncio.timeout(60):

        def begin(taking: TakesMessages = desk, **more: object) -> Worker:
            workers.append(Worker(bot, taking, db, clock, session, **more))  # type: ignore[arg-type]
            return workers[-1]

        yield begin
        for worker in workers:
            await worker.stop()


async def ready(worker: Worker) -> None:
    await worker.bot.until(lambda: worker.courier.ready)


async def heard(bot: AiBot, desk: NotingDesk, text: str, group: str = "") -> Message:
    count = len(desk.taken)
    await bot.says(text, group=group)
    await desk.until(lambda: len(desk.taken) > count)
    return desk.taken[-1]


async def test_what_is_said_is_answered_where_it_was_said(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    alone = await heard(bot, desk, "年费怎么交")
    grouped = await heard(bot, desk, "@知行 年费怎么交", GROUP)
    assert (alone.said, grouped.said) == (Said("年费怎么交"), Said("年费怎么交"))
    assert await worker.courier.deliver(worker.letter(alone)) == Sent()
    assert await worker.courier.deliver(worker.letter(grouped)) == Sent()
    assert bot.arrived.texts(USER) == ["5月25日前报送。"]
    assert bot.arrived.texts(GROUP) == ["5月25日前报送。"]


YEARS = Reply("clarify", "您指*哪*一年？", ("2021年", "2023年"))
NUMBERED = "您指＊哪＊一年？  \n1. 2021年  \n2. 2023年"


async def test_options_are_buttons_of_a_card(bot: AiBot, desk: NotingDesk, start: Start) -> None:
    """As path/101032 has its example."""
    worker = start()
    await ready(worker)
    letter = worker.letter(await heard(bot, desk, "几号交"), YEARS)
    assert await worker.courier.deliver(letter) == Sent()
    (shown,) = bot.arrived
    card = dict(shown.body["template_card"])
    assert re.fullmatch(r"[0-9a-f]{32}", card.pop("task_id"))
    assert (shown.via, shown.body["msgtype"], card) == (
        "aibot_respond_msg",
        "template_card",
        {
            "card_type": "button_interaction",
            "main_title": {"title": "请点选一项"},
            "sub_title_text": "您指*哪*一年？",
            "button_list": [
                {"text": "2021年", "style": 1, "key": "2021年"},
                {"text": "2023年", "style": 1, "key": "2023年"},
            ],
        },
    )


async def test_a_button_is_pressed_and_answered(bot: AiBot, desk: NotingDesk, start: Start) -> None:
    worker = start()
    await ready(worker)
    await worker.courier.deliver(worker.letter(await heard(bot, desk, "几号交"), YEARS))
    task = next(iter(bot.arrived)).body["template_card"]["task_id"]
    await bot.presses("2021年", task)
    await desk.until(lambda: len(desk.taken) == 2)
    assert desk.texts == ["几号交", "2021年"]
    assert await worker.courier.deliver(worker.letter(desk.taken[1])) == Sent()
    assert [(one.text, one.via) for one in bot.arrived][1:] == [
        ("您选了", "aibot_respond_update_msg"),
        ("5月25日前报送。", "aibot_send_msg"),
    ]


async def test_a_press_that_was_answered_too_late_to_change_the_card_is_answered(
    bot: AiBot, desk: NotingDesk, clock: Clock, start: Start
) -> None:
    worker = start()
    await ready(worker)
    await bot.presses("2021年", "task1")
    await desk.until(lambda: len(desk.taken) == 1)
    clock.passes(seconds=6)
    assert await worker.courier.deliver(worker.letter(desk.taken[0])) == Sent()
    assert bot.arrived.texts(USER) == ["5月25日前报送。"]


@pytest.mark.parametrize(
    "reply",
    [
        replace(YEARS, options=tuple(f"第{n}项" for n in range(7))),
        replace(YEARS, options=("知识产权服务万里行活动工作方案",)),
        replace(YEARS, options=("2021年", "2021年")),
        replace(YEARS, text="长" * 113),
        replace(YEARS, links=(Link("官网", "https://www.cnipa.gov.cn"),)),
    ],
    ids=["too many", "too long", "twice the same", "a long text", "links"],
)
async def test_options_that_no_card_takes_are_numbers(
    bot: AiBot, desk: NotingDesk, start: Start, reply: Reply
) -> None:
    worker = start()
    await ready(worker)
    await worker.courier.deliver(worker.letter(await heard(bot, desk, "几号交"), reply))
    (shown,) = bot.arrived
    assert shown.kind == "stream"
    assert f"1. {reply.options[0]}" in shown.text


async def test_in_a_group_options_are_numbers_and_signs_are_only_signs(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    asked = await heard(bot, desk, "@知行 几号交", GROUP)
    await worker.courier.deliver(worker.letter(asked, YEARS))
    assert bot.arrived.texts(GROUP) == [NUMBERED]


async def test_a_card_that_may_have_arrived_is_not_sent_as_a_card_again(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    letter = worker.letter(await heard(bot, desk, "几号交"), YEARS)
    assert await worker.courier.deliver(replace(letter, attempts=2)) == Sent()
    assert bot.arrived.texts(USER) == [NUMBERED]


async def test_a_file_is_named(bot: AiBot, desk: NotingDesk, start: Start) -> None:
    worker = start()
    await ready(worker)
    reply = Reply("command", "需求清单做好了。", file="somewhere/清单.xlsx")
    await worker.courier.deliver(worker.letter(await heard(bot, desk, "导出"), reply))
    (text,) = bot.arrived.texts(USER)
    assert "需求清单做好了。" in text
    assert "清单.xlsx" in text
    assert "somewhere" not in text


async def test_who_opens_the_chat_is_welcomed(bot: AiBot, desk: NotingDesk, start: Start) -> None:
    worker = start()
    await ready(worker)
    await bot.enters()
    await desk.until(lambda: bool(desk.taken))
    await worker.courier.deliver(worker.letter(desk.taken[0], Reply("smalltalk", "您好。")))
    assert [(one.text, one.via) for one in bot.arrived] == [("您好。", "aibot_respond_welcome_msg")]


async def test_a_welcome_that_comes_too_late_is_said_all_the_same(
    bot: AiBot, desk: NotingDesk, clock: Clock, start: Start
) -> None:
    worker = start()
    await ready(worker)
    await bot.enters()
    await desk.until(lambda: bool(desk.taken))
    clock.passes(seconds=6)
    letter = worker.letter(desk.taken[0], Reply("smalltalk", "您好。"))
    assert await worker.courier.deliver(letter) == Sent()
    assert bot.arrived.texts(USER) == ["您好。"]


async def test_an_answer_that_is_sent_again_is_seen_once(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    letter = worker.letter(await heard(bot, desk, "年费怎么交"))
    for attempt in (1, 2, 3):
        assert await worker.courier.deliver(replace(letter, attempts=attempt)) == Sent()
    assert bot.arrived.texts(USER) == ["5月25日前报送。"]


async def test_after_a_day_the_answer_comes_as_a_message_of_its_own(
    bot: AiBot, desk: NotingDesk, clock: Clock, start: Start
) -> None:
    worker = start()
    await ready(worker)
    asked = await heard(bot, desk, "@知行 年费怎么交", GROUP)
    clock.passes(hours=24)
    assert await worker.courier.deliver(worker.letter(asked)) == Sent()
    assert [(one.user, one.via) for one in bot.arrived] == [(GROUP, "aibot_send_msg")]


async def test_who_never_talked_to_the_bot_is_told_when_they_do(start: Start) -> None:
    worker = start()
    await ready(worker)
    push = Parcel("note:1", "aibot:lisi", Letter(REPLY, note=1), attempts=1)
    assert isinstance(await worker.courier.deliver(push), Closed)


@pytest.mark.parametrize(
    ("code", "outcome"), [(45009, Retry), (40058, Refused), (45002, Refused), (-1, Retry)]
)
async def test_what_the_platform_says_decides_what_becomes_of_a_letter(
    bot: AiBot, desk: NotingDesk, start: Start, code: int, outcome: type[Outcome]
) -> None:
    worker = start()
    await ready(worker)
    letter = worker.letter(await heard(bot, desk, "年费怎么交"))
    bot.refuse("aibot_respond_msg", code)
    assert isinstance(await worker.courier.deliver(letter), outcome)
    assert bot.arrived.texts(USER) == []


async def test_a_letter_waits_for_the_connection(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    letter = worker.letter(await heard(bot, desk, "年费怎么交"))
    await worker.stop()
    assert not worker.courier.ready
    assert isinstance(await worker.courier.deliver(letter), Retry)


async def test_the_same_message_thrice_is_answered_once(
    bot: AiBot, desk: NotingDesk, db: Database, start: Start
) -> None:
    desk.behind = real = a_desk(db)
    await ready(start())
    said = {"msgtype": "text", "text": {"content": "年费怎么交"}, "from": {"userid": USER}}
    body = {"msgid": "m1", "aibotid": BOT_ID, "chattype": "single", **said}
    for number in range(3):
        headers = {"req_id": f"req{number}"}
        assert bot.wire is not None
        await bot.wire.send({"cmd": "aibot_msg_callback", "headers": headers, "body": body})
    await desk.until(lambda: desk.answered == 3)
    await real.close()
    async with db.transaction() as conn:
        (row,) = await outbox.listing(conn)
    assert (row.channel, row.target) == ("aibot", f"aibot:{USER}")


@pytest.mark.parametrize(
    "garbage", ["", "{", "[]", "7", '{"cmd": "aibot_msg_callback"}', '{"headers": 7}', "[" * 60_000]
)
async def test_garbage_on_the_link_does_not_end_it(
    bot: AiBot, desk: NotingDesk, start: Start, garbage: str
) -> None:
    await ready(start())
    assert bot.wire is not None
    await bot.wire.socket.send_str(garbage)
    await heard(bot, desk, "年费怎么交")
    assert bot.subscriptions == 1


async def test_a_message_for_another_bot_is_not_taken(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    await ready(start())
    body = {"msgid": "m1", "aibotid": "another", "msgtype": "text", "from": {"userid": USER}}
    assert bot.wire is not None
    await bot.wire.send({"cmd": "aibot_msg_callback", "headers": {"req_id": "r"}, "body": body})
    await heard(bot, desk, "年费怎么交")
    assert desk.texts == ["年费怎么交"]


async def test_a_message_is_not_lost_while_the_database_is_away(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    desk.troubles = [OSError("away"), OSError("away")]
    await ready(start())
    await heard(bot, desk, "年费怎么交")
    assert desk.texts == ["年费怎么交"]


async def test_a_link_that_breaks_is_made_again_at_once(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    for number in range(1, 5):
        await bot.connected(number)
        await heard(bot, desk, f"第{number}句")
        bot.drop()
    await bot.connected(5)
    assert desk.texts == [f"第{number}句" for number in range(1, 5)]
    assert 1 not in worker.pauses


async def test_an_answer_is_given_though_the_link_by_which_it_was_asked_is_gone(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    asked = await heard(bot, desk, "年费怎么交")
    bot.drop()
    await bot.connected(2)
    await bot.until(lambda: worker.courier.ready)
    assert await worker.courier.deliver(worker.letter(asked)) == Sent()
    assert bot.arrived.texts(USER) == ["5月25日前报送。"]


async def test_a_link_that_says_nothing_any_more_is_replaced(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    await ready(start(idle=0.5))
    bot.silent = True
    await bot.until(lambda: bot.links == 0)
    bot.silent = False
    await bot.connected(2)
    await heard(bot, desk, "还在吗")


async def test_a_wrong_secret_is_tried_less_and_less_often_and_is_in_no_log(
    bot: AiBot, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    worker = start(secret="not-the-secret")
    await bot.until(lambda: bot.codes.count(40001) == 9)
    tried = [pause for pause in worker.pauses if pause in (1, 2, 4, 8, 16, 32, 60)]
    assert tried == [1, 2, 4, 8, 16, 32, 60, 60]
    assert "mend aibot: bot_id, secret" in caplog.text
    assert "not-the-secret" not in caplog.text
    assert not worker.courier.ready


async def test_another_program_that_takes_over_is_left_alone(
    bot: AiBot, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    worker = start(never_after=holding.OUSTED)
    await ready(worker)
    async with ClientSession() as session, session.ws_connect(bot.url) as other:
        subscribe = {"bot_id": BOT_ID, "secret": SECRET}
        headers = {"req_id": "other"}
        await other.send_json({"cmd": "aibot_subscribe", "headers": headers, "body": subscribe})
        await bot.until(lambda: bot.subscriptions == 2 and bot.links == 1)
        assert (await other.receive_json())["errcode"] == 0
        await worker.paused(holding.OUSTED)
        assert not worker.courier.ready
        assert (bot.subscriptions, bot.links) == (2, 1)
    assert "another program has connected as this bot" in caplog.text


async def test_of_two_workers_one_has_the_connection(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    workers = [start(), start()]
    await bot.until(lambda: bot.pings > 20)
    assert bot.subscriptions == 1
    assert sorted(worker.courier.ready for worker in workers) == [False, True]


async def test_when_the_one_ends_the_other_takes_over_at_once(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    first = start()
    await ready(first)
    start()
    await first.stop()
    await bot.connected(2)
    await heard(bot, desk, "还在吗")


async def test_when_the_one_is_killed_the_other_takes_over_once_its_time_is_over(
    bot: AiBot, desk: NotingDesk, clock: Clock, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start()
    await ready(first)

    async def never() -> None: ...

    monkeypatch.setattr(first.lease, "release", never)
    await first.stop()
    second = start()
    await second.paused(holding.STAND_BY, times=3)
    assert bot.subscriptions == 1
    clock.passes(seconds=LASTS.total_seconds())
    await bot.connected(2)
    await heard(bot, desk, "还在吗")


async def test_who_has_lost_the_lease_lets_the_connection_go(
    bot: AiBot, db: Database, clock: Clock, start: Start
) -> None:
    worker = start()
    await ready(worker)
    async with db.transaction() as conn:
        await conn.execute(delete(leases))
        assert await hold(conn, f"aibot:{BOT_ID}", "another", clock(), LASTS)
    await bot.until(lambda: bot.links == 0)
    assert not worker.courier.ready


async def test_a_database_that_is_away_for_long_ends_the_connection(
    bot: AiBot, clock: Clock, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = start()
    await ready(worker)

    async def away() -> bool:
        clock.passes(seconds=4)
        raise OSError

    monkeypatch.setattr(worker.lease, "hold", away)
    await bot.until(lambda: bot.links == 0)
    monkeypatch.undo()
    await bot.connected(2)


async def test_it_ends_when_it_is_told_to_and_leaves_nothing_behind(
    bot: AiBot, desk: NotingDesk, start: Start
) -> None:
    worker = start()
    await ready(worker)
    desk.open.clear()
    await heard(bot, desk, "年费怎么交")
    worker.task.cancel()
    async with asyncio.timeout(5):
        await asyncio.gather(worker.task, return_exceptions=True)
    await bot.until(lambda: bot.links == 0)
    assert worker.task.cancelled()
