"""What the 公众号's callback cannot trust is refused alike and empty, and is no fault of ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from wechatpy.crypto import PrpCrypto, _get_signature

from bot.channels.envelope import MAX_BODY, WINDOW
from bot.channels.wechat.connect import PATH
from tests.bot.wechat.conftest import Served, Serving
from tests.clock import Clock
from tests.platform.wecom import Callback, new_aes_key
from tests.platform.weixin import USER
from tests.platform.weixin_account import WeixinAccount

OURS = WeixinAccount()
JSON = replace(OURS, form="json")
MINUTES = int(WINDOW.total_seconds())


def text(account: WeixinAccount, at: int, **changed: object) -> Callback:
    """`changed` replaces fields, or drops them if None."""
    told = {"MsgType": "text", "Content": "您好", "MsgId": 6054768590064713728, **changed}
    fields = account.fields(USER, at, **told)
    return account.posted({k: v for k, v in fields.items() if v is not None}, at)


def event(at: int, **changed: object) -> Callback:
    return text(OURS, at, MsgType="event", Event="CLICK", EventKey="k", MsgId=None, **changed)


def sealed(inner: str, at: int, account: WeixinAccount = OURS) -> Callback:
    """Any text, sealed and signed as the platform would."""
    ciphertext = PrpCrypto(account.crypto.key).encrypt(inner, account.app_id).decode()
    return signed(ciphertext, at, account)


def signed(ciphertext: str, at: int, account: WeixinAccount = OURS) -> Callback:
    query = {
        "timestamp": str(at),
        "nonce": "n1",
        "encrypt_type": "aes",
        "msg_signature": _get_signature(account.token, str(at), "n1", ciphertext),
    }
    return Callback(query, f"<xml><Encrypt>{ciphertext}</Encrypt></xml>".encode())


def with_body(callback: Callback, body: bytes) -> Callback:
    return replace(callback, body=body)


def with_query(callback: Callback, **changed: str) -> Callback:
    return replace(callback, query={**callback.query, **changed})


BAD: dict[str, Callable[[int], Callback]] = {
    "signed with another token": lambda at: text(replace(OURS, token="guessed"), at),
    "signed with no token": lambda at: text(replace(OURS, token=""), at),
    "sealed with another key": lambda at: text(replace(OURS, aes_key=new_aes_key()), at),
    "sealed for another account": lambda at: text(replace(OURS, app_id="wx0000000000000000"), at),
    "written to another account": lambda at: text(replace(OURS, original_id="gh_other"), at),
    "the plain signature in place of the message's": lambda at: with_query(
        text(OURS, at), msg_signature=text(OURS, at).query["signature"]
    ),
    "an upper case signature": lambda at: with_query(
        text(OURS, at), msg_signature=text(OURS, at).query["msg_signature"].upper()
    ),
    "of five minutes ago": lambda at: text(OURS, at - MINUTES - 1),
    "of five minutes ahead": lambda at: text(OURS, at + MINUTES + 1),
    "of 2014": lambda at: text(OURS, 1409735669),
    "a digit moved from timestamp to nonce": lambda at: with_query(
        text(OURS, at), timestamp=str(at)[:-1], nonce=str(at)[-1] + "1320562132"
    ),
    "no query": lambda at: replace(text(OURS, at), query={}),
    "a query of garbage": lambda at: replace(text(OURS, at), query={"msg_signature": "\x00\n%é"}),
    "in plain text": lambda at: text(replace(OURS, mode="plain"), at),
    "in plain text and JSON": lambda at: text(replace(JSON, mode="plain"), at),
    "in plain text as well": lambda at: text(replace(OURS, mode="compatible"), at),
    "in plain text and JSON as well": lambda at: text(replace(JSON, mode="compatible"), at),
    "no body": lambda at: with_body(text(OURS, at), b""),
    "no XML": lambda at: with_body(text(OURS, at), b"\xff\xfe not xml"),
    "two ciphertexts": lambda at: with_body(text(OURS, at), text(OURS, at).body * 2),
    "Encrypt is %%%%": lambda at: with_body(text(OURS, at), b"<xml><Encrypt>%%%%</Encrypt></xml>"),
    "a bomb of entities": lambda at: with_body(
        text(OURS, at), b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Encrypt>&a;</Encrypt></xml>'
    ),
    "a thousand deep": lambda at: with_body(text(OURS, at), b"<a>" * 20_000),
    "JSON that ends early": lambda at: with_body(text(JSON, at), b'{"Encrypt": "AAAA'),
    "JSON without Encrypt": lambda at: with_body(text(JSON, at), b"{}"),
    "JSON whose Encrypt is a list": lambda at: with_body(text(JSON, at), b'{"Encrypt": ["A"]}'),
    "JSON whose Encrypt is half a character": lambda at: with_body(
        text(JSON, at), b'{"Encrypt": "\\ud800"}'
    ),
    "JSON ten thousand deep": lambda at: with_body(text(JSON, at), b'{"a":' * 10_000),
    "JSON in another encoding": lambda at: with_body(text(JSON, at), '{"é": 1}'.encode("latin-1")),
    "ciphertext that is no whole block": lambda at: signed("A" * 40, at),
    "ciphertext of garbage": lambda at: signed("A" * 64, at),
    "inside nothing": lambda at: sealed("", at),
    "inside no XML": lambda at: sealed("您好", at),
    "inside broken XML": lambda at: sealed("<xml><MsgType>text</xml>", at),
    "inside an entity": lambda at: sealed(
        '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>', at
    ),
    "inside a file's entity": lambda at: sealed(
        '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><C>&a;</C></xml>', at
    ),
    "inside an empty element": lambda at: sealed("<xml/>", at),
    "inside a field twice": lambda at: sealed("<xml><MsgId>1</MsgId><MsgId>2</MsgId></xml>", at),
    "inside broken JSON": lambda at: sealed('{"MsgType": "text"', at),
    "inside JSON of another kind": lambda at: sealed('{"MsgType": ["text"]}', at),
    "no type": lambda at: text(OURS, at, MsgType=""),
    "no message id": lambda at: text(OURS, at, MsgId=None),
    "message id 0": lambda at: text(OURS, at, MsgId=0),
    "message id that is no number": lambda at: text(OURS, at, MsgId="x"),
    "a JSON message id that is a half": lambda at: text(JSON, at, MsgId=0.5),
    "no sender": lambda at: text(OURS, at, FromUserName=""),
    "an endless sender": lambda at: text(OURS, at, FromUserName="o" * 129),
    "a sender that is no openid": lambda at: text(OURS, at, FromUserName="o1|@all"),
    "an event without its time": lambda at: event(at, CreateTime=None),
    "an event of no time": lambda at: event(at, CreateTime="yesterday"),
}


@pytest.fixture
async def served(served_as: Serving) -> Served:
    return await served_as(OURS)


@pytest.mark.parametrize("name", BAD)
async def test_what_cannot_be_trusted_is_refused_without_a_word(
    served: Served, clock: Clock, name: str
) -> None:
    assert await served.answer(BAD[name](int(clock().timestamp()))) == (403, b"")
    assert served.desk.taken == []


async def test_a_body_over_the_limit_is_refused_like_any_other(
    served: Served, clock: Clock
) -> None:
    callback = text(OURS, int(clock().timestamp()))
    over = replace(callback, body=callback.body.ljust(MAX_BODY + 1))
    assert await served.answer(over) == (403, b"")
    assert (await served.answer(replace(callback, body=callback.body.ljust(MAX_BODY))))[0] == 200


async def test_in_plain_mode_what_is_signed_with_another_token_is_refused(
    served_as: Serving, clock: Clock
) -> None:
    served = await served_as(replace(OURS, mode="plain"))
    at = int(clock().timestamp())
    for account in (replace(OURS, mode="plain", token="guessed"), replace(OURS, mode="secure")):
        assert (await served.answer(text(account, at)))[0] == 403
    late = text(replace(OURS, mode="plain"), at - MINUTES - 1)
    assert await served.answer(late) == (403, b"")
    assert served.desk.taken == []


async def verified(served: Served, callback: Callback) -> tuple[int, bytes]:
    response = await served.client.get(callback.at(PATH))
    return response.status, await response.read()


async def test_the_address_is_verified_with_its_own_number(served: Served, clock: Clock) -> None:
    at = int(clock().timestamp())
    assert await verified(served, OURS.echo("4375120948345356249", at)) == (
        200,
        b"4375120948345356249",
    )


@pytest.mark.parametrize("echo", ["", "<script>alert(1)</script>", "1 2", "é", "1" * 129, "1\n"])
async def test_only_a_number_is_shown_again(served: Served, clock: Clock, echo: str) -> None:
    assert await verified(served, OURS.echo(echo, int(clock().timestamp()))) == (403, b"")


async def test_an_address_that_somebody_else_tries_is_not_verified(
    served: Served, clock: Clock
) -> None:
    at = int(clock().timestamp())
    stranger = replace(OURS, token="guessed")
    assert await verified(served, stranger.echo("437512", at)) == (403, b"")
    assert await verified(served, OURS.echo("437512", at - MINUTES - 1)) == (403, b"")
    assert await verified(served, Callback({}, b"")) == (403, b"")


async def test_the_log_has_neither_words_nor_people(
    served: Served, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    at = int(clock().timestamp())
    await served.answer(text(OURS, at, Content="我是张三，电话13800001111"))
    await served.answer(BAD["written to another account"](at))
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(lines) == 2
    assert not [line for line in lines if USER in line or "张三" in line or "138" in line]


def test_a_json_body_is_read_as_the_platform_writes_it() -> None:
    """So that the refusals above are refused for what their names say."""
    body: dict[str, Any] = json.loads(text(JSON, 1).body)
    assert set(body) == {"ToUserName", "Encrypt"}
