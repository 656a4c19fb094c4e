"""A 智能机器人 by callback: JSON in an encrypted envelope, answered in the response.

WeCom documents: path/101033 (encryption: the receive id is empty), 100719 (messages), 101031
(passive replies). A message is answered by a stream that is finished at once. Should the platform
ask for more of it, the stream's id is the message's, so the desk has the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.aibot import looks, messages
from bot.channels.aibot.messages import ROOM, Heard
from bot.channels.aibot.people import NAME
from bot.channels.envelope import (
    Keyring,
    Reason,
    Rejected,
    Stamp,
    encrypted,
    signature,
    unseal,
)
from bot.channels.fields import encrypted_member
from bot.channels.objects import Object, id_of, json_object, object_of
from bot.delivery.letters import Letter
from bot.message import Message, Sender
from intents.turn import Reply, Said

if TYPE_CHECKING:
    from wechatpy.crypto.base import WeChatCipher


@dataclass(frozen=True, slots=True)
class Received:
    """A verified callback; `nonce` comes back in the answer."""

    message: Message | None
    entered: bool
    nonce: str
    cipher: WeChatCipher = field(repr=False, compare=False)


class AibotCallback:
    name = NAME

    def __init__(self, keys: Keyring, bot_id: str) -> None:
        """`keys.receive_id` is empty."""
        self._keys = keys
        self._bot_id = bot_id

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """What the platform wants to hear when an admin saves the address. Raises Rejected."""
        return unseal(query.get("echostr", ""), Stamp.of(query), self._keys, now).text

    def decode(self, query: Mapping[str, str], body: bytes, now: datetime) -> Received:
        """Raises Rejected."""
        stamp = Stamp.of(query)
        opened = unseal(encrypted_member(body, "encrypt"), stamp, self._keys, now)
        data = json_object(opened.text)
        heard = self._polled(data) if data.get("msgtype") == "stream" else self._heard(data)
        if heard is None or heard.pressed:  # by callback no card is sent
            return Received(None, False, stamp.nonce, opened.cipher)
        message = Message(heard.id, Sender(NAME, heard.user), heard.said, now, ROOM)
        return Received(message, heard.entered, stamp.nonce, opened.cipher)

    def encode(self, reply: Reply, received: Received, now: datetime) -> bytes:
        """The encrypted JSON of the answer; nothing if there is nothing to say."""
        text = looks.words(Letter(reply))
        if received.message is None or not text:
            return b""
        if received.entered:
            body = looks.welcome(reply.plain)
        else:
            body = looks.stream(received.message.id, text)
        ciphertext = encrypted(json.dumps(body, ensure_ascii=False), received.cipher, "")
        stamp = Stamp("", str(int(now.timestamp())), received.nonce)
        answer = {
            "encrypt": ciphertext,
            "msgsignature": signature(ciphertext, stamp, self._keys.token),
            "timestamp": int(stamp.timestamp),
            "nonce": stamp.nonce,
        }
        return json.dumps(answer).encode()

    def _heard(self, data: Object) -> Heard | None:
        return messages.decode(data, self._bot_id)

    def _polled(self, data: Object) -> Heard:
        """What it wants to hear again. The message is known: what it said matters no more."""
        if data.get("aibotid") != self._bot_id:
            raise Rejected(Reason.RECEIVER)
        id_ = id_of(object_of(data, "stream"), "id")
        return Heard(id_, messages.user(data), Said(event="unsupported"))
