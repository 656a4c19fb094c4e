"""A reply as each channel shows it: in its words and buttons, cut and continued as there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.channels.aibot import looks as aibot
from bot.channels.aibot.messages import ROOM as AIBOT
from bot.channels.dingtalk import looks as dingtalk
from bot.channels.dingtalk.messages import ROOM as DINGTALK
from bot.channels.kf import looks as kf
from bot.channels.kf.reading import ROOM as KF
from bot.channels.render import size
from bot.channels.wechat import receive as wechat
from bot.channels.wecom import receive as wecom
from bot.delivery.letters import Letter
from bot.fitting import fitted, parts_of
from bot.message import Room
from bot.web.shown import shown as on_page
from intents.respond import respond
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase

MORE = "更多"
"""What is said to read on."""

_MOST_PAGES = 8

Form = Literal["text", "markdown", "buttons", "page"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One message. `taps` are its buttons; `links` (words, address); `sources` stand apart."""

    form: Form
    text: str
    title: str = ""
    taps: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of its words."""
        return size(self.text)


@dataclass(frozen=True, slots=True)
class View:
    """`pages`: the messages of the reply, then of each time that the user wants to read on.
    `limit` is how many bytes one message may have, None where none is set."""

    channel: str
    limit: int | None
    pages: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class _Channel:
    room: Room | None
    show: Callable[[Reply], Shown]
    in_parts: bool = False
    """Whether a reply may come as several messages."""


def views(turn: Turn, kb: KnowledgeBase, now: datetime) -> list[View]:
    """What the user sees of the turn on each channel."""
    return [
        View(name, one.room.size if one.room else None, tuple(_pages(turn, one, kb, now)))
        for name, one in _CHANNELS.items()
    ]


def fitting(turn: Turn, channel: str) -> Turn:
    """The turn as the channel of that name carries it."""
    known = _CHANNELS.get(channel)
    return fitted(turn, known.room if known else None)


def _pages(
    turn: Turn, channel: _Channel, kb: KnowledgeBase, now: datetime
) -> Iterator[tuple[Shown, ...]]:
    for _ in range(_MOST_PAGES):
        turn = fitted(turn, channel.room)
        parts = [turn.reply]
        if channel.in_parts and channel.room:
            parts = parts_of(turn.reply, channel.room.size)
        yield tuple(map(channel.show, parts))
        if not turn.conversation.more:
            return
        turn = respond(turn.conversation, Said(MORE), kb, now)


def _in_wecom(reply: Reply) -> Shown:
    return Shown("text", wecom.words(reply))


def _in_wechat(reply: Reply) -> Shown:
    return Shown("text", wechat.words(reply))


def _in_kf(reply: Reply) -> Shown:
    content = kf.content_of(reply)
    if content["msgtype"] == "text":
        return Shown("text", content["text"]["content"])
    menu = content["msgmenu"]
    items: list[dict[str, Any]] = menu["list"]
    taps = tuple(one["click"]["content"] for one in items if one["type"] == "click")
    views = (one["view"] for one in items if one["type"] == "view")
    links = tuple((one["content"], one["url"]) for one in views)
    return Shown("buttons", menu.get("head_content", ""), taps=taps, links=links)


def _in_aibot(reply: Reply) -> Shown:
    letter = Letter(reply)
    body = aibot.card("", letter)
    if body is None:
        return Shown("markdown", aibot.words(letter))
    card = body["template_card"]
    taps = tuple(one["text"] for one in card["button_list"])
    return Shown("buttons", card["sub_title_text"], card["main_title"]["title"], taps)


def _in_dingtalk(reply: Reply) -> Shown:
    body = dingtalk.by_session(Letter(reply), {})
    if body["msgtype"] == "text":
        return Shown("text", body["text"]["content"])
    card = body["actionCard"]
    taps = tuple(button["title"] for button in card["btns"])
    return Shown("buttons", card["text"], card["title"], taps)


def _on_the_web(reply: Reply) -> Shown:
    page = on_page(reply)
    words = [block["text"] for block in page["blocks"] if block["kind"] == "words"]
    sources = [block["text"] for block in page["blocks"] if block["kind"] == "source"]
    return Shown("page", "\n".join(words), taps=tuple(page["options"]), sources=tuple(sources))


_CHANNELS: Mapping[str, _Channel] = {
    "wecom": _Channel(wecom.ROOM, _in_wecom),
    "wechat": _Channel(wechat.ROOM, _in_wechat),
    "kf": _Channel(KF, _in_kf, in_parts=True),
    "aibot": _Channel(AIBOT, _in_aibot),
    "dingtalk": _Channel(DINGTALK, _in_dingtalk),
    "web": _Channel(None, _on_the_web),
}
