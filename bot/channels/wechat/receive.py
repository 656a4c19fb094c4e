"""公众号's callback: its bytes to a `Message`, a `Reply` to the bytes of its answer.

developers.weixin.qq.com: message push (verification, encryption), receiving messages, passive
replies. It waits 5 s and repeats the request up to three times. Any other answer than a reply, or
a bare `success`, shows people that the account is out of service, which only a fault of ours
should.

In 安全模式 all is encrypted; the signature beside it covers no text and is not looked at. In
兼容模式 the text comes twice, and what is encrypted counts. In 明文模式 nothing proves the text:
both of these are for a server on loopback, whose relay has verified it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bot.channels.envelope import (
    MAX_BODY,
    Keyring,
    Reason,
    Rejected,
    Stamp,
    check,
    encrypted_field,
    printable,
    seal,
    sealed,
    unseal,
)
from bot.channels.fields import (
    encrypted_member,
    is_json,
    json_fields,
    text_reply,
    xml_fields,
)
from bot.channels.render import fit_one, harmless, naming_file
from bot.channels.wechat.reading import heard
from bot.message import Message, Room, Sender
from intents.turn import Reply
from knowledge.late import late

if TYPE_CHECKING:
    from wechatpy.crypto.base import WeChatCipher

NAME = "wechat"
ROOM = Room(2048)
"""Bytes of a passive text reply: not documented, but measured by others."""

SILENCE = b"success"
Mode = Literal["secure", "compatible", "plain"]

_ECHO = late(r"[A-Za-z0-9_+/=-]{1,128}")
_OPENID = late(r"[A-Za-z0-9_-]{1,64}")
_PLAIN = (b"<MsgType>", b'"MsgType"')


@dataclass(frozen=True, slots=True)
class Received:
    """A verified callback. `message` is None for an event that needs no answer; the answer goes
    from `account` to `user`, in the form in which they wrote; `cipher` is None in plain text."""

    message: Message | None
    user: str
    account: str
    as_json: bool
    cipher: WeChatCipher | None = field(repr=False, compare=False)


class WeChat:
    """One account. `keys.receive_id` is its app id; `original_id` the gh_… that it is written to
    under, if that is to be checked."""

    name = NAME

    def __init__(
        self, keys: Keyring, mode: Mode = "secure", original_id: str | None = None
    ) -> None:
        self._keys = keys
        self._mode = mode
        self._original_id = original_id

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """What the platform wants to hear when an admin saves the callback's address.

        It is their own number, shown as it came: nothing else is. Raises Rejected.
        """
        self._check_plain(query, now)
        echo = query.get("echostr", "")
        if not _ECHO.fullmatch(echo):
            raise Rejected(Reason.SHAPE)
        return echo

    def decode(self, query: Mapping[str, str], body: bytes, now: datetime) -> Received:
        """Raises Rejected."""
        text, cipher = self._opened(query, body, now)
        as_json = is_json(text)
        fields = json_fields(text) if as_json else xml_fields(text)
        account, user = fields.get("ToUserName", ""), fields.get("FromUserName", "")
        if self._original_id not in (None, account):
            raise Rejected(Reason.RECEIVER)
        if not _OPENID.fullmatch(user):
            raise Rejected(Reason.IDENTITY)
        return Received(_message(fields, user, now), user, account, as_json, cipher)

    def encode(self, reply: Reply, received: Received, now: datetime) -> bytes:
        """A passive text reply; nothing if there is nothing to say."""
        text = words(reply)
        if not text.strip():
            return b""
        written = _as_json if received.as_json else text_reply
        answer = written(received.user, received.account, text, now)
        if received.cipher is not None:
            seals = self._seal_json if received.as_json else self._seal_xml
            answer = seals(answer, received.cipher, now)
        return answer.encode()

    def _opened(
        self, query: Mapping[str, str], body: bytes, now: datetime
    ) -> tuple[str, WeChatCipher | None]:
        if self._mode == "plain":
            self._check_plain(query, now)
            return _text(body), None
        if self._mode == "secure" and any(mark in body for mark in _PLAIN):
            raise Rejected(Reason.ENVELOPE)
        ciphertext = encrypted_member(body, "Encrypt") if is_json(body) else encrypted_field(body)
        opened = unseal(ciphertext, Stamp.of(query), self._keys, now)
        return opened.text, opened.cipher

    def _check_plain(self, query: Mapping[str, str], now: datetime) -> None:
        check("", Stamp.of(query, "signature"), self._keys.token, now)

    def _seal_xml(self, text: str, cipher: WeChatCipher, now: datetime) -> str:
        return seal(text, cipher, self._keys, now)

    def _seal_json(self, text: str, cipher: WeChatCipher, now: datetime) -> str:
        answer = sealed(text, cipher, self._keys, now)
        members = {
            "Encrypt": answer.ciphertext,
            "MsgSignature": answer.stamp.signature,
            "TimeStamp": int(answer.stamp.timestamp),
            "Nonce": answer.stamp.nonce,
        }
        return json.dumps(members)


def words(reply: Reply) -> str:
    """What a passive reply reads."""
    return printable(fit_one(harmless(naming_file(reply)), ROOM.size))


def _message(fields: Mapping[str, str], user: str, now: datetime) -> Message | None:
    found = heard(fields)
    if found is None:
        return None
    id_, said, window = found
    return Message(id_, Sender(NAME, user), said, now, room=ROOM, window=window)


def _text(body: bytes) -> str:
    """Raises Rejected."""
    if len(body) > MAX_BODY:
        raise Rejected(Reason.SIZE)
    try:
        return printable(body.decode())
    except UnicodeDecodeError:
        raise Rejected(Reason.CONTENT) from None


def _as_json(user: str, account: str, text: str, now: datetime) -> str:
    members = {
        "ToUserName": user,
        "FromUserName": account,
        "CreateTime": int(now.timestamp()),
        "MsgType": "text",
        "Content": text,
    }
    return json.dumps(members, ensure_ascii=False)
