"""Whatever the platform seals, it is a message, an event, or refused: reading breaks on none."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto, _get_signature

from bot.channels.envelope import Keyring, Rejected, printable
from bot.channels.wechat.receive import Received, WeChat
from intents.turn import Reply
from tests.platform.weixin import USER
from tests.platform.weixin_account import WeixinAccount

ACCOUNT = WeixinAccount()
NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
AT = str(int(NOW.timestamp()))
CHANNEL = WeChat(Keyring.of(ACCOUNT.token, ACCOUNT.app_id, ACCOUNT.aes_key))

VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "ToUserName": VALUES,
        "FromUserName": st.just(USER) | VALUES,
        "CreateTime": st.just(AT) | VALUES,
        "MsgType": st.sampled_from(["text", "voice", "image", "event"]) | VALUES,
        "Event": st.sampled_from(["subscribe", "CLICK", "VIEW"]) | VALUES,
        "EventKey": VALUES,
        "MsgId": st.integers() | VALUES,
        "Content": VALUES,
        "Recognition": VALUES,
        "MediaId": VALUES,
    },
)


def decoded(text: str) -> Received | None:
    sealed = PrpCrypto(ACCOUNT.crypto.key).encrypt(text, ACCOUNT.app_id).decode()
    query = {
        "timestamp": AT,
        "nonce": "n1",
        "msg_signature": _get_signature(ACCOUNT.token, AT, "n1", sealed),
    }
    with suppress(Rejected):
        return CHANNEL.decode(query, f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode(), NOW)
    return None


@given(FIELDS)
def test_any_json_is_understood_or_refused(fields: dict[str, Any]) -> None:
    received = decoded(json.dumps(fields))
    if received is not None and received.message is not None:
        assert received.user == USER
        assert CHANNEL.encode(Reply("answer", "您好"), received, NOW)


@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    decoded(printable(text))


@given(st.dictionaries(st.sampled_from(["MsgType", "Content", "MsgId"]), st.text(max_size=20)))
def test_any_xml_is_understood_or_refused(fields: dict[str, str]) -> None:
    inside = "".join(f"<{name}>{printable(value)}</{name}>" for name, value in fields.items())
    decoded(f"<xml><FromUserName>{USER}</FromUserName>{inside}</xml>")
