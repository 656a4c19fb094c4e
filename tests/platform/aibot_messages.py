"""What 智能机器人 takes as a message body (W101031, W101463), and what people read of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.platform.loopback import Json, shaped

CONTENT_BYTES = 20_480
_INVALID = (40058, "invalid Request Parameter")

Read = tuple[str, tuple[int, str]] | tuple[None, tuple[int, str]]


def body_text(body: Json) -> Read:
    """The text and (0, ok), or None and the errcode with its text."""
    kind = body.get("msgtype")
    take = _TAKES.get(kind) if isinstance(kind, str) else None
    if take is None:
        return None, _INVALID
    if kind == "stream_with_template_card":
        fits = shaped(body, {"msgtype", "stream"}, {"template_card"})
    else:
        fits = shaped(body, {"msgtype", str(kind)})
    text = take(body) if fits else None
    if text is None:
        return None, _INVALID
    if len(text.encode()) > CONTENT_BYTES:
        return None, (45002, "content size out of limit")
    return text, (0, "ok")


def _stream(body: Json) -> str | None:
    stream = body["stream"]
    if not shaped(stream, {"id"}, {"finish", "content", "msg_item", "feedback"}):
        return None
    right = isinstance(stream["id"], str) and isinstance(stream.get("finish", False), bool)
    if stream.get("msg_item") and not stream.get("finish"):
        return None
    content = stream.get("content", "")
    return content if right and isinstance(content, str) else None


def _worded(kind: str) -> Callable[[Json], str | None]:
    def take(body: Json) -> str | None:
        inside = body[kind]
        if not shaped(inside, {"content"}, {"feedback"}):
            return None
        content = inside["content"]
        return content if isinstance(content, str) and content else None

    return take


def _card(body: Json) -> str | None:
    card = body["template_card"]
    if not isinstance(card, dict) or not card.get("card_type"):
        return None
    title = card.get("main_title", {}).get("title") or card.get("sub_title_text")
    return title if isinstance(title, str) else None


def _file(kind: str) -> Callable[[Json], str | None]:
    return lambda body: body[kind]["media_id"] if shaped(body[kind], {"media_id"}) else None


_TAKES: Mapping[str, Callable[[Json], str | None]] = {
    "stream": _stream,
    "stream_with_template_card": _stream,
    "text": _worded("text"),
    "markdown": _worded("markdown"),
    "template_card": _card,
    "file": _file("file"),
    "image": _file("image"),
    "voice": _file("voice"),
    "video": _file("video"),
}
