"""智能机器人 in HTTP mode: a bot whose cipher is wechatpy's is asked, refreshed and understood."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from wechatpy.crypto import _get_signature
from wechatpy.enterprise.crypto import PrpCrypto

from tests.clock import Clock
from tests.platform.aibot import GROUP, USER
from tests.platform.aibot_callbacks import AiBotCallbacks
from tests.platform.loopback import serving

Body = dict[str, Any]
NOTE = {"msgtype": "markdown", "markdown": {"content": "查到了"}}


class Bot:
    """Answers each callback with what `says` makes of it; `heard` is what it was asked."""

    def __init__(self, callbacks: AiBotCallbacks, says: Callable[[Body], Body | None]) -> None:
        self._sealing, self._says = callbacks.sealing, says
        self.heard: list[Body] = []
        self.failing = 0

    async def answer(self, request: web.Request) -> web.Response:
        query, crypto = request.query, self._sealing.crypto
        stamp = (query["msg_signature"], query["timestamp"], query["nonce"])
        encrypted = {"Encrypt": (await request.json())["encrypt"]}
        self.heard.append(json.loads(crypto.decrypt_message(encrypted, *stamp)))
        if self.failing:
            self.failing -= 1
            return web.Response(status=500)
        answer = self._says(self.heard[-1])
        if answer is None:
            return web.Response()
        text = json.dumps(answer, ensure_ascii=False)
        sealed = PrpCrypto(crypto.key).encrypt(text, "").decode()
        signed = _get_signature(self._sealing.token, "1641002400", query["nonce"], sealed)
        shape = {"encrypt": sealed, "msgsignature": signed, "timestamp": 1641002400}
        return web.json_response({**shape, "nonce": query["nonce"]})


@pytest.fixture
async def callbacks(clock: Clock) -> AsyncIterator[AiBotCallbacks]:
    async with serving(AiBotCallbacks(clock)) as fake:
        yield fake


@pytest.fixture
async def run(callbacks: AiBotCallbacks) -> AsyncIterator[Callable[..., Any]]:
    """`await run(says)`: a bot at work and its address."""
    servers: list[TestServer] = []

    async def running(says: Callable[[Body], Body | None]) -> tuple[Bot, str]:
        bot, app = Bot(callbacks, says), web.Application()
        app.router.add_post("/aibot", bot.answer)
        servers.append(TestServer(app))
        await servers[-1].start_server()
        return bot, str(servers[-1].make_url("/aibot"))

    yield running
    for server in servers:
        await server.close()


def stream(text: str, finish: bool) -> Body:
    return {"msgtype": "stream", "stream": {"id": "S1", "finish": finish, "content": text}}


async def test_a_stream_is_asked_for_until_it_is_finished(
    http: ClientSession, callbacks: AiBotCallbacks, run: Any
) -> None:
    answers = iter([stream("正在查", False), stream("正在查…", False), stream("每年交", True)])
    bot, url = await run(lambda body: next(answers))
    assert await callbacks.talk(http, url, callbacks.says("年费怎么交")) == "每年交"
    kinds = [(one["msgtype"], one.get("stream")) for one in bot.heard]
    assert kinds == [("text", None), ("stream", {"id": "S1"}), ("stream", {"id": "S1"})]
    assert callbacks.arrived.texts(USER) == ["每年交"]


async def test_after_six_minutes_nobody_asks_any_more(
    http: ClientSession, callbacks: AiBotCallbacks, run: Any, clock: Clock
) -> None:
    def dawdle(body: Body) -> Body:
        clock.passes(minutes=2)
        return stream("正在查", False)

    bot, url = await run(dawdle)
    await callbacks.talk(http, url, callbacks.says("年费怎么交"))
    assert len(bot.heard) == 3
    assert not callbacks.arrived.texts()


async def test_a_group_is_answered_in_the_group(
    http: ClientSession, callbacks: AiBotCallbacks, run: Any
) -> None:
    _, url = await run(lambda body: stream("每年交", True))
    await callbacks.post(http, url, callbacks.says("@机器人 年费", group=GROUP))
    assert callbacks.arrived.texts(GROUP) == ["每年交"]


@pytest.mark.parametrize(("event", "asked"), [(False, 3), (True, 1)])
async def test_messages_come_again_and_events_do_not(
    http: ClientSession, callbacks: AiBotCallbacks, run: Any, event: bool, asked: int
) -> None:
    bot, url = await run(lambda body: None)
    bot.failing = 9
    body = callbacks.enters() if event else callbacks.says("您好")
    assert await callbacks.post(http, url, body) is None
    assert len(bot.heard) == asked
    assert len({one["msgid"] for one in bot.heard}) == 1


async def test_an_answer_may_come_later_once_within_the_hour(
    http: ClientSession, callbacks: AiBotCallbacks, clock: Clock
) -> None:
    async def later(body: Body, sent: Body = NOTE) -> int:
        async with http.post(body["response_url"], json=sent) as response:
            return int((await response.json())["errcode"])

    first, second = callbacks.says("年费"), callbacks.says("商标")
    assert await later(first, {"msgtype": "text", "text": {"content": "不行"}}) == 40008
    assert [await later(first) for _ in range(2)] == [0, 40014]
    clock.passes(hours=1)
    assert await later(second) == 40014
    assert callbacks.arrived.texts(USER) == ["查到了"]


async def test_an_answer_of_another_shape_is_an_error(
    http: ClientSession, callbacks: AiBotCallbacks, run: Any
) -> None:
    _, url = await run(lambda body: {"msgtype": "stream", "stream": {"content": "无编号"}})
    with pytest.raises(AssertionError, match="40058"):
        await callbacks.post(http, url, callbacks.says("年费"))
