"""DingTalk's simulated hosts keep their own rules; its HTTP callbacks are what they should be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web
from aiohttp.test_utils import TestServer
from wechatpy.crypto import WeChatCrypto

from tests.clock import Clock
from tests.platform.dingtalk import (
    APP_KEY,
    APP_SECRET,
    GROUP,
    ONE_TO_ONE,
    SESSION_LASTS,
    USER,
    DingTalk,
)
from tests.platform.dingtalk_callbacks import DingTalkCallbacks, tell
from tests.platform.loopback import serving
from tests.platform.robots import DING_TOKEN
from tests.platform.wecom import new_aes_key

Body = dict[str, Any]
TEXT = {"msgtype": "text", "text": {"content": "答复"}}
QUOTA_USED = "Forbidden.AccessDenied.ApiCountLimitForOrg"


@pytest.fixture
async def dingtalk(clock: Clock) -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(clock)) as fake:
        yield fake


async def asked(
    http: ClientSession, dingtalk: DingTalk, path: str, body: Body, token: str | None = None
) -> tuple[int, Body]:
    headers = {"x-acs-dingtalk-access-token": token or dingtalk.tokens.fetch()[0]}
    async with http.post(dingtalk.base + path, json=body, headers=headers) as response:
        return response.status, await response.json()


def to(*users: str) -> Body:
    param = json.dumps({"content": "答复"}, ensure_ascii=False)
    sent = {"robotCode": APP_KEY, "msgKey": "sampleText", "msgParam": param}
    return {**sent, "userIds": list(users)}


async def fetched(http: ClientSession, dingtalk: DingTalk, secret: str) -> tuple[int, Body]:
    keys = {"appKey": APP_KEY, "appSecret": secret}
    async with http.post(dingtalk.base + "/v1.0/oauth2/accessToken", json=keys) as response:
        return response.status, await response.json()


async def test_a_token_is_the_same_while_it_is_good(
    http: ClientSession, dingtalk: DingTalk, clock: Clock
) -> None:
    status, first = await fetched(http, dingtalk, APP_SECRET)
    assert (status, first["expireIn"]) == (200, 7200)
    clock.passes(hours=1)
    again = (await fetched(http, dingtalk, APP_SECRET))[1]
    assert again == {"accessToken": first["accessToken"], "expireIn": 3600}
    clock.passes(hours=1)
    status, refusal = await asked(http, dingtalk, ONE_TO_ONE, to(USER), first["accessToken"])
    assert (status, refusal["code"]) == (401, "InvalidAuthentication")
    assert (await fetched(http, dingtalk, APP_SECRET))[1]["accessToken"] != first["accessToken"]


async def test_a_wrong_secret_gets_no_token(http: ClientSession, dingtalk: DingTalk) -> None:
    assert (await fetched(http, dingtalk, "not-the-secret"))[0] == 400


async def test_who_is_not_reached_is_named(http: ClientSession, dingtalk: DingTalk) -> None:
    dingtalk.throttled.add("054321")
    status, answer = await asked(http, dingtalk, ONE_TO_ONE, to(USER, "054321", "nobody"))
    assert status == 200
    assert answer["invalidStaffIdList"] == ["nobody"]
    assert answer["flowControlledStaffIdList"] == ["054321"]
    assert [one.user for one in dingtalk.arrived] == [USER]


async def test_at_most_twenty_are_reached_at_once(http: ClientSession, dingtalk: DingTalk) -> None:
    many = to(*[f"staff{number}" for number in range(21)])
    assert (await asked(http, dingtalk, ONE_TO_ONE, many))[0] == 400


async def test_the_month_may_be_used_up_but_sessions_go_on(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    dingtalk.calls_left = 1
    assert (await asked(http, dingtalk, ONE_TO_ONE, to(USER)))[0] == 200
    status, refusal = await asked(http, dingtalk, ONE_TO_ONE, to(USER))
    assert (status, refusal["code"]) == (403, QUOTA_USED)
    webhook = dingtalk.message("年费")["sessionWebhook"]
    async with http.post(webhook, json=TEXT) as response:
        assert (await response.json())["errcode"] == 0


async def test_a_session_ends_when_its_message_said(
    http: ClientSession, dingtalk: DingTalk, clock: Clock
) -> None:
    webhook = dingtalk.message("年费")["sessionWebhook"]
    clock.passes(seconds=SESSION_LASTS.total_seconds())
    for address in (webhook, f"{dingtalk.base}/robot/sendBySession?session=madeup"):
        async with http.post(address, json=TEXT) as response:
            assert response.status == 200
            assert (await response.json())["errcode"] == 300001
    assert not dingtalk.arrived.texts()


async def test_a_body_may_have_twenty_thousand_bytes(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    webhook = dingtalk.message("年费")["sessionWebhook"]
    long = {"msgtype": "text", "text": {"content": "字" * 7000}}
    async with http.post(webhook, data=json.dumps(long, ensure_ascii=False).encode()) as response:
        assert (await response.json())["errcode"] == 460101


async def test_a_file_is_uploaded_and_sent(http: ClientSession, dingtalk: DingTalk) -> None:
    form = FormData(quote_fields=False)
    form.add_field("media", b"table of demands", filename="清单.xlsx")
    query = {"access_token": dingtalk.tokens.fetch()[0], "type": "file"}
    async with http.post(dingtalk.base + "/media/upload", params=query, data=form) as response:
        media_id = (await response.json())["media_id"]
    param = {"mediaId": media_id, "fileName": "清单.xlsx", "fileType": "xlsx"}
    sent = to(USER) | {"msgKey": "sampleFile", "msgParam": json.dumps(param)}
    assert (await asked(http, dingtalk, ONE_TO_ONE, sent))[0] == 200
    assert dingtalk.arrived.texts(USER) == ["清单.xlsx"]
    assert dingtalk.media.files[media_id].name == "清单.xlsx"


async def test_the_custom_robot_lives_at_the_same_host(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    query = {"access_token": DING_TOKEN}
    async with http.post(dingtalk.base + "/robot/send", params=query, json=TEXT) as response:
        assert (await response.json())["errcode"] == 310000


def card(**changed: object) -> Body:
    made = {"cardTemplateId": "x.schema", "outTrackId": "t1", "callbackType": "STREAM"}
    space = {"openSpaceId": f"dtv1.card//IM_ROBOT.{USER}"}
    model = {"imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"}}
    return {**made, **space, **model, "cardData": {"cardParamMap": {"title": "年费"}}, **changed}


WRONG_CARDS = [
    card(cardData={"cardParamMap": {"count": 3}}),
    card(openSpaceId="dtv1.card//IM_GROUP.cid"),
    card(openSpaceId=USER),
    card(callbackType="HTTP"),
]


@pytest.mark.parametrize("wrong", WRONG_CARDS)
async def test_a_card_has_texts_and_a_place(
    http: ClientSession, dingtalk: DingTalk, wrong: Body
) -> None:
    at = "/v1.0/card/instances/createAndDeliver"
    assert (await asked(http, dingtalk, at, wrong))[0] == 400
    assert (await asked(http, dingtalk, at, card()))[0] == 200
    assert (await asked(http, dingtalk, at, card()))[0] == 400
    assert dingtalk.arrived.texts(USER) == ["年费"]


async def told(
    http: ClientSession, dingtalk: DingTalk, callbacks: DingTalkCallbacks, message: Body
) -> tuple[web.Request, bytes, str | None]:
    """What a bot that answers with a text got, and what people see of its answer."""
    got: list[tuple[web.Request, bytes]] = []

    async def bot(request: web.Request) -> web.Response:
        got.append((request, await request.read()))
        return web.json_response(TEXT)

    app = web.Application()
    app.router.add_post("/dingtalk", bot)
    async with TestServer(app) as server:
        url = str(server.make_url("/dingtalk"))
        shown = await tell(dingtalk, callbacks, http, url, message)
    return *got[0], shown


async def test_a_message_is_signed_and_its_response_is_shown(
    http: ClientSession, dingtalk: DingTalk
) -> None:
    message = dingtalk.message("年费怎么交", group=GROUP)
    request, body, shown = await told(http, dingtalk, DingTalkCallbacks(), message)
    assert json.loads(body) == message
    signed = DingTalkCallbacks().sign(request.headers["timestamp"])
    assert request.headers["sign"] == signed
    assert shown == "答复"
    assert dingtalk.arrived.texts(GROUP) == ["答复"]


def test_the_sign_is_the_published_one() -> None:
    published = "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
    assert DingTalkCallbacks(secret="this is secret").sign("1577262236757") == published


async def test_a_sealed_message_opens_with_the_key(http: ClientSession, dingtalk: DingTalk) -> None:
    callbacks = DingTalkCallbacks(aes_key=new_aes_key())
    message = dingtalk.message("年费怎么交")
    _, body, _ = await told(http, dingtalk, callbacks, message)
    sealed = json.loads(body)
    assert set(sealed) == {"encrypt"}
    assert opened(callbacks, sealed["encrypt"]) == message


def test_an_event_is_sealed_as_the_callback_sdk_opens_it() -> None:
    callbacks = DingTalkCallbacks(aes_key=new_aes_key())
    sent = callbacks.event({"EventType": "check_url"}, 1_608_001_896_814)
    crypto = WeChatCrypto(callbacks.token, callbacks.aes_key, APP_KEY)
    stamp = (sent.query["msg_signature"], sent.query["timestamp"], sent.query["nonce"])
    encrypted = {"Encrypt": json.loads(sent.body)["encrypt"]}
    assert json.loads(crypto.decrypt_message(encrypted, *stamp)) == {"EventType": "check_url"}


def opened(callbacks: DingTalkCallbacks, encrypted: str) -> Body:
    crypto = WeChatCrypto(callbacks.token, callbacks.aes_key, callbacks.trailing)
    stamp = ("1608001896814", "nonce")
    signature = wechat_signature(callbacks.token, *stamp, encrypted)
    plain: Body = json.loads(crypto.decrypt_message({"Encrypt": encrypted}, signature, *stamp))
    return plain


def wechat_signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
