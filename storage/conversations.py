"""What each sender's conversation has come to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, exists, select

from storage import attention
from storage.connection import AsyncConnection
from storage.inserting import insert_for, insert_into
from storage.schema import conversations, notes, staff, tickets
from storage.sealing import keyring_of
from storage.tickets import OPEN

STATE = "conversations.state"

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ABSENT: dict[str, Any] = {}


@cache
def _upsert(dialect: str) -> Executable:
    statement = insert_for(dialect, conversations)
    new = {"state": statement.excluded.state, "at": statement.excluded.at}
    return statement.on_conflict_do_update(index_elements=["sender"], set_=new)


_LOAD = select(
    conversations.c.sender,
    conversations.c.state,
    exists().where(staff.c.sender == conversations.c.sender),
    exists().where(notes.c.sender == conversations.c.sender, notes.c.told.is_(None)),
    exists().where(tickets.c.sender == conversations.c.sender, tickets.c.state.in_(OPEN))
    | exists().where(tickets.c.staff == conversations.c.sender, tickets.c.state == "held"),
).where(conversations.c.sender.in_(bindparam("senders", expanding=True)))
_LOCK = _LOAD.order_by(conversations.c.sender.collate("C")).with_for_update(of=conversations)


@dataclass(frozen=True, slots=True)
class ConversationRow:
    sender: str
    state: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Met:
    """A sender: the state of their talk if there is one; whether they are on the staff, whether
    there is something that they must still be told, and whether they opened or hold a ticket."""

    state: dict[str, Any] | None
    staff: bool
    notes: bool
    ticket: bool


async def load(conn: AsyncConnection, senders: Collection[str]) -> dict[str, dict[str, Any]]:
    """The state of each sender who has one, as `meet`."""
    met = await meet(conn, senders)
    return {sender: one.state for sender, one in met.items() if one.state is not None}


async def meet(conn: AsyncConnection, senders: Collection[str]) -> dict[str, Met]:
    """Each of the senders; no other worker touches their conversations until the commit.

    One statement for all of it, but for those of whom there is no conversation yet.
    SQLite's transaction has the whole file. On PostgreSQL the rows are locked before they are
    read, in sorted order, so that two workers with the same senders cannot wait for each other.
    Raises SealError.
    """
    ordered = sorted(set(senders))
    statement = _LOAD
    if conn.dialect.name == "postgresql" and ordered:
        await _make_lockable(conn, ordered)
        statement = _LOCK
    keys = keyring_of(conn)
    met = {
        sender: Met(None if state == _ABSENT else keys.open_json(state, STATE), *flags)
        for sender, state, *flags in await conn.execute(statement, {"senders": ordered})
    }
    strangers = [sender for sender in ordered if sender not in met]
    if strangers:
        needed = await attention.of(conn, strangers)
        met |= {
            s: Met(None, s in needed.staff, s in needed.notes, s in needed.tickets)
            for s in strangers
        }
    return met


async def glance(conn: AsyncConnection, senders: Collection[str]) -> dict[str, dict[str, Any]]:
    """The state of each sender who has one, as it is now: others may be changing it."""
    keys, wanted = keyring_of(conn), conversations.c.sender.in_(list(senders))
    found = await conn.execute(select(conversations.c.sender, conversations.c.state).where(wanted))
    return {who: keys.open_json(state, STATE) for who, state in found if state != _ABSENT}


async def save(conn: AsyncConnection, rows: Sequence[ConversationRow]) -> None:
    """One row a sender."""
    if not rows:
        return
    seal = keyring_of(conn).seal_json
    values = [{"sender": r.sender, "state": seal(r.state, STATE), "at": r.at} for r in rows]
    await conn.execute(_upsert(conn.dialect.name), values)


async def idle(conn: AsyncConnection, before: datetime, limit: int) -> list[str]:
    """Senders, at most `limit`, who were last heard before `before`."""
    statement = select(conversations.c.sender).where(
        conversations.c.at < before, conversations.c.at > _LONG_AGO
    )
    return list((await conn.execute(statement.limit(limit))).scalars())


async def _make_lockable(conn: AsyncConnection, ordered: Sequence[str]) -> None:
    """A row that is not there cannot be locked: an empty one stands for a new sender."""
    empty = [{"sender": sender, "state": _ABSENT, "at": _LONG_AGO} for sender in ordered]
    await conn.execute(insert_into(conn, conversations).on_conflict_do_nothing(), empty)
