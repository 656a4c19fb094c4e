"""Frames of DingTalk's Stream protocol (developerpedia): `data` is a JSON string."""

from __future__ import annotations

import json

from tests.platform.loopback import Json, json_object, shaped


def framed(kind: str, message_id: str, now_ms: int, headers: Json, data: Json) -> Json:
    head = {
        "appId": "app",
        "connectionId": "connection",
        "contentType": "application/json",
        "messageId": message_id,
        "time": str(now_ms),
    }
    written = json.dumps(data, ensure_ascii=False)
    return {"specVersion": "1.0", "type": kind, "headers": head | headers, "data": written}


def ack_problem(ack: Json | None) -> str:
    """What is wrong with an acknowledgement's shape; nothing if all is right."""
    if not shaped(ack, {"code", "headers", "message", "data"}) or ack is None:
        return "fields"
    headers = ack["headers"]
    if not isinstance(headers, dict) or not headers.get("messageId"):
        return "headers.messageId"
    if headers.get("contentType") != "application/json":
        return "headers.contentType"
    if not isinstance(ack["code"], int):
        return "code"
    return "" if isinstance(ack["data"], str) and json_object(ack["data"]) else "data"
