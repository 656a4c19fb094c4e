"""What a 公众号's message or event says: fields to `Said`, and what it lets us send after it.

developers.weixin.qq.com: receiving messages, receiving events, customer-service messages (since
2023: 5 messages in 48 h after a message; 3 in 1 min after a tap on the menu, a follow, a scan).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, NamedTuple

from bot.channels.envelope import Reason, Rejected
from bot.channels.fields import event_id, message_id
from bot.message import Window
from intents.turn import Attachment, Said

AFTER_WORDS = Window(5, timedelta(hours=48))
AFTER_A_TAP = Window(3, timedelta(minutes=1))

_WELCOMED = frozenset({"subscribe", "scan"})
_PICTURES: Mapping[str, Literal["image", "video"]] = {
    "image": "image",
    "video": "video",
    "shortvideo": "video",
}
_LONGEST_REF = 256


class Heard(NamedTuple):
    id: str
    said: Said
    window: Window


def heard(fields: Mapping[str, str]) -> Heard | None:
    """None for an event that needs no answer. Raises Rejected."""
    match fields.get("MsgType", "").lower():
        case "":
            raise Rejected(Reason.CONTENT)
        case "event":
            said = _done(fields)
            return Heard(event_id(fields), said, AFTER_A_TAP) if said else None
        case kind:
            return Heard(message_id(fields), _said(kind, fields), AFTER_WORDS)


def _done(fields: Mapping[str, str]) -> Said | None:
    """A tap on the menu says what is written in its key."""
    event = fields.get("Event", "").lower()
    if event in _WELCOMED:
        return Said(event="welcome")
    if event != "click":
        return None
    key = fields.get("EventKey", "")
    return Said(key) if key else Said(event="welcome")


def _said(kind: str, fields: Mapping[str, str]) -> Said:
    if kind == "text":
        return Said(fields.get("Content", ""))
    if kind == "voice" and fields.get("Recognition"):
        return Said(fields["Recognition"])
    ref = fields.get("MediaId", "")
    if kind in _PICTURES and 0 < len(ref) <= _LONGEST_REF:
        return Said(event="attachment", attachment=Attachment(_PICTURES[kind], ref))
    return Said(event="unsupported")
