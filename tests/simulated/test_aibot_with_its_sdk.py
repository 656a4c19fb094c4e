"""WeCom's own SDK for 智能机器人 works against the simulated WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aibot import WSClient, WSClientOptions

from tests.clock import Clock
from tests.platform.aibot import BOT_ID, GROUP, SECRET, USER, AiBot
from tests.platform.loopback import serving


class Quiet:
    """The SDK's logger, which prints by default."""

    def debug(self, *words: object) -> None: ...
    def info(self, *words: object) -> None: ...
    def warn(self, *words: object) -> None: ...
    def error(self, *words: object) -> None: ...


class Sdk:
    """The SDK's client, and the frames that it handed on, by event."""

    def __init__(self, bot: AiBot, secret: str = SECRET) -> None:
        self.client = WSClient(
            WSClientOptions(BOT_ID, secret, ws_url=bot.url, logger=Quiet(), reconnect_interval=1)
        )
        self.errors: list[Exception] = []
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        self.client.on("error", self.errors.append)
        for event in ("message.text", "message.voice", "event"):
            self.client.on(event, self.heard.put_nowait)


@pytest.fixture
async def bot(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AiBot]:
    monkeypatch.setattr("aibot.ws._SSL_CONTEXT", None)
    async with serving(AiBot(clock)) as fake:
        yield fake


@pytest.fixture
async def sdk(bot: AiBot) -> AsyncIterator[Sdk]:
    running = Sdk(bot)
    async with asyncio.timeout(20):
        await running.client.connect()
        await bot.connected()
        yield running
        running.client.disconnect()
        await bot.until(lambda: bot.wire is None)


async def test_a_stream_is_written_on_and_finished(bot: AiBot, sdk: Sdk) -> None:
    await bot.says("年费怎么交")
    frame = await sdk.heard.get()
    assert frame["body"]["text"]["content"] == "年费怎么交"
    await sdk.client.reply_stream(frame, "S1", "正在查")
    assert not bot.arrived.texts(USER)
    await sdk.client.reply_stream(frame, "S1", "每年交一次", finish=True)
    assert bot.arrived.texts(USER) == ["每年交一次"]
    assert [bubble.frames for bubble in bot.talk.bubbles.values()] == [2]


async def test_a_group_is_answered_in_the_group(bot: AiBot, sdk: Sdk) -> None:
    await bot.says("@机器人 年费", group=GROUP)
    frame = await sdk.heard.get()
    assert (frame["body"]["chattype"], frame["body"]["chatid"]) == ("group", GROUP)
    await sdk.client.reply(frame, {"msgtype": "markdown", "markdown": {"content": "**每年**"}})
    assert bot.arrived.texts(GROUP) == ["**每年**"]


async def test_a_newcomer_is_welcomed_within_five_seconds(
    bot: AiBot, sdk: Sdk, clock: Clock
) -> None:
    welcome = {"msgtype": "text", "text": {"content": "您好"}}
    await bot.enters()
    frame = await sdk.heard.get()
    await sdk.client.reply_welcome(frame, welcome)
    assert bot.arrived.texts(USER) == ["您好"]
    await bot.enters()
    late = await sdk.heard.get()
    clock.passes(seconds=5)
    with pytest.raises(RuntimeError, match="846605"):
        await sdk.client.reply_welcome(late, welcome)


async def test_a_card_is_sent_pressed_and_changed(bot: AiBot, sdk: Sdk) -> None:
    card = {
        "card_type": "button_interaction",
        "main_title": {"title": "要提交吗"},
        "button_list": [{"text": "提交", "key": "submit"}],
        "task_id": "task1",
    }
    await bot.says("提交")
    await sdk.client.reply_template_card(await sdk.heard.get(), card)
    await bot.presses("submit", "task1")
    pressed = await sdk.heard.get()
    assert pressed["body"]["event"]["template_card_event"]["event_key"] == "submit"
    await sdk.client.update_template_card(pressed, {**card, "main_title": {"title": "已提交"}})
    assert bot.arrived.texts(USER) == ["要提交吗", "已提交"]


async def test_a_push_reaches_those_who_talked_to_the_bot(bot: AiBot, sdk: Sdk) -> None:
    note = {"msgtype": "markdown", "markdown": {"content": "简报"}}
    with pytest.raises(RuntimeError, match="93006"):
        await sdk.client.send_message(USER, note)
    await bot.says("你好")
    await sdk.client.send_message(USER, note)
    assert bot.arrived.texts(USER) == ["简报"]


async def test_a_stream_ends_after_six_minutes(bot: AiBot, sdk: Sdk, clock: Clock) -> None:
    await bot.says("年费")
    frame = await sdk.heard.get()
    await sdk.client.reply_stream(frame, "S1", "正在查")
    clock.passes(minutes=6)
    with pytest.raises(RuntimeError, match="846608"):
        await sdk.client.reply_stream(frame, "S1", "查到了", finish=True)


async def test_a_made_up_req_id_is_refused(bot: AiBot, sdk: Sdk) -> None:
    nobody = {"headers": {"req_id": "made-up"}}
    with pytest.raises(RuntimeError, match="846605"):
        await sdk.client.reply_stream(nobody, "S1", "您好", finish=True)


async def test_the_thirty_first_message_of_a_minute_is_refused(bot: AiBot, sdk: Sdk) -> None:
    await bot.says("你好")
    note = {"msgtype": "markdown", "markdown": {"content": "简报"}}
    for _ in range(30):
        await sdk.client.send_message(USER, note)
    with pytest.raises(RuntimeError, match="45009"):
        await sdk.client.send_message(USER, note)


async def test_a_wrong_secret_is_refused(bot: AiBot) -> None:
    stranger = Sdk(bot, secret="not-the-secret")
    async with asyncio.timeout(20):
        await stranger.client.connect()
        await bot.until(lambda: bot.codes == [40001])
        stranger.client.disconnect()
        await bot.until(lambda: bot.links == 0)
    assert bot.subscriptions == 0


async def test_who_subscribes_second_takes_over_and_the_first_is_told(bot: AiBot, sdk: Sdk) -> None:
    second = Sdk(bot)
    await second.client.connect()
    told = await sdk.heard.get()
    assert told["body"]["event"]["eventtype"] == "disconnected_event"
    sdk.client.disconnect()
    await bot.says("谁听见")
    assert (await second.heard.get())["body"]["text"]["content"] == "谁听见"
    second.client.disconnect()
    await bot.until(lambda: bot.links == 0)


async def test_a_dropped_connection_is_made_again(bot: AiBot, sdk: Sdk) -> None:
    bot.drop()
    await bot.connected(2)
    await bot.says("还在吗")
    assert (await sdk.heard.get())["body"]["text"]["content"] == "还在吗"


async def test_heartbeats_are_answered(bot: AiBot) -> None:
    options = WSClientOptions(
        BOT_ID, SECRET, ws_url=bot.url, logger=Quiet(), heartbeat_interval=100
    )
    client = WSClient(options)
    async with asyncio.timeout(20):
        await client.connect()
        await bot.until(lambda: bot.pings > 2)  # it gives up when two are unanswered
        client.disconnect()
        await bot.until(lambda: bot.links == 0)
    assert bot.subscriptions == 1
