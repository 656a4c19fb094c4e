"""What a DingTalk robot may send, and what people read of it.

developerpedia, robot messages: bodies of the session webhook and the custom robot; the templates
(`msgKey`) of the OpenAPI, whose `msgParam` is a JSON string.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.platform.loopback import Json, json_object, shaped

BODY_BYTES = 20_000

_TEMPLATES: Mapping[str, tuple[frozenset[str], str]] = {
    "sampleText": (frozenset({"content"}), "content"),
    "sampleMarkdown": (frozenset({"title", "text"}), "text"),
    "sampleLink": (frozenset({"title", "text", "messageUrl", "picUrl"}), "text"),
    "sampleActionCard": (frozenset({"title", "text", "singleTitle", "singleURL"}), "text"),
    "sampleImageMsg": (frozenset({"photoURL"}), "photoURL"),
    "sampleAudio": (frozenset({"mediaId", "duration"}), "mediaId"),
    "sampleFile": (frozenset({"mediaId", "fileName", "fileType"}), "fileName"),
} | {
    f"sampleActionCard{number}": (
        frozenset({"title", "text"})
        | {f"actionTitle{n}" for n in range(1, number + 1)}
        | {f"actionURL{n}" for n in range(1, number + 1)},
        "text",
    )
    for number in (2, 3, 4, 5)
}


def of_template(key: object, param: object) -> str | None:
    """What people read of a template message; None if it is not one."""
    template = _TEMPLATES.get(key) if isinstance(key, str) else None
    values = json_object(param) if isinstance(param, str) else None
    if template is None or values is None:
        return None
    fields, shown = template
    right = shaped(values, fields) and all(isinstance(v, str) and v for v in values.values())
    return str(values[shown]) if right else None


def of_webhook(body: Json) -> str | None:
    """What people read of a session webhook's body; None if it is not one."""
    kind = body.get("msgtype")
    take = _WEBHOOK.get(kind) if isinstance(kind, str) else None
    content = body.get(str(kind))
    if take is None or not isinstance(content, dict):
        return None
    fits = shaped(body, {"msgtype", str(kind)}, {"at"}) and _at(body.get("at", {}))
    return take(content) if fits else None


def _at(at: object) -> bool:
    if not shaped(at, (), {"atUserIds", "atMobiles", "atDingtalkIds", "isAtAll"}):
        return False
    assert isinstance(at, dict)
    named = [one for key, ids in at.items() if key != "isAtAll" for one in ids]
    return all(isinstance(one, str) for one in named)


def _text(content: Json) -> str | None:
    return _word(content, {"content"}, "content")


def _markdown(content: Json) -> str | None:
    return _word(content, {"title", "text"}, "text")


def _link(content: Json) -> str | None:
    if not shaped(content, {"title", "text", "messageUrl"}, {"picUrl"}):
        return None
    return str(content["text"])


def _action_card(content: Json) -> str | None:
    whole = shaped(content, {"title", "text", "singleTitle", "singleURL"}, {"btnOrientation"})
    several = shaped(content, {"title", "text", "btns"}, {"btnOrientation"})
    buttons = content.get("btns", [])
    if not (whole or several) or not all(shaped(one, {"title", "actionURL"}) for one in buttons):
        return None
    return str(content["text"])


def _word(content: Json, fields: set[str], shown: str) -> str | None:
    right = shaped(content, fields) and all(isinstance(v, str) and v for v in content.values())
    return str(content[shown]) if right else None


_WEBHOOK: Mapping[str, Callable[[Json], str | None]] = {
    "text": _text,
    "markdown": _markdown,
    "link": _link,
    "actionCard": _action_card,
}
