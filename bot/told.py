"""What a sender must still be told, put before the reply to what they say next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.channels.render import size, split
from intents.turn import Turn
from intents.wording.steps import rest_hint

MOST = 1950
"""Bytes of UTF-8 where the platform sets no limit: more is not read at once."""

_LEAST = 600
"""Bytes that notes get even where the reply itself is long."""


def with_notes(turn: Turn, notes: Sequence[str], most: int = MOST) -> Turn:
    """All of the notes, then the reply; of long notes the rest follows when 更多 is asked for.

    `most` is how many bytes the platform carries in one message.
    """
    if not notes:
        return turn
    room = max(min(most, MOST) - size(turn.reply.plain), _LEAST)
    first, *rest = split("\n\n".join(notes), room)
    told = f"{first}\n{rest_hint()}" if rest else first
    return replace(
        turn,
        reply=replace(turn.reply, text=f"{told}\n\n{turn.reply.text}".rstrip()),
        conversation=replace(turn.conversation, more=(*rest, *turn.conversation.more)),
    )
