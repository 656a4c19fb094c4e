"""The fields of what the WeChat family posts, as XML or as JSON, and of a passive reply to it.

Text is read here only once it is authenticated, but for a JSON envelope, whose parser is bounded
by the body's size.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import datetime

from bot.channels.envelope import MAX_BODY, Reason, Rejected, cdata, printable
from bot.channels.objects import json_object
from knowledge.late import late

_MESSAGE_ID = late(r"[1-9][0-9]{0,19}")
_TIME = late(r"[0-9]{1,12}")
_LONGEST_SENDER = 128


def xml_fields(xml: str) -> dict[str, str]:
    """The root's direct children, each name once. Raises Rejected.

    Without anything before `<xml>` the text can declare no entities.
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


def json_fields(text: str) -> dict[str, str]:
    """The object's members that are text or whole numbers. Raises Rejected."""
    return {
        name: printable(str(value)).strip()
        for name, value in json_object(text).items()
        if type(value) in (str, int)
    }


def encrypted_member(body: bytes, name: str) -> str:
    """The ciphertext of a callback's JSON body, which has it under `name`. Raises Rejected."""
    if len(body) > MAX_BODY:
        raise Rejected(Reason.SIZE)
    ciphertext = json_object(body).get(name)
    if not isinstance(ciphertext, str):
        raise Rejected(Reason.ENVELOPE)
    return ciphertext


def is_json(body: bytes | str) -> bool:
    """Whether the body is meant as JSON; else it is meant as XML."""
    return body.lstrip()[:1] in ("{", b"{")


def message_id(fields: Mapping[str, str]) -> str:
    """Without its own id, one message could not be told from another: then it is refused."""
    found = fields.get("MsgId", "")
    if not _MESSAGE_ID.fullmatch(found):
        raise Rejected(Reason.IDENTITY)
    return found


def event_id(fields: Mapping[str, str]) -> str:
    """Events have no MsgId: path/90238 tells them apart by sender and time. Raises Rejected."""
    parts = [fields.get(name, "") for name in ("FromUserName", "CreateTime", "Event", "EventKey")]
    if not _TIME.fullmatch(parts[1]):
        raise Rejected(Reason.IDENTITY)
    return "event:" + ":".join(parts)


def sender_of(fields: Mapping[str, str]) -> str:
    """Raises Rejected."""
    sender = fields.get("FromUserName", "")
    if not 0 < len(sender) <= _LONGEST_SENDER:
        raise Rejected(Reason.IDENTITY)
    return sender


def text_reply(to: str, sender: str, text: str, now: datetime) -> str:
    """The XML of a passive text reply (WeCom path/90241, 公众号 alike)."""
    return (
        f"<xml><ToUserName>{cdata(to)}</ToUserName><FromUserName>{cdata(sender)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content>{cdata(text)}</Content></xml>"
    )
