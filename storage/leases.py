"""Who alone does a thing: one worker at a time holds a lease, the others stand by."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import leases


async def hold(
    conn: AsyncConnection, name: str, owner: str, now: datetime, for_: timedelta
) -> bool:
    """Takes the lease, or keeps it: True if it is `owner`'s until `now + for_`.

    It is free once it was released, or its time is over, by the clock of who asks: `for_` must be
    much longer than the workers' clocks may differ. One that lasts far longer than `for_` is of a
    clock that has been set back since, and free too.
    """
    statement = insert_into(conn, leases).values(name=name, owner=owner, until=now + for_)
    new = {"owner": statement.excluded.owner, "until": statement.excluded.until}
    over = (leases.c.until <= now) | (leases.c.until > now + 2 * for_)
    free = (leases.c.owner == owner) | over
    upsert = statement.on_conflict_do_update(index_elements=["name"], set_=new, where=free)
    found = await conn.execute(upsert.returning(leases.c.owner))
    return bool(found.scalar_one_or_none() == owner)


async def release(conn: AsyncConnection, name: str, owner: str) -> None:
    """The next who asks gets it; what is somebody else's by now is left alone."""
    await conn.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
