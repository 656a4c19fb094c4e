"""What the database holds in the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from storage.database import Database

_LOOK_AGAIN = 0.5
_STANDSTILL = 90.0
"""Seconds without a letter less after which nothing more is to be hoped for; a letter that a
killed worker had taken up waits most of a minute, and one person is told 30 things a minute."""


@dataclass(frozen=True, slots=True)
class Books:
    """`taken`: messages by sender. `submitted`: demands by sender and the sender's own number.
    `national`: the ids of those that staff are told of at once. `waiting`, `failed`: letters that
    did not go."""

    taken: dict[str, int]
    submitted: frozenset[tuple[str, int]]
    national: frozenset[int]
    calls: int
    waiting: int
    failed: int


async def opened(url: str) -> Books:
    """Once nothing more is to be sent."""
    db = await Database.open(url)
    try:
        await _all_sent(db)
        taken = await _rows(db, "SELECT sender, count(*) FROM inbox GROUP BY sender")
        submitted = await _rows(db, "SELECT sender, number FROM demands WHERE status = 'submitted'")
        told = await _rows(db, "SELECT id FROM demands WHERE status = 'submitted' AND national")
        [[calls]] = await _rows(db, "SELECT count(*) FROM tickets")
        states = await _rows(db, "SELECT state, count(*) FROM outbox GROUP BY state")
    finally:
        await db.close()
    letters = Counter({str(state): int(count) for state, count in states})
    return Books(
        taken={str(sender): int(count) for sender, count in taken},
        submitted=frozenset((str(sender), int(number)) for sender, number in submitted),
        national=frozenset(int(id_) for [id_] in told),
        calls=int(calls),
        waiting=letters["waiting"],
        failed=letters.total() - letters["waiting"] - letters["sent"],
    )


async def _all_sent(db: Database) -> None:
    least, still = -1, 0.0
    while still < _STANDSTILL:
        [[left]] = await _rows(db, "SELECT count(*) FROM outbox WHERE state = 'waiting'")
        if not left:
            return
        still = still + _LOOK_AGAIN if left == least else 0.0
        least = left
        await asyncio.sleep(_LOOK_AGAIN)


async def _rows(db: Database, statement: str) -> list[tuple[Any, ...]]:
    async with db.transaction() as conn:
        return [tuple(row) for row in await conn.execute(text(statement))]
