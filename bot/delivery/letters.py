"""What lies in the outbox: one message of a platform each, to and from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from intents.turn import Reply

REPLY, NOTE = "reply", "note"
"""The kinds of keys that the outbox itself knows; `digest`, `reminder` and others are pushes."""


def kind_of(key: str) -> str:
    """What a message is, without whose: keys are ``<kind>:<what names it>``."""
    return key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Letter:
    """`reply` fits into one message. `via`: see `bot.message.Route`; empty for what nobody has just
    asked for. `title` is shown in lists of chats. `markdown`: the text is in the subset that
    `bot.push.dialects` writes, not plain. `note` is the id of the note that it tells, which
    is told then, or with the next reply, and not twice."""

    reply: Reply
    via: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    markdown: bool = False
    note: int | None = None


_ADAPTER = TypeAdapter(Letter)


def to_json(letter: Letter) -> dict[str, Any]:
    stored: dict[str, Any] = _ADAPTER.dump_python(letter, mode="json", exclude_defaults=True)
    return stored


def from_json(stored: Mapping[str, Any]) -> Letter:
    """Raises pydantic.ValidationError for what `to_json` did not make."""
    return _ADAPTER.validate_python(dict(stored))
