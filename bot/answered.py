"""What a message was answered with, to and from the JSON that is stored with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from intents.turn import Event, Reply


@dataclass(frozen=True, slots=True)
class Answered:
    """`demand` is the id of the sender's demand that the message touched."""

    reply: Reply
    demand: int | None = None


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A message and its answer, as they are kept. `revision` is that of the knowledge base that
    answered; what was erased says nothing."""

    reply: Reply
    demand: int | None = None
    said: str = ""
    event: Event = "text"
    revision: int = 0

    @property
    def answered(self) -> Answered:
        return Answered(self.reply, self.demand)


_ADAPTER = TypeAdapter(PastTurn)


def to_json(turn: PastTurn) -> dict[str, Any]:
    stored: dict[str, Any] = _ADAPTER.dump_python(turn, mode="json", exclude_defaults=True)
    return stored


def from_json(stored: dict[str, Any]) -> PastTurn:
    """Raises pydantic.ValidationError for what `to_json` did not make."""
    return _ADAPTER.validate_python(stored)
