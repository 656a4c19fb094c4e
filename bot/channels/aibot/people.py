"""Who somebody is to a 智能机器人: alone with it, or in one group.

Which characters an id may have is not documented, so a slash and a colon in one are escaped.
"""

from __future__ import annotations

from bot.channels.escaping import escaped, whole

NAME = "aibot"


def user_of(group: str | None, who: str, corporation: str | None = None) -> str:
    """The user of their sender's key.

    Members of another corporation, which is named then, must not pass for ours.
    """
    ids = (who,) if corporation is None else (corporation, who)
    named = ":".join(escaped(id_, ":") for id_ in ids)
    return named if group is None else f"{escaped(group, ':')}/{named}"


def chat_of(target: str) -> tuple[str, int]:
    """Where to write to the sender of that key, as aibot_send_msg has it (W101463): the chatid, and
    whether it is a member (1) or a group (2)."""
    chat, slash, _ = target.removeprefix(f"{NAME}:").partition("/")
    return whole(chat), 2 if slash else 1
