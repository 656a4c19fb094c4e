"""Who somebody is on DingTalk: alone with the robot, or in one group.

Ids of conversations are base64 and may hold a slash, which is therefore escaped.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.escaping import escaped, whole


@dataclass(frozen=True, slots=True)
class Place:
    """`conversation` is None where they are alone with the robot."""

    conversation: str | None
    who: str


def user_of(conversation: str | None, who: str) -> str:
    """The user of their sender's key."""
    named = escaped(who)
    return named if conversation is None else f"{escaped(conversation)}/{named}"


def place_of(user: str) -> Place:
    """What `user_of` was given."""
    conversation, slash, who = user.rpartition("/")
    return Place(whole(conversation) if slash else None, whole(who))
