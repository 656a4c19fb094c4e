"""A robot message of DingTalk (developerpedia, 机器人接收消息) as a `Message`: the same by Stream
and by HTTP.

In a group only what is addressed to the robot comes, and its name is not in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.channels.dingtalk.people import user_of
from bot.channels.envelope import Reason, Rejected
from bot.channels.objects import Object, id_of, object_of, objects_of, text_of
from bot.message import Message, Room, Route, Sender
from bot.platforms.dingtalk import session_of
from intents.turn import Attachment, Said

NAME = "dingtalk"

ROOM = Room(4000)
"""One message of some three screens, though a body may have 20,000 bytes: a reply in parts could
come in another order, and each part by the OpenAPI is a call of the month's quota."""

_FILES: dict[str, Literal["image", "file", "video"]] = {
    "picture": "image",
    "file": "file",
    "video": "video",
}
_LONGEST_CODE = 4096
_GROUP = "2"


@dataclass(frozen=True, slots=True)
class Robot:
    """What a message must be for. `corp`: the corporation's id, None where the settings have none.
    `webhooks`: the host of sessionWebhook."""

    code: str
    corp: str | None
    webhooks: str


def decode(data: Object, robot: Robot, now: datetime) -> Message:
    """Raises Rejected. A kind of message that is not known is "unsupported"."""
    _check_receiver(data, robot)
    group = data.get("conversationType") == _GROUP
    conversation = id_of(data, "conversationId") if group else text_of(data, "conversationId")
    who, at = _who(data)
    via: dict[str, Any] = {"conversation": conversation, "at": at, "group": group}
    return Message(
        id_of(data, "msgId"),
        Sender(NAME, user_of(conversation if group else None, who)),
        said_of(data),
        now,
        room=ROOM,
        route=Route(via | session(data, robot)),
    )


def said_of(data: Object) -> Said:
    """By msgtype. A voice message is what the platform heard in it."""
    kind, content = data.get("msgtype"), object_of(data, "content")
    if kind == "text":
        return Said(text_of(object_of(data, "text"), "content"))
    if kind == "audio" and (heard := text_of(content, "recognition")):
        return Said(heard)
    if kind == "richText":
        return _rich(objects_of(content, "richText"))
    return _said("", _attachment(kind, content))


def session(data: Object, robot: Robot) -> dict[str, Any]:
    """The session's address if it is DingTalk's own; without it the OpenAPI answers."""
    url, until = data.get("sessionWebhook"), data.get("sessionWebhookExpiredTime")
    if session_of(url, robot.webhooks) is None or not isinstance(until, int):
        return {}
    return {"session_webhook": url, "expires": until}


def _rich(pieces: list[Object]) -> Said:
    """Its texts one after the other, and the first of its pictures."""
    texts = [text for piece in pieces if (text := text_of(piece, "text"))]
    pictures = (_attachment(piece.get("type", "picture"), piece) for piece in pieces)
    return _said("\n".join(texts), next(filter(None, pictures), None))


def _said(text: str, attached: Attachment | None) -> Said:
    if text:
        return Said(text, attachment=attached)
    return Said(event="attachment" if attached else "unsupported", attachment=attached)


def _attachment(kind: Any, content: Object) -> Attachment | None:
    form = _FILES.get(kind) if isinstance(kind, str) else None
    code = text_of(content, "downloadCode") or text_of(content, "pictureDownloadCode")
    if form is None or not 0 < len(code) <= _LONGEST_CODE:
        return None
    return Attachment(form, code, text_of(content, "fileName")[:255])


def _check_receiver(data: Object, robot: Robot) -> None:
    corp = data.get("chatbotCorpId")
    if data.get("robotCode") != robot.code or (robot.corp and corp != robot.corp):
        raise Rejected(Reason.RECEIVER)


def _who(data: Object) -> tuple[str, str]:
    """By what the sender is known here, and the staff id to mention them by, "" for outsiders.

    A staff id is unique in its corporation alone: an outsider's must not pass for one of ours.
    """
    corp = data.get("senderCorpId")
    if data.get("senderStaffId") and (not corp or corp == data.get("chatbotCorpId")):
        staff = id_of(data, "senderStaffId")
        return staff, staff
    return id_of(data, "senderUnionId" if data.get("senderUnionId") else "senderId"), ""
