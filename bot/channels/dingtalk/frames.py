"""Frames of the Stream (developerpedia, Stream 模式): JSON texts whose `data` is JSON too."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.channels.objects import json_object, object_of

BOT = "/v1.0/im/bot/messages/get"
CARD = "/v1.0/card/instances/callback"

SUBSCRIPTIONS = (
    {"type": "CALLBACK", "topic": BOT},
    {"type": "CALLBACK", "topic": CARD},
)

DONE = '{"response": null}'
SEEN = '{"status": "SUCCESS", "message": "ok"}'


@dataclass(frozen=True, slots=True)
class Frame:
    """`data` is left unread: what it holds is known to its topic's reader."""

    kind: str
    topic: str
    message_id: str
    data: str


def read(text: str) -> Frame:
    """Raises Rejected."""
    frame = json_object(text)
    headers = object_of(frame, "headers")
    fields = (frame.get("type"), headers.get("topic"), headers.get("messageId"), frame.get("data"))
    return Frame(*(value if isinstance(value, str) else "" for value in fields))


def ack(frame: Frame, code: int = 200, data: str = DONE) -> str:
    headers = {"contentType": "application/json", "messageId": frame.message_id}
    message = "OK" if code == 200 else "not taken"
    return json.dumps({"code": code, "headers": headers, "message": message, "data": data})
