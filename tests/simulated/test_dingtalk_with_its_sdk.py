"""DingTalk's own Stream SDK works against the simulated gateway and API hosts."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from typing import Any

import dingtalk_stream
import pytest
from dingtalk_stream import AckMessage, ChatbotHandler, ChatbotMessage, EventHandler
from dingtalk_stream.card_replier import AICardReplier

from tests.clock import Clock
from tests.platform.dingtalk import APP_KEY, APP_SECRET, GROUP, USER, DingTalk
from tests.platform.faults import status
from tests.platform.loopback import serving
from tests.platform.stream import OPEN

pytestmark = pytest.mark.usefixtures("around")


QUIET = logging.getLogger("dingtalk_stream.quiet")
"""The SDK logs tickets otherwise."""

QUIET.setLevel(logging.CRITICAL)


class Desk(ChatbotHandler):  # type: ignore[misc]
    """Answers through the session webhook, as the SDK's examples do."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[ChatbotMessage] = []

    async def process(self, callback: Any) -> tuple[int, str]:
        message = ChatbotMessage.from_dict(callback.data)
        self.heard.append(message)
        if message.message_type == "text":
            self.reply_text(f"收到：{message.text.content.strip()}", message)
        return AckMessage.STATUS_OK, "OK"


class Events(EventHandler):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    async def process(self, event: Any) -> tuple[int, str]:
        self.seen.append(event.headers.event_id)
        return AckMessage.STATUS_OK, "OK"


class Running:
    """The SDK in a loop of its own, since it blocks the one that it runs in."""

    def __init__(self) -> None:
        credential = dingtalk_stream.Credential(APP_KEY, APP_SECRET)
        self.client = dingtalk_stream.DingTalkStreamClient(credential, QUIET)
        self.desk, self.events = Desk(), Events()
        self.client.register_callback_handler(ChatbotMessage.TOPIC, self.desk)
        self.client.register_all_event_handler(self.events)
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._until_told()))

    def start(self) -> None:
        self._thread.start()

    async def stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._told.set)
        await asyncio.to_thread(self._thread.join)

    async def _until_told(self) -> None:
        self._loop = asyncio.get_running_loop()
        started = asyncio.create_task(self.client.start())
        await self._told.wait()
        while not started.done():  # it swallows a cancellation, then sleeps for ten seconds
            started.cancel()
            await asyncio.wait([started], timeout=0.1)


@pytest.fixture
async def dingtalk(clock: Clock) -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(clock)) as fake:
        yield fake


@pytest.fixture
def around(dingtalk: DingTalk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for module in ("stream", "chatbot", "card_replier"):
        place = f"dingtalk_stream.{module}.DINGTALK_OPENAPI_ENDPOINT"
        monkeypatch.setattr(place, dingtalk.base)
    client = dingtalk_stream.DingTalkStreamClient
    monkeypatch.setattr(client, "OPEN_CONNECTION_API", dingtalk.base + OPEN)


@pytest.fixture
async def sdk(dingtalk: DingTalk) -> AsyncIterator[Running]:
    running = Running()
    running.start()
    async with asyncio.timeout(20):
        await dingtalk.stream.connected()
    yield running
    await running.stop()


async def test_a_message_is_acknowledged_and_answered(dingtalk: DingTalk, sdk: Running) -> None:
    async with asyncio.timeout(20):
        frame = await dingtalk.stream.say(dingtalk.message("年费怎么交"))
        assert frame is not None
        ack = await dingtalk.stream.acknowledged(frame)
        assert ack["code"] == 200
        assert await dingtalk.arrived.until(1, USER) == ["收到：年费怎么交"]
    assert not dingtalk.stream.broken


async def test_a_group_message_is_answered_to_the_group(dingtalk: DingTalk, sdk: Running) -> None:
    async with asyncio.timeout(20):
        await dingtalk.stream.say(dingtalk.message("年费怎么交", group=GROUP))
        assert await dingtalk.arrived.until(1, GROUP) == ["收到：年费怎么交"]
    heard = sdk.desk.heard[0]
    assert (heard.conversation_type, heard.conversation_id) == ("2", GROUP)
    assert (heard.sender_staff_id, heard.robot_code) == (USER, APP_KEY)


async def test_a_file_is_found_by_its_download_code(dingtalk: DingTalk, sdk: Running) -> None:
    dingtalk.files["CODE"] = b"pdf"
    found = await asyncio.to_thread(sdk.desk.get_image_download_url, "CODE")
    assert found == f"{dingtalk.base}/files/CODE"


async def test_an_event_is_acknowledged_and_comes_no_more(dingtalk: DingTalk, sdk: Running) -> None:
    async with asyncio.timeout(20):
        frame = await dingtalk.stream.event("user_add_org", {"userId": [USER]})
        await dingtalk.stream.acknowledged(frame)
    assert len(sdk.events.seen) == 1
    assert await dingtalk.stream.redeliver() == 0


async def test_a_ping_is_answered_with_its_own_words(dingtalk: DingTalk, sdk: Running) -> None:
    async with asyncio.timeout(20):
        (frame,) = await dingtalk.stream.ping()
        ack = await dingtalk.stream.acknowledged(frame)
    assert ack["data"] == '{"opaque": "123"}'


async def test_it_comes_back_after_a_disconnect(dingtalk: DingTalk, sdk: Running) -> None:
    async with asyncio.timeout(20):
        await dingtalk.stream.disconnect()
        await dingtalk.stream.until(lambda: dingtalk.stream.opened == 2)
        await dingtalk.stream.say(dingtalk.message("还在吗"))
        assert await dingtalk.arrived.until(1, USER) == ["收到：还在吗"]


async def test_a_gateway_out_of_order_lets_nobody_in(dingtalk: DingTalk) -> None:
    dingtalk.faults.then(status(500), path=OPEN)
    client = Running().client
    assert await asyncio.to_thread(client.open_connection) is None
    opened = await asyncio.to_thread(client.open_connection)
    assert opened["endpoint"].endswith("/connect")


async def test_a_card_is_delivered_and_streamed_into(dingtalk: DingTalk, sdk: Running) -> None:
    heard = ChatbotMessage.from_dict(dingtalk.message("年费怎么交"))
    card = AICardReplier(sdk.client, heard)
    track = await asyncio.to_thread(
        card.create_and_deliver_card, "TEMPLATE.schema", {"title": "年费"}
    )
    await asyncio.to_thread(card.streaming, track, "content", "每年交", False, True, False)
    shown = dingtalk.cards.cards[track]
    assert shown.user == USER
    assert shown.values == {"title": "年费", "content": "每年交"}
    assert shown.finished


async def test_a_card_is_updated(dingtalk: DingTalk, sdk: Running) -> None:
    heard = ChatbotMessage.from_dict(dingtalk.message("年费怎么交", group=GROUP))
    card = AICardReplier(sdk.client, heard)
    track = await asyncio.to_thread(
        card.create_and_deliver_card, "TEMPLATE.schema", {"title": "年费"}
    )
    await asyncio.to_thread(card.put_card_data, track, {"title": "已办"})
    assert dingtalk.cards.cards[track].values == {"title": "已办"}
    assert dingtalk.cards.cards[track].user == GROUP


async def test_the_sdk_keeps_its_token_while_it_is_good(dingtalk: DingTalk, sdk: Running) -> None:
    first = await asyncio.to_thread(sdk.client.get_access_token)
    assert await asyncio.to_thread(sdk.client.get_access_token) == first
    assert dingtalk.tokens.fetches == 1
