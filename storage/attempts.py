"""Failed sign-ins: counted before the password is looked at, so that none slips through."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import attempts

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
_FORGOTTEN = timedelta(days=1)


async def begin(conn: AsyncConnection, free: Mapping[str, int], now: datetime) -> datetime | None:
    """Counts a try as failed, until `succeeded` says otherwise; None where it may be made.

    `free` says for each key (an account's, an address's) how many tries are free of waiting; then
    one waits a minute, and twice as long after each further one, an hour at most. Returns the
    moment until which to wait.
    """
    waits = select(func.max(attempts.c.until)).where(
        attempts.c.key.in_(list(free)), attempts.c.until > now
    )
    until: datetime | None = (await conn.execute(waits)).scalar()
    if until is not None:
        return until
    for key in sorted(free):  # one order for all workers, lest they wait for one another
        await _count(conn, key, free[key], now)
    return None


async def succeeded(conn: AsyncConnection, account: str, address: str) -> None:
    """The account's failures are over; of its address this one try was none."""
    await conn.execute(delete(attempts).where(attempts.c.key == account))
    fewer = update(attempts).where(attempts.c.key == address, attempts.c.failures > 0)
    await conn.execute(fewer.values(failures=attempts.c.failures - 1, until=None))


async def clear(conn: AsyncConnection, keys: Collection[str]) -> None:
    await conn.execute(delete(attempts).where(attempts.c.key.in_(list(keys))))


async def purge(conn: AsyncConnection, now: datetime) -> None:
    """Forgets what failed more than a day ago."""
    await conn.execute(delete(attempts).where(attempts.c.at < now - _FORGOTTEN))


async def _count(conn: AsyncConnection, key: str, free: int, now: datetime) -> None:
    statement = insert_into(conn, attempts).values(key=key, failures=1, at=now)
    old = attempts.c.at < now - _FORGOTTEN
    again = {"failures": case((old, 1), else_=attempts.c.failures + 1), "at": now}
    counted = statement.on_conflict_do_update(index_elements=["key"], set_=again)
    failures = (await conn.execute(counted.returning(attempts.c.failures))).scalar_one()
    if failures >= free:
        wait = min(_FIRST_WAIT * 2 ** min(failures - free, 10), _LONGEST_WAIT)
        until = update(attempts).where(attempts.c.key == key).values(until=now + wait)
        await conn.execute(until)
