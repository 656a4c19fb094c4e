"""A reply made to fit what its platform carries; what does not fit waits behind 更多."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.render import size, split
from bot.message import Room
from intents.turn import Reply, Turn
from intents.wording.talk import more_hint

SHORTEST = 2048
"""Bytes of a message where the platform's own limit is not told: the least that any carries."""


def parts_of(reply: Reply, limit: int) -> list[Reply]:
    """The reply as messages of at most `limit` bytes each; options and links are in the last."""
    if size(reply.plain) <= limit:
        return [reply]
    reply = _cuttable(reply, limit)
    texts = split(reply.text, limit) or [""]
    if size(replace(reply, text=texts[-1]).plain) > limit:
        texts.append("")
    bare = replace(reply, options=(), links=(), file=None)
    return [
        *(replace(bare, text=text) for text in texts[:-1]),
        replace(reply, text=texts[-1]),
    ]


def fitted(turn: Turn, room: Room | None) -> Turn:
    """The turn whose reply needs no more parts than there are; the rest is the next page."""
    if room is None or len(parts_of(turn.reply, room.size)) <= room.parts:
        return turn
    reply = _cuttable(turn.reply, room.size)
    tail = size(replace(reply, text=f"\n{more_hint()}").plain)
    whole = _end_of(split(reply.text, room.size)[: room.parts - 1], reply.text)
    rest = reply.text[whole:]
    cut = whole + _end_of(split(rest, room.size - tail)[:1], rest)
    shown = f"{reply.text[:cut].rstrip()}\n{more_hint()}"
    waiting = [page for page in (reply.text[cut:].strip(), *turn.conversation.more) if page]
    return replace(
        turn,
        reply=replace(reply, text=shown),
        conversation=replace(turn.conversation, more=tuple(waiting)),
    )


def _cuttable(reply: Reply, limit: int) -> Reply:
    """Options and links that would fill half of a message are text like the rest, which may be
    cut; an option is still picked by its number."""
    if size(replace(reply, text="").plain) <= limit // 2:
        return reply
    return replace(reply, text=reply.plain, options=(), links=())


def _end_of(parts: list[str], text: str) -> int:
    """Where in the text the last of the parts ends, which follow one another in it."""
    end = 0
    for part in parts:
        end = text.index(part, end) + len(part)
    return end
