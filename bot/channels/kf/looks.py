"""A reply as a message of 微信客服: text, or a menu to tap (WeCom path/94677, 95122).

Bytes of UTF-8: text 2048; of a menu the head 1024, ten items, 128 a tap, 1024 the words of a link
and 2048 its address.
"""

from __future__ import annotations

from typing import Any

from bot.channels.render import fit_one, harmless, naming_file, size
from intents.turn import Link, Reply

_TEXT, _HEAD, _TAP, _LABEL, _ADDRESS = 2048, 1024, 128, 1024, 2048
_ITEMS = 10


def content_of(reply: Reply) -> dict[str, Any]:
    """`msgtype`, and the member that it names. Options that no menu takes are numbered."""
    shown = harmless(naming_file(reply))
    if _fits_a_menu(shown):
        return {"msgtype": "msgmenu", "msgmenu": _menu(shown)}
    return {"msgtype": "text", "text": {"content": fit_one(shown, _TEXT)}}


def _fits_a_menu(reply: Reply) -> bool:
    return (
        0 < len(reply.options) <= _ITEMS - len(reply.links)
        and size(reply.text) <= _HEAD
        and all(0 < size(option) <= _TAP for option in reply.options)
        and all(_fits(link) for link in reply.links)
    )


def _fits(link: Link) -> bool:
    return 0 < size(link.label) <= _LABEL and size(link.url) <= _ADDRESS


def _menu(reply: Reply) -> dict[str, Any]:
    taps = [
        {"type": "click", "click": {"id": str(number), "content": option}}
        for number, option in enumerate(reply.options, 1)
    ]
    views = [
        {"type": "view", "view": {"url": link.url, "content": link.label}} for link in reply.links
    ]
    head = {"head_content": reply.text} if reply.text.strip() else {}
    return {**head, "list": [*taps, *views]}
