"""Up to when each period was told: whoever ends one first tells it, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import cursors


@dataclass(frozen=True, slots=True)
class Ended:
    """`before` is when the period before this one ended; None for the first."""

    before: datetime | None


async def end(conn: AsyncConnection, name: str, until: datetime, since: datetime) -> Ended | None:
    """Ends a period of `name`, for this transaction alone.

    None where one ended at or after `since`: another worker, or an earlier run, tells it.
    """
    known = select(cursors.c.at).where(cursors.c.name == name)
    before: datetime | None = (await conn.execute(known.with_for_update())).scalar_one_or_none()
    if before is not None and before >= since:
        return None
    if before is None:
        new = insert_into(conn, cursors).values(name=name, cursor="", at=until)
        added = await conn.execute(new.on_conflict_do_nothing(index_elements=["name"]))
        return Ended(None) if added.rowcount else None
    await conn.execute(update(cursors).where(cursors.c.name == name).values(at=until))
    return Ended(before)


async def ended(conn: AsyncConnection, name: str) -> datetime | None:
    """When its last period ended."""
    known = select(cursors.c.at).where(cursors.c.name == name)
    at: datetime | None = (await conn.execute(known)).scalar_one_or_none()
    return at


async def forget(conn: AsyncConnection, name: str) -> None:
    """The next period of `name` is its first."""
    await conn.execute(delete(cursors).where(cursors.c.name == name))
