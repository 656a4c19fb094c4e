"""What a message was answered with, to and from the JSON that is stored with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from intents.turn import Reply


@dataclass(frozen=True, slots=True)
class Answered:
    """`demand` is the id of the sender's demand that the message touched."""

    reply: Reply
    demand: int | None = None


_ADAPTER = TypeAdapter(Answered)


def to_json(answered: Answered) -> dict[str, Any]:
    stored: dict[str, Any] = _ADAPTER.dump_python(answered, mode="json", exclude_defaults=True)
    return stored


def from_json(stored: dict[str, Any]) -> Answered:
    """Raises pydantic.ValidationError for what `to_json` did not make."""
    return _ADAPTER.validate_python(stored)
