"""DingTalk's callbacks over HTTP: who gets through, and who does not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.dingtalk.callback import Callback, Guard
from bot.channels.dingtalk.messages import Robot
from bot.channels.envelope import MAX_BODY, Rejected, encrypted
from bot.channels.envelope import Keyring as Keys
from bot.platforms.robots import dingtalk_sign
from tests.bot.dingtalk.conftest import NOW
from tests.bot.dingtalk.test_messages import OAPI, message
from tests.bot.noting_desk import NotingDesk
from tests.platform.dingtalk import APP_KEY, APP_SECRET, CORP_ID
from tests.platform.wecom import new_aes_key

KEY, TOKEN = new_aes_key(), "a-token"
NOW_MS = int(NOW.timestamp() * 1000)
ROBOT = Robot(APP_KEY, CORP_ID, OAPI)

Client = TestClient[web.Request, web.Application]


@dataclass(frozen=True)
class Sent:
    """A request of somebody who may be DingTalk."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def signed(at_ms: int = NOW_MS, secret: str = APP_SECRET) -> dict[str, str]:
    return {"timestamp": str(at_ms), "sign": dingtalk_sign(str(at_ms), secret)}


def plain(**changed: Any) -> bytes:
    return json.dumps(message(**changed), ensure_ascii=False).encode()


def sealed(trailing: str = "", **changed: Any) -> bytes:
    cipher = Keys.of(TOKEN, "", KEY).ciphers[0]
    return json.dumps({"encrypt": encrypted(plain(**changed).decode(), cipher, trailing)}).encode()


async def served(desk: NotingDesk, guard: Guard) -> Client:
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post("/dingtalk", Callback(guard, ROBOT, desk, lambda: NOW).receive)
    client = TestClient(TestServer(app))
    await client.start_server()
    return client


@pytest.fixture
async def client(desk: NotingDesk) -> AsyncIterator[Client]:
    client = await served(desk, Guard.of(APP_SECRET, None, None))
    yield client
    await client.close()


@pytest.fixture
async def sealed_client(desk: NotingDesk) -> AsyncIterator[Client]:
    client = await served(desk, Guard.of(APP_SECRET, KEY, TOKEN))
    yield client
    await client.close()


async def status(client: Client, sent: Sent) -> int:
    """Whatever is refused is refused without a word."""
    response = await client.post(
        "/dingtalk", data=sent.body, headers=sent.headers, params=sent.query
    )
    body = await response.read()
    assert body == (b"{}" if response.status == 200 else b"")
    return response.status


async def test_a_signed_message_reaches_the_desk(client: Client, desk: NotingDesk) -> None:
    assert await status(client, Sent(plain(), signed())) == 200
    assert desk.texts == ["年费怎么交"]


@pytest.mark.parametrize("trailing", ["", APP_KEY, CORP_ID])
async def test_an_encrypted_message_is_opened_whatever_trails_it(
    sealed_client: Client, desk: NotingDesk, trailing: str
) -> None:
    assert await status(sealed_client, Sent(sealed(trailing), signed())) == 200
    assert desk.texts == ["年费怎么交"]


async def test_a_message_that_comes_again_has_the_id_by_which_the_desk_knows_it(
    client: Client, desk: NotingDesk
) -> None:
    for _ in range(3):
        assert await status(client, Sent(plain(), signed())) == 200
    assert len({(one.sender.key, one.id) for one in desk.taken}) == 1


HOUR_MS = 3_600_000


@pytest.mark.parametrize("age_ms", [-300_000, 0, HOUR_MS])
async def test_a_sign_is_good_for_an_hour_and_five_minutes_of_a_wrong_clock(
    client: Client, age_ms: int
) -> None:
    assert await status(client, Sent(plain(), signed(NOW_MS - age_ms))) == 200


BAD = {
    "spoofed: another secret": Sent(plain(), signed(secret="guessed")),
    "spoofed: no headers": Sent(plain()),
    "spoofed: empty sign": Sent(plain(), {**signed(), "sign": ""}),
    "spoofed: sign that is no ASCII": Sent(plain(), {**signed(), "sign": "é" * 44}),
    "replay: older than an hour": Sent(plain(), signed(NOW_MS - HOUR_MS - 1)),
    "replay: from the future": Sent(plain(), signed(NOW_MS + 300_001)),
    "replay: seconds for milliseconds": Sent(plain(), signed(NOW_MS // 1000)),
    "replay: no number": Sent(plain(), {**signed(), "timestamp": "now"}),
    "sign reused with a body for another robot": Sent(plain(robotCode="ding0"), signed()),
    "sign reused with a body for another corporation": Sent(plain(chatbotCorpId="ding0"), signed()),
    "SSRF through sessionWebhook": Sent(
        plain(sessionWebhook="http://127.0.0.1:5432/robot/sendBySession?session=79b4886d"),
        signed(),
    ),
    "SSRF: no sessionWebhook": Sent(plain(sessionWebhook=None), signed()),
    "no message id": Sent(plain(msgId=None), signed()),
    "no JSON": Sent(b"\xff\xfe", signed()),
    "no object": Sent(b"[]", signed()),
    "empty": Sent(b"", signed()),
    "deep nesting": Sent(b"[" * 60_000, signed()),
    "XML bomb": Sent(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', signed()),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_cannot_be_trusted_is_refused_without_a_word(
    client: Client, desk: NotingDesk, name: str
) -> None:
    assert await status(client, BAD[name]) == 403
    assert desk.taken == []


CIPHERTEXT = json.loads(sealed())["encrypt"]
BAD_SEALED = {
    "plain body though a key is set": Sent(plain(), signed()),
    "plain body beside the encrypted one": Sent(
        json.dumps({**message(), "encrypt": CIPHERTEXT}).encode(), signed()
    ),
    "another key": Sent(
        json.dumps(
            {"encrypt": encrypted(plain().decode(), Keys.of("t", "", new_aes_key()).ciphers[0], "")}
        ).encode(),
        signed(),
    ),
    "Encrypt is no base64": Sent(b'{"encrypt": "%%%%"}', signed()),
    "Encrypt is empty": Sent(b'{"encrypt": ""}', signed()),
    "Encrypt is no text": Sent(b'{"encrypt": 7}', signed()),
    "not a multiple of 16": Sent(b'{"encrypt": "' + b"A" * 34 + b'=="}', signed()),
    "random ciphertext": Sent(b'{"encrypt": "' + b"A" * 64 + b'"}', signed()),
    "signed by nobody in the query": Sent(
        sealed(),
        signed(),
        {"signature": "0" * 40, "timestamp": str(NOW_MS), "nonce": "n"},
    ),
    "a good body without a sign": Sent(sealed()),
}


@pytest.mark.parametrize("name", BAD_SEALED)
async def test_with_a_key_nothing_but_an_encrypted_body_is_read(
    sealed_client: Client, desk: NotingDesk, name: str
) -> None:
    assert await status(sealed_client, BAD_SEALED[name]) == 403
    assert desk.taken == []


async def test_an_oversized_body_is_refused_like_any_other(
    client: Client, desk: NotingDesk
) -> None:
    assert await status(client, Sent(plain().ljust(MAX_BODY + 1), signed())) == 403
    assert desk.taken == []


async def test_a_body_at_the_limit_is_taken(client: Client, desk: NotingDesk) -> None:
    assert await status(client, Sent(plain().ljust(MAX_BODY), signed())) == 200


async def test_v6_the_published_header_is_accepted(desk: NotingDesk) -> None:
    """Secret and time of the documentation's sample; the value is that of public tests."""
    then = datetime.fromtimestamp(1577262236757 / 1000, UTC)
    guard = Guard.of("this is secret", None, None)
    headers = {"timestamp": "1577262236757", "sign": "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="}
    guard.check(headers, then)
    with pytest.raises(Rejected):
        Guard.of("this is a secret", None, None).check(headers, then)
