"""What a platform took, and later says that it could not deliver."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import outbox

_LOOKED_THROUGH = 200


async def note(
    conn: AsyncConnection, target: str, is_it: Callable[[str], bool], at: datetime, error: str
) -> bool:
    """Of the last messages that were sent to the target, the one whose key `is_it` was in vain:
    staff see it among what was given up. False where there is none."""
    statement = select(outbox.c.id, outbox.c.key).where(
        outbox.c.target == target, outbox.c.state == "sent"
    )
    last = await conn.execute(statement.order_by(outbox.c.id.desc()).limit(_LOOKED_THROUGH))
    found = next((row.id for row in last if is_it(row.key)), None)
    if found is not None:
        given_up = update(outbox).where(outbox.c.id == found)
        await conn.execute(given_up.values(state="dead", due=at, error=error))
    return found is not None
