"""How fast may be sent: each send of the last hours by its target, and what that leaves room for.

Counted in the database, so that all workers together keep to a platform's rates.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete, insert, select, text

from storage.connection import AsyncConnection
from storage.schema import sends

UNSURE = timedelta(seconds=10)
"""So much later than it was counted a send may arrive: spans are held to be that much longer."""

_LOCKS = 0x70616365  # "pace"
_HOLD = text(
    "SELECT target FROM unnest(CAST(:targets AS text[])) AS target"
    " WHERE pg_try_advisory_xact_lock(hashtextextended(target, :locks))"
)


class Rate(Protocol):
    """At most `number` sends to one target in any span of `per`."""

    @property
    def number(self) -> int: ...
    @property
    def per(self) -> timedelta: ...


def free_at(times: Sequence[datetime], rates: Sequence[Rate], now: datetime) -> datetime:
    """From when one more may be sent, `now` or later; `times` are the sends so far, in order."""
    turns = [times[-rate.number] + rate.per + UNSURE for rate in rates if len(times) >= rate.number]
    return max([now, *turns])


async def admit(
    conn: AsyncConnection, targets: Sequence[str], rates: Sequence[Rate], now: datetime
) -> list[datetime | None]:
    """For a send to each of the targets, in their order: from when it may be made.

    `now` is at once; it counts from then on. None: another worker is just counting that target.
    """
    if not rates or not targets:
        return [now] * len(targets)
    mine = await _held(conn, set(targets))
    oldest = now - max(rate.per for rate in rates) - UNSURE
    times = await _between(conn, mine, oldest, now + UNSURE)
    turns: list[datetime | None] = []
    for target in targets:
        turn = free_at(times[target], rates, now) if target in times else None
        if turn == now:
            times[target].append(now)
        turns.append(turn)
    new = [t for t, turn in zip(targets, turns, strict=True) if turn == now]
    await conn.execute(delete(sends).where(sends.c.target.in_(mine), sends.c.at <= oldest))
    if new:
        await conn.execute(insert(sends), [{"target": target, "at": now} for target in new])
    return turns


async def forget(conn: AsyncConnection, before: datetime) -> None:
    """What is older counts for no rate."""
    await conn.execute(delete(sends).where(sends.c.at < before))


async def _held(conn: AsyncConnection, targets: Collection[str]) -> list[str]:
    """Those of the targets that no other worker counts before the commit; never waits."""
    if conn.dialect.name == "sqlite":
        return list(targets)  # one writer at a time
    given = {"targets": sorted(targets), "locks": _LOCKS}
    return list((await conn.execute(_HOLD, given)).scalars())


async def _between(
    conn: AsyncConnection, targets: Collection[str], oldest: datetime, newest: datetime
) -> dict[str, list[datetime]]:
    """What is newer was counted by a clock that has been set back since."""
    times: dict[str, list[datetime]] = {target: [] for target in targets}
    statement = select(sends.c.target, sends.c.at).where(
        sends.c.target.in_(list(targets)), sends.c.at > oldest, sends.c.at <= newest
    )
    for target, at in await conn.execute(statement.order_by(sends.c.at, sends.c.id)):
        times[target].append(at)
    return times
