"""What a channel hands to the desk: one message, freed of its platform's wrapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
class Room:
    """What the platform carries of one reply: `parts` messages of `size` bytes of UTF-8 each."""

    size: int
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Window:
    """What a message of theirs opens: so many messages of ours, for so long after its `at`."""

    sends: int
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Route:
    """That the reply cannot ride back on the request, but goes through the outbox.

    `via` is what the channel's courier needs of this message to answer it, as JSON: a session's
    address, a request's id.
    """

    via: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is unique within the channel: the platform's own, or made from its own fields.

    Without `room` a reply of any length is taken.
    """

    id: str
    sender: Sender
    said: Said
    at: datetime
    room: Room | None = None
    route: Route | None = None
    window: Window | None = None
