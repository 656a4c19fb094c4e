"""What each sender's conversation has come to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import conversations

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ABSENT: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class ConversationRow:
    sender: str
    state: dict[str, Any]
    at: datetime


async def load(conn: AsyncConnection, senders: Collection[str]) -> dict[str, dict[str, Any]]:
    """The state of each sender who has one; no other worker touches them until the commit.

    SQLite's transaction has the whole file. On PostgreSQL the rows are locked before they are
    read, in sorted order, so that two workers with the same senders cannot wait for each other.
    """
    ordered = sorted(set(senders))
    statement = select(conversations.c.sender, conversations.c.state)
    statement = statement.where(conversations.c.sender.in_(ordered))
    if conn.dialect.name == "postgresql" and ordered:
        await _make_lockable(conn, ordered)
        statement = statement.order_by(conversations.c.sender.collate("C")).with_for_update()
    return {sender: state for sender, state in await conn.execute(statement) if state != _ABSENT}


async def save(conn: AsyncConnection, rows: Sequence[ConversationRow]) -> None:
    """One row a sender."""
    if not rows:
        return
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(conversations)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=[conversations.c.sender], set_={"state": new.state, "at": new.at}
    )
    await conn.execute(
        statement, [{"sender": r.sender, "state": r.state, "at": r.at} for r in rows]
    )


async def _make_lockable(conn: AsyncConnection, ordered: Sequence[str]) -> None:
    """A row that is not there cannot be locked: an empty one stands for a new sender."""
    statement = postgresql.insert(conversations).on_conflict_do_nothing()
    empty = [{"sender": sender, "state": _ABSENT, "at": _LONG_AGO} for sender in ordered]
    await conn.execute(statement, empty)
