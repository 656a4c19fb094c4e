"""A message that was answered, before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from bot.known import Known
from bot.message import Message
from intents.turn import Turn


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn, and whose: the keys of the message and of its sender, what was known of them."""

    key: str
    sender: str
    message: Message
    known: Known
    turn: Turn

    @property
    def channel(self) -> str:
        return self.message.sender.channel
