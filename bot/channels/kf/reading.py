"""What sync_msg tells of an account: messages of customers, and events (WeCom path/94670).

`origin` 3 is the customer, 4 the platform, 5 a servicer: only the first is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.channels.envelope import Reason, Rejected
from bot.channels.kf.people import NAME, Customer
from bot.channels.objects import Object, id_of, object_of, text_of
from bot.message import Message, Room, Route, Sender, Window
from intents.turn import Attachment, Said

CUSTOMER, PLATFORM = 3, 4
ROOM = Room(2048, 2)
"""Two of the five messages that one of theirs allows (path/94677): the rest waits behind 更多."""

ALLOWED = 5
OPEN = timedelta(hours=48)
WELCOME = timedelta(seconds=20)
"""So long a welcome_code is good for one message (path/95122)."""

_KEPT: Mapping[str, Literal["image", "file", "video"]] = {
    "image": "image",
    "file": "file",
    "video": "video",
}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message of ours that the platform took and then could not deliver."""

    customer: Customer
    msgid: str
    fail_type: int


def read(told: Object, now: datetime) -> Message | Undelivered | None:
    """None for what needs nothing done. Raises Rejected for what is not as documented."""
    if told.get("origin") == CUSTOMER:
        return _message(told)
    if told.get("origin") == PLATFORM and told.get("msgtype") == "event":
        return _event(told, object_of(told, "event"), now)
    return None


def _message(told: Object) -> Message:
    customer, sent = _customer(told), _sent(told)
    return Message(
        id_of(told, "msgid"),
        Sender(NAME, customer.user),
        _said(told),
        sent,
        room=ROOM,
        route=Route({}),
        window=Window(ALLOWED, OPEN),
    )


def _said(told: Object) -> Said:
    """A tap on a menu comes as its text. Voice comes without words."""
    kind = told.get("msgtype")
    if kind == "text":
        return Said(text_of(object_of(told, "text"), "content"))
    if isinstance(kind, str) and kind in _KEPT:
        content = object_of(told, kind)
        ref, name = text_of(content, "media_id"), text_of(content, "filename")
        if ref:
            return Said(event="attachment", attachment=Attachment(_KEPT[kind], ref, name))
    return Said(event="unsupported")


def _event(told: Object, event: Object, now: datetime) -> Message | Undelivered | None:
    match event.get("event_type"):
        case "enter_session":
            return _welcome(told, event, now)
        case "msg_send_fail":
            fail_type = event.get("fail_type")
            code = fail_type if isinstance(fail_type, int) else 0
            return Undelivered(_customer(event), id_of(event, "fail_msgid"), code)
        case _:
            return None


def _welcome(told: Object, event: Object, now: datetime) -> Message | None:
    """Only with its code, which the platform gives out once in 48 hours, and in time: who comes
    back to a talk wants no other greeting, and has five messages only."""
    code, sent = text_of(event, "welcome_code"), _sent(told)
    if not code or now - sent >= WELCOME:
        return None
    return Message(
        id_of(told, "msgid"),
        Sender(NAME, _customer(event).user),
        Said(event="welcome"),
        sent,
        room=Room(ROOM.size),
        route=Route({"welcome_code": code, "until": (sent + WELCOME).isoformat()}),
        window=Window(1, WELCOME),
    )


def _customer(told: Object) -> Customer:
    customer = Customer.of(told.get("open_kfid"), told.get("external_userid"))
    if customer is None:
        raise Rejected(Reason.IDENTITY)
    return customer


def _sent(told: Object) -> datetime:
    seconds = told.get("send_time")
    if not isinstance(seconds, int) or not 0 < seconds < 1 << 33:
        raise Rejected(Reason.CONTENT)
    return datetime.fromtimestamp(seconds, UTC)
