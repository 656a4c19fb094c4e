"""What a channel hands to the desk: one message, freed of its platform's wrapping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intents.turn import Said


@dataclass(frozen=True, slots=True)
class Sender:
    """Who speaks, and where: one conversation each."""

    channel: str
    user: str

    @property
    def key(self) -> str:
        """The one string under which the conversation is stored: ``wecom:zhangsan``."""
        return f"{self.channel}:{self.user}"


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is unique within the channel: the platform's own, or made from its own fields."""

    id: str
    sender: Sender
    said: Said
    at: datetime
