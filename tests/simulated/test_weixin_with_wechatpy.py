"""wechatpy works against the simulated Official Account: its client, its parser, its replies."""

from __future__ import annotations

import io
from asyncio import to_thread
from collections.abc import AsyncIterator
from typing import Any

import pytest
import wechatpy
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from wechatpy.client import WeChatClient
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import APILimitedException, WeChatClientException
from wechatpy.utils import check_signature

from tests.clock import Clock
from tests.platform.faults import errcode
from tests.platform.loopback import serving
from tests.platform.weixin import CUSTOM, SECRET, USER, Weixin
from tests.platform.weixin_account import CANNOT_SERVE, Mode, WeixinAccount
from tests.simulated.detour import send_around

HOST = "https://api.weixin.qq.com"


@pytest.fixture
async def weixin(clock: Clock) -> AsyncIterator[Weixin]:
    async with serving(Weixin(clock)) as fake:
        yield fake


@pytest.fixture
def client(weixin: Weixin) -> Any:
    client = WeChatClient(weixin.account.app_id, SECRET, timeout=5)
    send_around(client._http, HOST, weixin.base)
    return client


async def refusal(client: Any, words: str = "您好") -> int | None:
    """The errcode of one more text."""
    try:
        await to_thread(client.message.send_text, USER, words)
    except WeChatClientException as problem:
        return int(problem.errcode)
    return None


async def test_five_answers_fit_into_48_hours(weixin: Weixin, client: Any, clock: Clock) -> None:
    assert await refusal(client) == 45015
    weixin.says("年费怎么交")
    assert [await refusal(client, str(n)) for n in range(6)] == [None] * 5 + [45047]
    weixin.says("还有呢")
    clock.passes(hours=48)
    assert await refusal(client) == 45015
    assert weixin.arrived.texts(USER) == ["0", "1", "2", "3", "4"]


async def test_three_answers_fit_into_the_minute_after_a_tap(
    weixin: Weixin, client: Any, clock: Clock
) -> None:
    weixin.taps("menu")
    assert [await refusal(client) for _ in range(4)] == [None] * 3 + [45047]
    clock.passes(minutes=1)
    assert await refusal(client) == 45015


async def test_who_turned_away_left_or_never_came_is_not_reached(
    weixin: Weixin, client: Any
) -> None:
    weixin.says("您好")
    weixin.user().turned_away = True
    assert await refusal(client) == 43019
    weixin.leaves()
    assert await refusal(client) == 40003
    weixin.permitted = False
    assert await refusal(client) == 48001


async def test_a_dead_token_is_replaced(weixin: Weixin, client: Any) -> None:
    weixin.says("您好")
    assert await refusal(client) is None
    weixin.plain.die()
    assert await refusal(client) is None
    assert weixin.plain.fetches == 2


async def test_a_wrong_secret_and_a_strange_address_get_no_token(
    weixin: Weixin, client: Any
) -> None:
    weixin.trusted = False
    assert await refusal(client) == 40164
    weixin.trusted = True
    stranger = WeChatClient(weixin.account.app_id, "not-the-secret", timeout=5)
    send_around(stranger._http, HOST, weixin.base)
    assert await refusal(stranger) == 40125


async def test_planned_refusals(weixin: Weixin, client: Any) -> None:
    weixin.faults.then(errcode(45009), path=CUSTOM)
    with pytest.raises(APILimitedException):
        await to_thread(client.message.send_text, USER, "您好")
    weixin.faults.then(errcode(-1), path=CUSTOM)
    assert await refusal(client) == -1


async def test_an_image_is_uploaded_and_sent(weixin: Weixin, client: Any) -> None:
    weixin.says("您好")
    picture = io.BytesIO(b"picture of the form")
    picture.name = "form.png"
    uploaded = await to_thread(client.media.upload, "image", picture)
    await to_thread(client.message.send_image, USER, uploaded["media_id"])
    assert weixin.arrived.texts(USER) == ["form.png"]


async def test_a_template_and_an_agreed_notification_reach_the_user(
    weixin: Weixin, client: Any
) -> None:
    data = {"thing1": {"value": "年费将到期"}}
    await to_thread(client.message.send_template, USER, "TEMPLATE", data)
    with pytest.raises(WeChatClientException) as caught:
        await to_thread(client.message.send_subscribe_message, USER, "TEMPLATE", data)
    assert caught.value.errcode == 43101
    weixin.consents[USER, "TEMPLATE"] = 1
    await to_thread(client.message.send_subscribe_message, USER, "TEMPLATE", data)
    with pytest.raises(WeChatClientException):
        await to_thread(client.message.send_subscribe_message, USER, "TEMPLATE", data)
    assert [one.kind for one in weixin.arrived.of(USER)] == ["template", "notification"]


async def stable(weixin: Weixin, force: bool = False) -> dict[str, Any]:
    asked = {"grant_type": "client_credential", "appid": weixin.account.app_id, "secret": SECRET}
    async with (
        ClientSession() as http,
        http.post(
            f"{weixin.base}/cgi-bin/stable_token", json={**asked, "force_refresh": force}
        ) as response,
    ):
        answer: dict[str, Any] = await response.json()
        return answer


async def test_wechatpy_works_with_a_stable_token_too(weixin: Weixin) -> None:
    token = (await stable(weixin))["access_token"]
    client = WeChatClient(weixin.account.app_id, SECRET, access_token=token, timeout=5)
    send_around(client._http, HOST, weixin.base)
    weixin.says("您好")
    assert await refusal(client) is None


async def test_a_stable_token_stays_and_hands_over_near_its_end(
    weixin: Weixin, clock: Clock
) -> None:
    first = await stable(weixin)
    assert await stable(weixin) == first
    clock.passes(seconds=7200 - 299)
    second = await stable(weixin)
    assert second["access_token"] != first["access_token"]
    weixin.says("您好")
    for token in (first, second):
        client = WeChatClient(weixin.account.app_id, SECRET, access_token=token["access_token"])
        send_around(client._http, HOST, weixin.base)
        assert await refusal(client) is None


async def test_a_forced_token_kills_the_old_one_and_is_rare(weixin: Weixin, clock: Clock) -> None:
    first = await stable(weixin)
    forced = await stable(weixin, force=True)
    assert forced["access_token"] != first["access_token"]
    assert (await stable(weixin, force=True))["errcode"] == 45011
    for _ in range(19):
        clock.passes(seconds=30)
        assert "access_token" in await stable(weixin, force=True)
    clock.passes(seconds=30)
    assert (await stable(weixin, force=True))["errcode"] == 45009


@pytest.mark.parametrize("mode", ["plain", "compatible", "secure"])
async def test_a_bot_made_with_wechatpy_is_understood(clock: Clock, mode: Mode) -> None:
    weixin = Weixin(clock, WeixinAccount(mode=mode))
    account = weixin.account

    async def bot(request: web.Request) -> web.Response:
        query, body = request.query, await request.read()
        check_signature(account.token, query["signature"], query["timestamp"], query["nonce"])
        if mode == "plain":
            heard = wechatpy.parse_message(body)
            return web.Response(text=wechatpy.create_reply("您好", heard).render())
        crypto = WeChatCrypto(account.token, account.aes_key, account.app_id)
        stamp = (query["msg_signature"], query["timestamp"], query["nonce"])
        heard = wechatpy.parse_message(crypto.decrypt_message(body, *stamp))
        assert (heard.type, heard.source, heard.content) == ("text", USER, "年费")
        reply = wechatpy.create_reply("您好", heard).render()
        return web.Response(text=crypto.encrypt_message(reply, query["nonce"]))

    app = web.Application()
    app.router.add_post("/wechat", bot)
    async with TestServer(app) as server, ClientSession() as http:
        url = str(server.make_url("/wechat"))
        assert await weixin.post(http, url, weixin.says("年费")) == "您好"
    assert weixin.arrived.texts(USER) == ["您好"]


ANSWERS = [("", None), ("success", None), ("您好", CANNOT_SERVE), ("<xml></xml>", CANNOT_SERVE)]


@pytest.mark.parametrize(("answer", "shown"), ANSWERS)
async def test_what_the_user_sees_of_an_answer(
    clock: Clock, answer: str, shown: str | None
) -> None:
    weixin = Weixin(clock)
    assert await posted_to(weixin, [web.Response(text=answer)]) == (shown, 1)


async def test_what_is_not_taken_comes_three_times_then_the_account_cannot_serve(
    clock: Clock,
) -> None:
    weixin = Weixin(clock)
    broken = [web.Response(status=500) for _ in range(4)]
    assert await posted_to(weixin, broken) == (CANNOT_SERVE, 3)
    mended = [web.Response(status=500), web.Response()]
    assert await posted_to(weixin, mended) == (None, 2)


async def posted_to(weixin: Weixin, answers: list[web.Response]) -> tuple[str | None, int]:
    """What the user sees if a bot gives those answers, and how often it was asked."""
    left = iter(answers)

    async def bot(request: web.Request) -> web.Response:
        return next(left)

    app = web.Application()
    app.router.add_post("/wechat", bot)
    async with TestServer(app) as server, ClientSession() as http:
        shown = await weixin.post(http, str(server.make_url("/wechat")), weixin.says("年费"))
    return shown, len(answers) - len(list(left))
