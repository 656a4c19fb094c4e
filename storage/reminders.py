"""Deadlines of which senders want to be reminded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import reminders


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """`deadline` is its name in the knowledge base; `due` its day as it was told last, ISO."""

    sender: str
    deadline: str
    due: str
    at: datetime


_COLUMNS = [reminders.c[name] for name in ReminderRow.__dataclass_fields__]


async def add(conn: AsyncConnection, rows: Sequence[ReminderRow]) -> None:
    """What a sender is reminded of already stays as it is."""
    if rows:
        new = insert_into(conn, reminders).on_conflict_do_nothing(
            index_elements=["sender", "deadline"]
        )
        await conn.execute(new, [asdict(row) for row in rows])


async def remove(conn: AsyncConnection, pairs: Collection[tuple[str, str]]) -> None:
    """Pairs of a sender and a deadline."""
    if pairs:
        theirs = [
            and_(reminders.c.sender == sender, reminders.c.deadline == deadline)
            for sender, deadline in pairs
        ]
        await conn.execute(delete(reminders).where(or_(*theirs)))


async def move(conn: AsyncConnection, row: ReminderRow, due: str) -> None:
    """The sender knows the new day."""
    theirs = (reminders.c.sender == row.sender) & (reminders.c.deadline == row.deadline)
    await conn.execute(update(reminders).where(theirs).values(due=due))


async def blank(conn: AsyncConnection, senders: Collection[str]) -> None:
    """The senders are reminded of nothing any more."""
    if senders:
        await conn.execute(delete(reminders).where(reminders.c.sender.in_(list(senders))))


async def listing(conn: AsyncConnection) -> list[ReminderRow]:
    """All of them, in the order in which they came."""
    found = await conn.execute(select(*_COLUMNS).order_by(reminders.c.id))
    return [ReminderRow(**row) for row in found.mappings()]
