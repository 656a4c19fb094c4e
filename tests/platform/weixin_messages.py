"""What an Official Account may send to its followers, and when.

OA custom/send: since 2023-06 five messages in 48 hours after a user's message, three in one
minute after a menu click, a scan or a follow; 45015 outside, 45047 when used up, 43019 if the user
turned the account away, 45002 too long (the limit is not documented, 2048 bytes here). A body
with `\\u` escapes shows them to the user as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tests.platform.loopback import Json, ok, shaped, wrong
from tests.platform.media import Media

TEXT_BYTES = 2048
SPOKEN = (timedelta(hours=48), 5)
ACTED = (timedelta(minutes=1), 3)
_ESCAPE = re.compile(rb"\\u(?=[0-9a-fA-F]{4})")


class Follower:
    """`turned_away`: the user took the account's messages off."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.follows = True
        self.turned_away = False
        self._open: dict[str, tuple[datetime, int]] = {}

    def spoke(self) -> None:
        self._open["spoke"] = (self._clock() + SPOKEN[0], SPOKEN[1])

    def acted(self) -> None:
        self._open["acted"] = (self._clock() + ACTED[0], ACTED[1])

    def answered(self) -> Json | None:
        """Takes one message from a window that is open; the error if none is."""
        if self.turned_away:
            return wrong(43019, "require remove blacklist")
        now = self._clock()
        current = {name: one for name, one in self._open.items() if now < one[0]}
        if not current:
            return wrong(45015, "response out of time limit or subscription is canceled")
        for name, (until, left) in current.items():
            if left > 0:
                self._open[name] = (until, left - 1)
                return None
        return wrong(45047, "out of response count limit")


def escaped(raw: bytes) -> bytes:
    """Escapes of characters turned into words, which is how the platform takes them."""
    return _ESCAPE.sub(rb"\\\\u", raw)


def custom_text(body: Json, media: Media) -> tuple[str | None, Json]:
    """What the user reads, or None and the error."""
    kind = body.get("msgtype")
    take = _TAKES.get(kind) if isinstance(kind, str) else None
    if take is None:
        return None, wrong(40008, "invalid message type")
    if not shaped(body, {"touser", "msgtype", str(kind)}, {"customservice"}):
        return None, wrong(47001, "data format error")
    content = body[str(kind)]
    return take(content, media) if isinstance(content, dict) else (None, _EMPTY)


def data_text(data: object) -> str | None:
    """The values of a template, one a line; None for what is none."""
    if not isinstance(data, dict) or not data:
        return None
    if not all(shaped(one, {"value"}, {"color"}) and one["value"] for one in data.values()):
        return None
    return "\n".join(str(one["value"]) for one in data.values())


_EMPTY = wrong(44004, "empty content")


def _text(content: Json, media: Media) -> tuple[str | None, Json]:
    words = content.get("content")
    if not shaped(content, {"content"}) or not isinstance(words, str) or not words:
        return None, _EMPTY
    if len(words.encode()) > TEXT_BYTES:
        return None, wrong(45002, "content size out of limit")
    return words, ok()


def _news(content: Json, media: Media) -> tuple[str | None, Json]:
    articles = content.get("articles")
    if not isinstance(articles, list) or len(articles) != 1:
        return None, wrong(45008, "article size out of limit")
    if not shaped(articles[0], {"title", "description", "url", "picurl"}):
        return None, wrong(47001, "data format error")
    return str(articles[0]["title"]), ok()


def _menu(content: Json, media: Media) -> tuple[str | None, Json]:
    items = content.get("list")
    if not shaped(content, {"head_content", "list", "tail_content"}):
        return None, wrong(47001, "data format error")
    if not isinstance(items, list) or not all(shaped(one, {"id", "content"}) for one in items):
        return None, wrong(47001, "data format error")
    lines = [content["head_content"], *(f"[{one['content']}]" for one in items)]
    return "\n".join([*lines, content["tail_content"]]), ok()


def _stored(kind: str) -> Callable[[Json, Media], tuple[str | None, Json]]:
    def take(content: Json, media: Media) -> tuple[str | None, Json]:
        stored = media.find(content.get("media_id"), kind)
        return (stored.name, ok()) if stored else (None, wrong(40007, "invalid media_id"))

    return take


_TAKES: Mapping[str, Callable[[Json, Media], tuple[str | None, Json]]] = {
    "text": _text,
    "news": _news,
    "msgmenu": _menu,
    "image": _stored("image"),
    "voice": _stored("voice"),
    "video": _stored("video"),
}
