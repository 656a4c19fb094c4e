"""How the house stands, in numbers: nothing of what was written, nobody by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from storage.connection import AsyncConnection
from storage.outbox import ERASED
from storage.schema import outbox

STRUGGLING = 3
"""Attempts after which a message is no longer just late."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Of one channel's outbox. `overdue` is how long ago the first of what waits was due;
    `struggling` how many of it were tried `STRUGGLING` times; `dead` what was given up."""

    waiting: int = 0
    struggling: int = 0
    overdue: timedelta = timedelta(0)
    dead: int = 0


async def queues(
    conn: AsyncConnection, channels: Collection[str], now: datetime
) -> dict[str, Queue]:
    """By channel, each of `channels`."""
    waits = outbox.c.state == "waiting"
    statement = (
        select(
            outbox.c.channel,
            func.count(case((waits, 1))).label("waiting"),
            func.count(case((waits & (outbox.c.attempts >= STRUGGLING), 1))).label("struggling"),
            func.min(case((waits, outbox.c.due))).label("first"),
            func.count(case(((outbox.c.state == "dead") & (outbox.c.error != ERASED), 1))).label(
                "dead"
            ),
        )
        .where(outbox.c.channel.in_(list(channels)), outbox.c.state.in_(["waiting", "dead"]))
        .group_by(outbox.c.channel)
    )
    found = {
        row.channel: Queue(row.waiting, row.struggling, _since(row.first, now), row.dead)
        for row in await conn.execute(statement)
    }
    return {channel: found.get(channel, Queue()) for channel in channels}


def _since(first: datetime | None, now: datetime) -> timedelta:
    return max(now - first, timedelta(0)) if first else timedelta(0)
