"""What a sender must still be told, put before the reply to what they say next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.channels.render import size, split
from intents.turn import Turn
from intents.wording.steps import rest_hint

_ROOM = 1950
"""Bytes of UTF-8: what the platform with the shortest messages carries, less a few."""

_LEAST = 600
"""Bytes that notes get even where the reply itself is long."""


def with_notes(turn: Turn, notes: Sequence[str]) -> Turn:
    """All of the notes, then the reply; of long notes the rest follows when 更多 is asked for."""
    if not notes:
        return turn
    room = max(_ROOM - size(turn.reply.plain), _LEAST)
    first, *rest = split("\n\n".join(notes), room)
    told = f"{first}\n{rest_hint()}" if rest else first
    return replace(
        turn,
        reply=replace(turn.reply, text=f"{told}\n\n{turn.reply.text}".rstrip()),
        conversation=replace(turn.conversation, more=(*rest, *turn.conversation.more)),
    )
