"""Messages that were taken, each once, with the reply that each was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import inbox
from storage.sealing import keyring_of

REPLY = "inbox.reply"

_REPLIES = select(inbox.c.key, inbox.c.reply).where(
    inbox.c.key.in_(bindparam("keys", expanding=True))
)
_TAKE = insert(inbox)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """`key` is ``channel:user id``, the message's; `reply` is what a repeat of it gets again."""

    key: str
    sender: str
    at: datetime
    reply: dict[str, Any]


async def replies(conn: AsyncConnection, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The stored reply of each key that was taken before."""
    found = await conn.execute(_REPLIES, {"keys": list(keys)})
    ring = keyring_of(conn)
    return {key: ring.open_json(reply, REPLY) for key, reply in found}


async def store(conn: AsyncConnection, rows: Sequence[InboxRow]) -> None:
    """Takes the messages. A key that another worker took ends the transaction with Conflict."""
    if rows:
        seal = keyring_of(conn).seal_json
        values = [
            {"key": r.key, "sender": r.sender, "at": r.at, "reply": seal(r.reply, REPLY)}
            for r in rows
        ]
        await conn.execute(_TAKE, values)


async def overwrite(conn: AsyncConnection, replies: Mapping[str, dict[str, Any]]) -> None:
    """Puts one reply in the place of all that a sender ever got: `replies` is by sender."""
    if replies:
        seal = keyring_of(conn).seal_json
        changes = [{"of": who, "reply": seal(reply, REPLY)} for who, reply in replies.items()]
        await conn.execute(update(inbox).where(inbox.c.sender == bindparam("of")), changes)


async def purge(conn: AsyncConnection, before: datetime) -> int:
    """Forgets messages of before `before`, which no platform repeats any more; how many."""
    return (await conn.execute(delete(inbox).where(inbox.c.at < before))).rowcount
