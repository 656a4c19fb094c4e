"""Who somebody is to a 智能机器人: alone with it, or in one group."""

from __future__ import annotations

NAME = "aibot"


def user_of(group: str | None, who: str) -> str:
    """The user of their sender's key; neither id has a slash (see `messages`)."""
    return who if group is None else f"{group}/{who}"


def chat_of(target: str) -> tuple[str, int]:
    """Where to write to the sender of that key, as aibot_send_msg has it (W101463): the chatid, and
    whether it is a member (1) or a group (2)."""
    chat, slash, _ = target.removeprefix(f"{NAME}:").partition("/")
    return chat, 2 if slash else 1
