"""Which command which role may give: one table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from bot.staff.counter.commands import Name
from storage.staff import Role

Act = Name | Literal["transfer-away", "figures-of-all"]
"""A command, or what only some may do with one: hand a demand to a bureau outside one's regions,
count what others have done."""

_EVERYBODY: frozenset[Role] = frozenset({"clerk", "head", "admin"})
_HEADS: frozenset[Role] = frozenset({"head", "admin"})

MAY: Mapping[Act, frozenset[Role]] = MappingProxyType(
    {
        "todo": _EVERYBODY,
        "show": _EVERYBODY,
        "accept": _EVERYBODY,
        "return": _EVERYBODY,
        "match": _EVERYBODY,
        "close": _EVERYBODY,
        "reply": _EVERYBODY,
        "transfer": _EVERYBODY,
        "transfer-away": _HEADS,
        "note": _EVERYBODY,
        "open": _EVERYBODY,
        "answer": _EVERYBODY,
        "draft": _EVERYBODY,
        "figures": _EVERYBODY,
        "figures-of-all": _HEADS,
        "export": _HEADS,
        "activity": _EVERYBODY,
        "failed": _HEADS,
        "subscribe": _EVERYBODY,
        "unsubscribe": _EVERYBODY,
        "subscriptions": _EVERYBODY,
        "help": _EVERYBODY,
        "find": _EVERYBODY,
        "take": _EVERYBODY,
        "waiting": _EVERYBODY,
        "not": _EVERYBODY,
        "two": _EVERYBODY,
    }
)


def may(role: Role, act: Act) -> bool:
    return role in MAY[act]
