"""The platform's own published callbacks (V3, V4), posted to our address as they stand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.envelope import Keyring, Rejected
from bot.channels.wechat.receive import WeChat
from tests.bot.test_vectors import V3, V4, Vector


def at(timestamp: str) -> datetime:
    return datetime.fromtimestamp(int(timestamp), UTC)


def query(vector: Vector) -> dict[str, str]:
    stamp = vector.stamp
    return {
        "msg_signature": stamp.signature,
        "timestamp": stamp.timestamp,
        "nonce": stamp.nonce,
    }


def test_the_sample_message_is_read() -> None:
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{V3.ciphertext}</Encrypt></xml>".encode()
    received = WeChat(V3.keys).decode(query(V3), body, V3.now)
    assert received.message is not None
    assert received.message.id == "6054768590064713728"
    assert received.message.said.text == "abcdteT"


def test_the_documented_json_event_is_taken_without_a_word() -> None:
    body = f'{{"ToUserName": "gh_97417a04a28d", "Encrypt": "{V4.ciphertext}"}}'.encode()
    received = WeChat(V4.keys, original_id="gh_97417a04a28d").decode(query(V4), body, V4.now)
    assert (received.message, received.account) == (None, "gh_97417a04a28d")
    assert received.user == "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"


def test_the_documented_json_event_of_another_account_is_refused() -> None:
    body = f'{{"Encrypt": "{V4.ciphertext}"}}'.encode()
    with pytest.raises(Rejected):
        WeChat(V4.keys, original_id="gh_other").decode(query(V4), body, V4.now)


def test_the_documented_verification_is_answered() -> None:
    keys = Keyring.of("AAAAA", "wxba5fad812f8e6fb9")
    asked = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    assert WeChat(keys).verify(asked, at("1714036504")) == "4375120948345356249"


def test_the_documented_plain_message_is_proved_by_its_signature() -> None:
    keys = Keyring.of("AAAAA", "wxba5fad812f8e6fb9")
    asked = {
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "timestamp": "1714037059",
        "nonce": "486452656",
    }
    body = b"""{"ToUserName": "gh_97417a04a28d", "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
    "CreateTime": 1714037059, "MsgType": "event", "Event": "debug_demo", "debug_str": "hello"}"""
    received = WeChat(keys, "plain").decode(asked, body, at("1714037059"))
    assert received.user == "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
