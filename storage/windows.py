"""Whom a platform lets us write to: until when, and how many messages more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import windows


@dataclass(frozen=True, slots=True)
class WindowRow:
    sender: str
    until: datetime
    left: int


async def open_(conn: AsyncConnection, rows: Sequence[WindowRow]) -> None:
    """They have just written: what was left before counts no more, unless it may be used for
    longer than what opens now. One row a sender."""
    if not rows:
        return
    statement = insert_into(conn, windows)
    new = {"until": statement.excluded.until, "left": statement.excluded.left}
    longer = statement.excluded.until >= windows.c.until
    upsert = statement.on_conflict_do_update(index_elements=["sender"], set_=new, where=longer)
    await conn.execute(upsert, [asdict(row) for row in rows])


async def use(conn: AsyncConnection, sender: str, at: datetime) -> bool:
    """Takes one message of what is left; False where there is none, or it is too late."""
    statement = update(windows).where(
        windows.c.sender == sender, windows.c.until > at, windows.c.left > 0
    )
    return bool((await conn.execute(statement.values(left=windows.c.left - 1))).rowcount)


async def shut(conn: AsyncConnection, sender: str, at: datetime) -> bool:
    """Whether the platform counts, and lets nobody write to them now."""
    statement = select(windows.c.sender).where(
        windows.c.sender == sender, or_(windows.c.until <= at, windows.c.left <= 0)
    )
    return (await conn.execute(statement)).first() is not None
