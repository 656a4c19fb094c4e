"""A self-built app's messages to members: what `message/send` takes and cuts (W90236)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.platform.loopback import Json, shaped, wrong
from tests.platform.media import Media

RECEIVERS = frozenset({"touser", "toparty", "totag"})
SWITCHES = frozenset({"safe", "enable_id_trans", "enable_duplicate_check"})
ENVELOPE = RECEIVERS | SWITCHES | {"duplicate_check_interval"}
TEXT_BYTES = 2048
MARKDOWN_BYTES = 2048
TITLE_BYTES, DESCRIPTION_BYTES = 128, 512
CARDS = frozenset(
    ["text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction"]
)
_ANSWERED_CARDS = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})
_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
_UNSENDABLE = wrong(40058, "invalid Request Parameter")

Shown = tuple[str, None] | tuple[None, Json]
"""What members read, or the error."""


def shown(body: Json, media: Media) -> Shown:
    """`body` is the whole request; its envelope is checked by the caller."""
    kind = body.get("msgtype")
    take = _TAKES.get(kind) if isinstance(kind, str) else None
    if kind is None or take is None:
        return None, wrong(40008, "invalid message type")
    if not shaped(body, {"msgtype", "agentid", kind}, ENVELOPE):
        return None, _UNSENDABLE
    content = body[kind]
    return take(content, media) if isinstance(content, dict) else (None, _UNSENDABLE)


def cut(text: str, most: int) -> str:
    """The platform cuts at bytes; what is left of a character goes too."""
    return text.encode()[:most].decode("utf-8", "ignore")


def _text(content: Json, media: Media) -> Shown:
    words = content.get("content")
    if not shaped(content, {"content"}) or not isinstance(words, str):
        return None, _UNSENDABLE
    if not words:
        return None, wrong(44004, "empty content")
    return cut(words, TEXT_BYTES), None


def _markdown(content: Json, media: Media) -> Shown:
    words = content.get("content")
    if not shaped(content, {"content"}) or not isinstance(words, str):
        return None, _UNSENDABLE
    if not words:
        return None, wrong(44004, "empty content")
    if len(words.encode()) > MARKDOWN_BYTES:
        return None, wrong(45002, "content size out of limit")
    return words, None


def _textcard(content: Json, media: Media) -> Shown:
    if not shaped(content, {"title", "description", "url"}, {"btntxt"}) or not _all_text(content):
        return None, _UNSENDABLE
    title, description = content["title"], content["description"]
    return cut(title, TITLE_BYTES) + "\n" + cut(description, DESCRIPTION_BYTES), None


def _news(content: Json, media: Media) -> Shown:
    articles = content.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= 8:
        return None, _UNSENDABLE
    allowed = {"description", "url", "picurl", "appid", "pagepath"}
    if not all(shaped(one, {"title"}, allowed) and _all_text(one) for one in articles):
        return None, _UNSENDABLE
    return "\n".join(cut(one["title"], TITLE_BYTES) for one in articles), None


def _stored(kind: str) -> Callable[[Json, Media], Shown]:
    def take(content: Json, media: Media) -> Shown:
        if not shaped(content, {"media_id"}, {"title", "description"} if kind == "video" else ()):
            return None, _UNSENDABLE
        stored = media.find(content["media_id"], kind)
        return (stored.name, None) if stored else (None, wrong(40007, "invalid media_id"))

    return take


def _template_card(content: Json, media: Media) -> Shown:
    card_type, task_id = content.get("card_type"), content.get("task_id", "")
    if card_type not in CARDS:
        return None, _UNSENDABLE
    needs_task = card_type in _ANSWERED_CARDS or bool(task_id)
    if needs_task and not (isinstance(task_id, str) and _TASK_ID.fullmatch(task_id)):
        return None, _UNSENDABLE
    title = content.get("main_title", {}).get("title") or content.get("sub_title_text")
    return (title, None) if isinstance(title, str) and title else (None, _UNSENDABLE)


def _all_text(content: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str) for value in content.values())


_TAKES: Mapping[str, Callable[[Json, Media], Shown]] = {
    "text": _text,
    "markdown": _markdown,
    "textcard": _textcard,
    "news": _news,
    "image": _stored("image"),
    "voice": _stored("voice"),
    "video": _stored("video"),
    "file": _stored("file"),
    "template_card": _template_card,
}
