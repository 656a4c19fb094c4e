"""What somebody says to a 智能机器人: the same by WebSocket and by callback.

WeCom documents: path/100719 (messages), 101027 (events), 101463 (WebSocket). In a group the text
begins with the mention by which the bot was called. What is quoted is only looked at where nothing
else is said: somebody calls the bot to answer somebody's words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from bot.channels.aibot.people import user_of
from bot.channels.envelope import Reason, Rejected
from bot.channels.objects import Object, id_of, object_of, objects_of, text_of
from bot.message import Room
from intents.turn import Attachment, Said
from knowledge.late import late

ROOM = Room(4000)
"""One message of some three screens, though 20,480 bytes fit: an answer is written once."""

_MENTION = late(r"@\S+\s*")
_FILES: dict[str, Literal["image", "file", "video"]] = {
    "image": "image",
    "file": "file",
    "video": "video",
}
_LONGEST_REF = 4096


@dataclass(frozen=True, slots=True)
class Heard:
    """`user` as in the sender's key; `entered`: they have opened the chat, and want a welcome;
    `pressed`: the task_id of the card whose button said it."""

    id: str
    user: str
    said: Said
    entered: bool = False
    pressed: str = ""


def decode(body: Object, bot_id: str) -> Heard | None:
    """None for an event that needs no answer. Raises Rejected."""
    if body.get("aibotid") != bot_id:
        raise Rejected(Reason.RECEIVER)
    if body.get("msgtype") == "event":
        return _event(body, object_of(body, "event"))
    return Heard(id_of(body, "msgid"), user(body), _said(body, is_group(body)))


def _event(body: Object, event: Object) -> Heard | None:
    match event.get("eventtype"):
        case "enter_chat":
            return Heard(id_of(body, "msgid"), user(body), Said(event="welcome"), entered=True)
        case "template_card_event":
            card = object_of(event, "template_card_event")
            said = Said(text_of(card, "event_key"))
            return Heard(id_of(body, "msgid"), user(body), said, pressed=id_of(card, "task_id"))
        case _:
            return None


def is_group(body: Object) -> bool:
    return body.get("chattype") == "group"


def user(body: Object) -> str:
    """Whoever said it, and in which group. Raises Rejected."""
    sender = object_of(body, "from")
    group = id_of(body, "chatid") if is_group(body) else None
    corporation = id_of(sender, "corpid") if sender.get("corpid") else None
    return user_of(group, id_of(sender, "userid"), corporation)


def _said(body: Object, group: bool) -> Said:
    text, attached = _content(body)
    text = _MENTION.sub("", text, count=1).strip() if group and text.startswith("@") else text
    if not text and attached is None:
        text, attached = _content(object_of(body, "quote"))
    if text or body.get("msgtype") == "text":
        return Said(text, attachment=attached)
    return Said(event="attachment" if attached else "unsupported", attachment=attached)


def _content(data: Object) -> tuple[str, Attachment | None]:
    """The text, and the first picture or file. A voice message is what the platform heard."""
    kind = data.get("msgtype")
    if not isinstance(kind, str):
        return "", None
    inside = object_of(data, kind)
    if kind in ("text", "voice"):
        return text_of(inside, "content"), None
    if kind == "mixed":
        return _mixed(objects_of(inside, "msg_item"))
    return "", _attachment(kind, inside)


def _mixed(items: list[Object]) -> tuple[str, Attachment | None]:
    contents = [_content(item) for item in items if item.get("msgtype") != "mixed"]
    text = "\n".join(text for text, _ in contents if text)
    return text, next((attached for _, attached in contents if attached), None)


def _attachment(kind: str, inside: Object) -> Attachment | None:
    """Its address is good for five minutes, and what is there is encrypted: see `ref` as JSON."""
    form, url, key = _FILES.get(kind), text_of(inside, "url"), text_of(inside, "aeskey")
    ref = json.dumps({"url": url, **({"aeskey": key} if key else {})})
    if form is None or not url or len(ref) > _LONGEST_REF:
        return None
    return Attachment(form, ref, text_of(inside, "filename")[:255])
