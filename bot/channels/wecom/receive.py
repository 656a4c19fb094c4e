"""WeCom's callback: its bytes to a `Message`, a `Reply` to the bytes of its answer.

WeCom documents: path/90238 (callbacks), 90968 (encryption), 90239 (messages), 90240 (events),
90241 (passive replies). It waits 5 s for the answer and repeats the request up to three times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels.envelope import (
    Keyring,
    Reason,
    Rejected,
    Stamp,
    encrypted_field,
    printable,
    seal,
    unseal,
)
from bot.channels.fields import event_id, message_id, sender_of, text_reply, xml_fields
from bot.channels.render import fit_one, harmless
from bot.message import Message, Room, Sender
from intents.turn import Attachment, Reply, Said

if TYPE_CHECKING:
    from wechatpy.crypto.base import WeChatCipher

NAME = "wecom"
ROOM = Room(2048)
"""A passive text reply (path/90241); WeCom cuts what is longer."""

WELCOMED = frozenset({"enter_agent", "subscribe", "click"})

_LONGEST_REF = 512


@dataclass(frozen=True, slots=True)
class Received:
    """A verified callback: `message` is None for an event that needs no answer."""

    message: Message | None
    user: str
    cipher: WeChatCipher = field(repr=False, compare=False)


class WeCom:
    """One self-built app."""

    name = NAME

    def __init__(self, keys: Keyring, agent_id: int) -> None:
        """`keys.receive_id` is the corporation's id."""
        self._keys = keys
        self._agent = str(agent_id)

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """What the platform wants to hear when an admin saves the callback's address.

        Raises Rejected.
        """
        return unseal(query.get("echostr", ""), Stamp.of(query), self._keys, now).text

    def decode(self, query: Mapping[str, str], body: bytes, now: datetime) -> Received:
        """Raises Rejected."""
        opened = unseal(encrypted_field(body), Stamp.of(query), self._keys, now)
        fields = xml_fields(opened.text)
        self._check_receiver(fields)
        user = sender_of(fields)
        heard = _heard(fields)
        if heard is None:
            return Received(None, user, opened.cipher)
        id_, said = heard
        message = Message(id_, Sender(NAME, user), said, now, room=ROOM)
        return Received(message, user, opened.cipher)

    def encode(self, reply: Reply, received: Received, now: datetime) -> bytes:
        """The encrypted XML of a passive text reply; nothing if there is nothing to say."""
        text = words(reply)
        if not printable(text).strip():
            return b""
        xml = text_reply(received.user, self._keys.receive_id, text, now)
        return seal(xml, received.cipher, self._keys, now).encode()

    def _check_receiver(self, fields: Mapping[str, str]) -> None:
        """Events that concern no app (such as 通讯录 changes) name none, and get no answer."""
        ours = fields.get("ToUserName") == self._keys.receive_id
        agent = fields.get("AgentID", "" if _answerable(fields) else self._agent)
        if not ours or agent != self._agent:
            raise Rejected(Reason.RECEIVER)


def words(reply: Reply) -> str:
    """What a passive reply reads."""
    return fit_one(harmless(reply), ROOM.size)


def _heard(fields: Mapping[str, str]) -> tuple[str, Said] | None:
    """The message's id and what was said; None for an event that needs no answer."""
    match fields.get("MsgType", "").lower():
        case "event":
            return (event_id(fields), Said(event="welcome")) if _answerable(fields) else None
        case "text":
            return message_id(fields), Said(fields.get("Content", ""))
        case "":
            raise Rejected(Reason.CONTENT)
        case _:
            return message_id(fields), _attached(fields)


def _attached(fields: Mapping[str, str]) -> Said:
    """By its MediaId: the address of a picture is of no use to us (path/90239)."""
    ref = fields.get("MediaId", "")
    if not 0 < len(ref) <= _LONGEST_REF:
        return Said(event="unsupported")
    match fields["MsgType"].lower():
        case "image" | "video" | "file" as kind:
            name = fields.get("FileName", "")[:255]
            return Said(event="attachment", attachment=Attachment(kind, ref, name))
        case _:
            return Said(event="unsupported")


def _answerable(fields: Mapping[str, str]) -> bool:
    is_event = fields.get("MsgType", "").lower() == "event"
    return not is_event or fields.get("Event", "").lower() in WELCOMED
