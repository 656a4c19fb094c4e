"""智能机器人 by callback: JSON that the platform encrypts for no receiver, answered in place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from wechatpy.crypto import _get_signature
from wechatpy.enterprise.crypto import PrpCrypto, WeChatCrypto

from bot.channels.aibot.callback import AibotCallback
from bot.channels.callbacks import add_callbacks
from bot.channels.envelope import MAX_BODY, Keyring
from intents.turn import Reply, Said
from storage.database import Database
from tests.bot.aibot.conftest import NOW
from tests.bot.aibot.test_messages import body, in_group
from tests.bot.noting_desk import NotingDesk
from tests.bot.stand_in import a_desk
from tests.platform.aibot import BOT_ID
from tests.platform.wecom import Callback, new_aes_key

AT = int(NOW.timestamp())
TOKEN, KEY, PREVIOUS = "a-token", new_aes_key(), new_aes_key()
NONCE = "1597212914"

Client = TestClient[web.Request, web.Application]


def sealed(
    data: dict[str, Any] | str,
    *,
    at: int = AT,
    key: str = KEY,
    token: str = TOKEN,
    receiver: str = "",
) -> Callback:
    """What the platform posts, made with wechatpy."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    ciphertext = PrpCrypto(WeChatCrypto(token, key, receiver).key).encrypt(text, receiver).decode()
    signed = _get_signature(token, str(at), NONCE, ciphertext)
    query = {"msg_signature": signed, "timestamp": str(at), "nonce": NONCE}
    return Callback(query, json.dumps({"encrypt": ciphertext}).encode())


def read(answer: bytes, key: str = KEY) -> dict[str, Any]:
    """The plaintext of our answer, after checking its signature."""
    envelope = json.loads(answer)
    assert set(envelope) == {"encrypt", "msgsignature", "timestamp", "nonce"}
    assert envelope["nonce"] == NONCE
    assert isinstance(envelope["timestamp"], int)
    crypto = WeChatCrypto(TOKEN, key, "")
    stamp = (envelope["msgsignature"], str(envelope["timestamp"]), envelope["nonce"])
    plain = crypto.decrypt_message({"Encrypt": envelope["encrypt"]}, *stamp)
    return dict(json.loads(plain))


@pytest.fixture
async def client(desk: NotingDesk) -> AsyncIterator[Client]:
    app = web.Application(client_max_size=MAX_BODY)
    channel = AibotCallback(Keyring.of(TOKEN, "", KEY, PREVIOUS), BOT_ID)
    add_callbacks(app, "/aibot", channel, desk, lambda: NOW)
    async with TestClient(TestServer(app)) as client:
        yield client


async def answer(client: Client, callback: Callback) -> bytes:
    response = await client.post(callback.at("/aibot"), data=callback.body)
    assert response.status == 200
    return await response.read()


async def refusal(client: Client, callback: Callback) -> int:
    """The status; whatever it is, the body tells nothing."""
    response = await client.post(callback.at("/aibot"), data=callback.body)
    assert await response.read() == b""
    return response.status


async def test_the_address_is_verified_with_the_bare_word(client: Client) -> None:
    echo = PrpCrypto(WeChatCrypto(TOKEN, KEY, "").key).encrypt("1616140317555161061", "").decode()
    signed = _get_signature(TOKEN, str(AT), NONCE, echo)
    query = {"msg_signature": signed, "timestamp": str(AT), "nonce": NONCE, "echostr": echo}
    response = await client.get(Callback(query, b"").at("/aibot"))
    assert (response.status, await response.read()) == (200, b"1616140317555161061")


async def test_a_text_is_answered_by_a_stream_that_is_finished(
    client: Client, desk: NotingDesk
) -> None:
    said = body()
    stream = {"id": said["msgid"], "finish": True, "content": "5月25日前报送。"}
    assert read(await answer(client, sealed(said))) == {"msgtype": "stream", "stream": stream}
    (message,) = desk.taken
    assert (message.sender.key, message.said) == ("aibot:zhangsan", Said("年费怎么交"))
    assert message.route is None


async def test_a_group_is_answered_in_the_group(client: Client, desk: NotingDesk) -> None:
    shown = read(await answer(client, sealed(in_group(content={"content": "@知行 年费"}))))
    assert shown["stream"]["finish"] is True
    assert desk.texts == ["年费"]


async def test_a_message_under_the_previous_key_is_answered_under_that_key(client: Client) -> None:
    shown = read(await answer(client, sealed(body(), key=PREVIOUS)), PREVIOUS)
    assert shown["stream"]["content"] == "5月25日前报送。"


async def test_who_opens_the_chat_is_welcomed(client: Client, desk: NotingDesk) -> None:
    desk.reply = Reply("smalltalk", "您好。")
    entered = body("event", {"eventtype": "enter_chat"})
    assert read(await answer(client, sealed(entered))) == {
        "msgtype": "text",
        "text": {"content": "您好。"},
    }


async def test_other_events_are_taken_without_a_word(client: Client, desk: NotingDesk) -> None:
    assert await answer(client, sealed(body("event", {"eventtype": "feedback_event"}))) == b""
    assert desk.taken == []


async def test_options_are_numbered_under_the_reply(client: Client, desk: NotingDesk) -> None:
    desk.reply = Reply("clarify", "您指哪一年？", ("2021年", "2023年"))
    shown = read(await answer(client, sealed(body())))
    assert shown["stream"]["content"].split() == ["您指哪一年？", "1.", "2021年", "2.", "2023年"]


async def test_nothing_to_say_is_an_empty_answer(client: Client, desk: NotingDesk) -> None:
    desk.reply = Reply("smalltalk", "")
    assert await answer(client, sealed(body())) == b""


async def test_a_poll_for_more_hears_the_same_answer_and_no_work_is_done(
    client: Client, desk: NotingDesk, db: Database
) -> None:
    desk.behind = real = a_desk(db)
    said = in_group(content={"content": "@知行 年费怎么交"})
    first = read(await answer(client, sealed(said)))
    poll = in_group("stream", {"id": first["stream"]["id"]}, msgid="another")
    again = [read(await answer(client, sealed(poll))) for _ in range(3)]
    await real.close()
    assert again == [first] * 3


async def test_the_same_message_thrice_is_answered_the_same(
    client: Client, desk: NotingDesk, db: Database
) -> None:
    desk.behind = real = a_desk(db)
    answers = [read(await answer(client, sealed(body()))) for _ in range(3)]
    await real.close()
    assert answers == [answers[0]] * 3


CIPHERTEXT = json.loads(sealed(body()).body)["encrypt"]
GOOD = sealed(body())


def with_body(raw: bytes) -> Callback:
    return replace(GOOD, body=raw)


BAD = {
    "wrong signature": replace(GOOD, query={**GOOD.query, "msg_signature": "0" * 40}),
    "no signature": replace(GOOD, query={}),
    "upper-case signature": replace(
        GOOD, query={**GOOD.query, "msg_signature": GOOD.query["msg_signature"].upper()}
    ),
    "signed with an empty token": sealed(body(), token=""),
    "wrong key": sealed(body(), key=new_aes_key()),
    "wrong corp id: it must be empty": sealed(body(), receiver="ww1234567890abcdef"),
    "timestamp from 2014": sealed(body(), at=1409659589),
    "replay: digits moved from timestamp to nonce": replace(
        GOOD, query={**GOOD.query, "timestamp": str(AT)[:9], "nonce": str(AT)[9:] + NONCE}
    ),
    "replay: timestamp and nonce swapped": replace(
        GOOD, query={**GOOD.query, "timestamp": NONCE, "nonce": str(AT)}
    ),
    "from the future": sealed(body(), at=AT + 301),
    "another bot": sealed(body(aibotid="another")),
    "another bot's poll": sealed(body("stream", {"id": "s1"}, aibotid="another")),
    "a poll of nothing": sealed(body("stream", {})),
    "no message id": sealed(body(msgid=None)),
    "inside no JSON": sealed("年费怎么交"),
    "inside no object": sealed("[]"),
    "inside deep nesting": sealed("[" * 30_000),
    "Encrypt is %%%%": with_body(b'{"encrypt": "%%%%"}'),
    "Encrypt is empty": with_body(b'{"encrypt": ""}'),
    "Encrypt is no text": with_body(b'{"encrypt": ["x"]}'),
    "no Encrypt": with_body(b"{}"),
    "not a multiple of 16": with_body(json.dumps({"encrypt": CIPHERTEXT[:-8]}).encode()),
    "body not JSON": with_body(b"\xff\xfe"),
    "body no object": with_body(b"[]"),
    "empty body": with_body(b""),
    "XML": with_body(b"<xml><Encrypt>" + CIPHERTEXT.encode() + b"</Encrypt></xml>"),
    "deep nesting": with_body(b"[" * 60_000),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_cannot_be_trusted_is_refused_without_a_word(
    client: Client, desk: NotingDesk, name: str
) -> None:
    assert await refusal(client, BAD[name]) == 403
    assert desk.taken == []


async def test_an_oversized_body_is_refused_like_any_other(
    client: Client, desk: NotingDesk
) -> None:
    assert await refusal(client, with_body(GOOD.body.ljust(MAX_BODY + 1))) == 403
    assert desk.taken == []


async def test_a_reply_cannot_break_out_of_its_text(client: Client, desk: NotingDesk) -> None:
    desk.reply = Reply("answer", '"}, "x": "<@all> **a** [b](http://evil.example)\x00')
    shown = read(await answer(client, sealed(body())))
    assert shown["msgtype"] == "stream"
    assert not set("<>*[]") & set(shown["stream"]["content"])
