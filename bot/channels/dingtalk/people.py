"""Who somebody is on DingTalk: alone with the robot, or in one group.

Ids of conversations are base64 and may hold a slash, which is therefore escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Place:
    """`conversation` is None where they are alone with the robot."""

    conversation: str | None
    who: str


def user_of(conversation: str | None, who: str) -> str:
    """The user of their sender's key."""
    escaped = _escaped(who)
    return escaped if conversation is None else f"{_escaped(conversation)}/{escaped}"


def place_of(user: str) -> Place:
    """What `user_of` was given."""
    conversation, slash, who = user.rpartition("/")
    return Place(unquote(conversation) if slash else None, unquote(who))


def _escaped(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F")
