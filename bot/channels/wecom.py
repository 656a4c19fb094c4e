"""WeCom (企业微信) self-built app: its callback's bytes to a `Message`, a `Reply` to its bytes.

WeCom documents: path/90238 (callbacks), 90968 (encryption), 90239 (messages), 90240 (events),
90241 (passive replies). It waits 5 s for the answer and repeats the request up to three times.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wechatpy.crypto.base import WeChatCipher

from bot.channels.envelope import (
    Keyring,
    Reason,
    Rejected,
    Stamp,
    cdata,
    encrypted_field,
    printable,
    seal,
    unseal,
)
from bot.channels.render import fit_one
from bot.message import Message, Sender
from intents.turn import Reply, Said

NAME = "wecom"
TEXT_BYTES = 2048
"""Bytes of a passive text reply (path/90241); WeCom cuts what is longer."""

WELCOMED = frozenset({"enter_agent", "subscribe", "click"})

_MESSAGE_ID = re.compile(r"[1-9][0-9]{0,19}")
_LONGEST_USER = 128


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
        fields = _fields(opened.text)
        self._check_receiver(fields)
        user = _user(fields)
        heard = _heard(fields)
        if heard is None:
            return Received(None, user, opened.cipher)
        message_id, said = heard
        message = Message(message_id, Sender(NAME, user), said, now)
        return Received(message, user, opened.cipher)

    def encode(self, reply: Reply, received: Received, now: datetime) -> bytes:
        """The encrypted XML of a passive text reply; nothing if there is nothing to say."""
        text = fit_one(reply, TEXT_BYTES)
        if not printable(text).strip():
            return b""
        xml = (
            f"<xml><ToUserName>{cdata(received.user)}</ToUserName>"
            f"<FromUserName>{cdata(self._keys.receive_id)}</FromUserName>"
            f"<CreateTime>{int(now.timestamp())}</CreateTime>"
            f"<MsgType><![CDATA[text]]></MsgType><Content>{cdata(text)}</Content></xml>"
        )
        return seal(xml, received.cipher, self._keys, now).encode()

    def _check_receiver(self, fields: Mapping[str, str]) -> None:
        """Events that concern no app (such as 通讯录 changes) name none, and get no answer."""
        ours = fields.get("ToUserName") == self._keys.receive_id
        agent = fields.get("AgentID", "" if _answerable(fields) else self._agent)
        if not ours or agent != self._agent:
            raise Rejected(Reason.RECEIVER)


def _fields(xml: str) -> dict[str, str]:
    """The root's direct children, each name once.

    The text is authenticated. Without anything before `<xml>` it can declare no entities.
    """
    if not xml.lstrip().startswith("<xml>"):
        raise Rejected(Reason.CONTENT)
    try:
        root = ET.fromstring(xml.strip())
    except ET.ParseError:
        raise Rejected(Reason.CONTENT) from None
    fields = {child.tag: (child.text or "").strip() for child in root}
    if len(fields) != len(root):
        raise Rejected(Reason.CONTENT)
    return fields


def _user(fields: Mapping[str, str]) -> str:
    user = fields.get("FromUserName", "")
    if not 0 < len(user) <= _LONGEST_USER:
        raise Rejected(Reason.IDENTITY)
    return user


def _heard(fields: Mapping[str, str]) -> tuple[str, Said] | None:
    """The message's id and what was said; None for an event that needs no answer."""
    match fields.get("MsgType", "").lower():
        case "event":
            return (_event_id(fields), Said(event="welcome")) if _answerable(fields) else None
        case "text":
            return _message_id(fields), Said(fields.get("Content", ""))
        case "":
            raise Rejected(Reason.CONTENT)
        case _:
            return _message_id(fields), Said(event="unsupported")


def _answerable(fields: Mapping[str, str]) -> bool:
    is_event = fields.get("MsgType", "").lower() == "event"
    return not is_event or fields.get("Event", "").lower() in WELCOMED


def _message_id(fields: Mapping[str, str]) -> str:
    """Without its own id, one message could not be told from another: then it is refused."""
    message_id = fields.get("MsgId", "")
    if not _MESSAGE_ID.fullmatch(message_id):
        raise Rejected(Reason.IDENTITY)
    return message_id


def _event_id(fields: Mapping[str, str]) -> str:
    """Events have no MsgId: path/90238 tells them apart by sender and time."""
    parts = [fields.get(name, "") for name in ("FromUserName", "CreateTime", "Event", "EventKey")]
    if not re.fullmatch("[0-9]{1,12}", parts[1]):
        raise Rejected(Reason.IDENTITY)
    return "event:" + ":".join(parts)
