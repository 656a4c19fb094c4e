"""A desk over its database, opened together and closed in the right order."""

from __future__ import annotations

from contextlib import AsyncExitStack

from bot.current import Current
from bot.desk import Desk, Respond
from bot.start import Clock
from intents.respond import respond as shipped_respond
from storage.database import Database


async def open_desk(
    opened: AsyncExitStack,
    database: str,
    current: Current,
    clock: Clock,
    respond: Respond | None = None,
) -> tuple[Desk, Database]:
    """`opened` closes the desk, which finishes its work, and then the database.

    Raises DatabaseError.
    """
    db = await Database.open(database)
    opened.push_async_callback(db.close)
    desk = Desk(db, current, clock, respond or shipped_respond)
    opened.push_async_callback(desk.close)
    return desk, db
