"""The simulated Stream gateway keeps its own rules, met by a bare WebSocket client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from tests.clock import Clock
from tests.platform.dingtalk import APP_KEY, APP_SECRET, DingTalk
from tests.platform.loopback import serving
from tests.platform.stream import BOT_TOPIC, CARD_TOPIC, OPEN

WANTED = [
    {"type": "CALLBACK", "topic": BOT_TOPIC},
    {"type": "CALLBACK", "topic": CARD_TOPIC},
    {"type": "EVENT", "topic": "*"},
]


@pytest.fixture
async def dingtalk(clock: Clock) -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(clock)) as fake:
        yield fake


async def opened(http: ClientSession, dingtalk: DingTalk, **changed: object) -> dict[str, Any]:
    body = {"clientId": APP_KEY, "clientSecret": APP_SECRET, "subscriptions": WANTED, **changed}
    async with http.post(dingtalk.base + OPEN, json=body) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def linked(http: ClientSession, dingtalk: DingTalk) -> ClientWebSocketResponse:
    place = await opened(http, dingtalk)
    return await http.ws_connect(place["endpoint"], params={"ticket": place["ticket"]})


async def acknowledge(link: ClientWebSocketResponse, frame: dict[str, Any], data: str) -> None:
    headers = {"messageId": frame["headers"]["messageId"], "contentType": "application/json"}
    await link.send_json({"code": 200, "headers": headers, "message": "OK", "data": data})


async def test_a_ticket_is_good_once_and_for_ninety_seconds(
    http: ClientSession, dingtalk: DingTalk, clock: Clock
) -> None:
    place = await opened(http, dingtalk)
    query = {"ticket": place["ticket"]}
    async with http.ws_connect(place["endpoint"], params=query):
        with pytest.raises(WSServerHandshakeError):
            await http.ws_connect(place["endpoint"], params=query)
    late = await opened(http, dingtalk)
    clock.passes(seconds=90)
    with pytest.raises(WSServerHandshakeError):
        await http.ws_connect(late["endpoint"], params={"ticket": late["ticket"]})


async def test_a_wrong_secret_and_a_wrong_body_open_nothing(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    assert "ticket" not in await opened(http, dingtalk, clientSecret="not-the-secret")
    assert "ticket" not in await opened(http, dingtalk, subscriptions="*")


async def test_a_message_is_sent_once_to_one_link_and_never_again(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    first, second = await linked(http, dingtalk), await linked(http, dingtalk)
    for number in range(20):
        await dingtalk.stream.say(dingtalk.message(str(number)))
    await dingtalk.stream.disconnect()
    heard = [await texts(first), await texts(second)]
    assert sorted(heard[0] + heard[1], key=int) == [str(number) for number in range(20)]
    assert all(heard)
    assert await dingtalk.stream.redeliver() == 0


async def texts(link: ClientWebSocketResponse) -> list[str]:
    """What robot messages said until the link was closed, and that it was announced."""
    frames = [json.loads(message.data) async for message in link]
    assert frames.pop()["headers"]["topic"] == "disconnect"
    return [json.loads(frame["data"])["text"]["content"] for frame in frames]


async def test_without_a_link_or_a_subscription_a_message_is_lost(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    message = dingtalk.message("有人吗")
    assert await dingtalk.stream.say(message) is None
    place = await opened(http, dingtalk, subscriptions=[{"type": "EVENT", "topic": "*"}])
    async with http.ws_connect(place["endpoint"], params={"ticket": place["ticket"]}):
        assert await dingtalk.stream.say(message) is None
    assert dingtalk.stream.lost == [message, message]


async def test_an_event_comes_again_until_it_succeeded(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    link = await linked(http, dingtalk)
    message_id = await dingtalk.stream.event("user_add_org", {"userId": ["1"]})
    first = await link.receive_json()
    await acknowledge(link, first, '{"status": "LATER", "message": "busy"}')
    await dingtalk.stream.acknowledged(message_id)
    assert await dingtalk.stream.redeliver() == 1
    second = await link.receive_json()
    assert second["headers"]["eventId"] == first["headers"]["eventId"]
    dingtalk.stream.acks.clear()
    await acknowledge(link, second, '{"status": "SUCCESS", "message": "ok"}')
    await dingtalk.stream.acknowledged(message_id)
    assert await dingtalk.stream.redeliver() == 0


async def test_links_end_after_so_many_frames(http: ClientSession, dingtalk: DingTalk) -> None:
    dingtalk.stream.drop_after = 2
    link = await linked(http, dingtalk)
    for text in ("一", "二"):
        await dingtalk.stream.say(dingtalk.message(text))
    assert await texts(link) == ["一", "二"]
    assert not dingtalk.stream.links


async def test_links_may_break_without_a_word(http: ClientSession, dingtalk: DingTalk) -> None:
    dingtalk.stream.drop_after, dingtalk.stream.rudely = 1, True
    link = await linked(http, dingtalk)
    await dingtalk.stream.say(dingtalk.message("一"))
    kinds = [(await link.receive()).type for _ in range(2)]
    assert kinds in ([WSMsgType.TEXT, WSMsgType.CLOSED], [WSMsgType.TEXT, WSMsgType.ERROR])


async def test_a_silent_link_answers_nothing(http: ClientSession, dingtalk: DingTalk) -> None:
    link = await linked(http, dingtalk)
    dingtalk.stream.silent = True
    assert await dingtalk.stream.say(dingtalk.message("有人吗")) is None
    await link.ping()
    with pytest.raises(TimeoutError):
        await link.receive(timeout=0.05)
    assert len(dingtalk.stream.links) == 1


ODD_ACKS = ["not json", "{}", '{"code": 200, "headers": {}, "message": "OK", "data": "{}"}']


@pytest.mark.parametrize("ack", ODD_ACKS)
async def test_what_is_no_acknowledgement_is_noted(
    http: ClientSession, dingtalk: DingTalk, ack: str
) -> None:
    link = await linked(http, dingtalk)
    await link.send_str(ack)
    await dingtalk.stream.until(lambda: bool(dingtalk.stream.broken))
    assert not dingtalk.stream.acks
