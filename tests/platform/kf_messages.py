"""Messages to customers of 微信客服: what `kf/send_msg` and `kf/send_msg_on_event` take
(W94677, W95122). Sizes in bytes of UTF-8; what is too long is refused with 45002.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.platform.loopback import Json, shaped, wrong
from tests.platform.media import Media

TEXT_BYTES = 2048
MENU_BYTES = 1024
MENU_ITEMS = 10
_ITEM_SHAPES: Mapping[str, tuple[set[str], set[str]]] = {
    "click": ({"content"}, {"id"}),
    "view": ({"url", "content"}, set()),
    "miniprogram": ({"appid", "pagepath", "content"}, set()),
    "text": ({"content"}, {"no_newline"}),
}
_SHORTEST_ITEM = 128
_UNSENDABLE = wrong(40058, "invalid Request Parameter")
_TOO_LONG = wrong(45002, "content size out of limit")

Shown = tuple[str, None] | tuple[None, Json]


def shown(body: Json, media: Media, only: frozenset[str] | None = None) -> Shown:
    """What the customer reads, or the error. `only`: the kinds that this call takes."""
    kind = body.get("msgtype")
    take = _TAKES.get(kind) if isinstance(kind, str) and (not only or kind in only) else None
    if take is None:
        return None, wrong(40008, "invalid message type")
    content = body.get(str(kind))
    return take(content, media) if isinstance(content, dict) else (None, _UNSENDABLE)


def _text(content: Json, media: Media) -> Shown:
    words = content.get("content")
    if not shaped(content, {"content"}, {"menu_id"}) or not isinstance(words, str):
        return None, _UNSENDABLE
    if not words:
        return None, wrong(44004, "empty content")
    return (words, None) if len(words.encode()) <= TEXT_BYTES else (None, _TOO_LONG)


def _menu(content: Json, media: Media) -> Shown:
    if not shaped(content, (), {"head_content", "list", "tail_content"}) or not content:
        return None, _UNSENDABLE
    ends = [content.get("head_content", ""), content.get("tail_content", "")]
    items = content.get("list", [])
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        return None, _UNSENDABLE
    if len(items) > MENU_ITEMS:
        return None, wrong(95008, "menu item count exceeds limit")
    lines: list[str] = []
    for item in items:
        line, error = _item(item)
        if line is None:
            return None, error or _UNSENDABLE
        lines.append(line)
    if any(len(end.encode()) > MENU_BYTES for end in ends):
        return None, _TOO_LONG
    return "\n".join(part for part in (ends[0], *lines, ends[1]) if part), None


def _item(item: Json) -> Shown:
    kind = item.get("type", "")
    if kind not in _ITEM_SHAPES:
        return None, wrong(95009, "invalid menu item type")
    inside = item.get(kind)
    if set(item) != {"type", kind} or not shaped(inside, *_ITEM_SHAPES[kind]):
        return None, _UNSENDABLE
    assert isinstance(inside, dict)
    content = inside["content"]
    if not isinstance(content, str) or not content:
        return None, _UNSENDABLE
    long_ones = (("id", _SHORTEST_ITEM), ("content", _most(kind)), ("url", 2048))
    if any(len(str(inside.get(name, "")).encode()) > most for name, most in long_ones):
        return None, _TOO_LONG
    return f"[{content}]" if kind != "text" else content, None


def _most(kind: str) -> int:
    return {"click": 128, "text": 256}.get(kind, 1024)


def _link(content: Json, media: Media) -> Shown:
    if not shaped(content, {"title", "url", "thumb_media_id"}, {"desc"}):
        return None, _UNSENDABLE
    if media.find(content["thumb_media_id"], "image") is None:
        return None, wrong(40007, "invalid media_id")
    sizes = (("title", 128), ("desc", 512), ("url", 2048))
    if any(len(str(content.get(name, "")).encode()) > most for name, most in sizes):
        return None, _TOO_LONG
    return f"{content['title']}\n{content['url']}", None


def _stored(kind: str) -> Callable[[Json, Media], Shown]:
    def take(content: Json, media: Media) -> Shown:
        if not shaped(content, {"media_id"}):
            return None, _UNSENDABLE
        stored = media.find(content["media_id"], kind)
        return (stored.name, None) if stored else (None, wrong(40007, "invalid media_id"))

    return take


_TAKES: Mapping[str, Callable[[Json, Media], Shown]] = {
    "text": _text,
    "msgmenu": _menu,
    "link": _link,
    "image": _stored("image"),
    "voice": _stored("voice"),
    "video": _stored("video"),
    "file": _stored("file"),
}
