"""A desk over its database, opened one after the other and closed in the right order."""

from __future__ import annotations

from contextlib import AsyncExitStack

from bot.current import Current
from bot.desk import Desk, Respond
from bot.start import Clock
from intents.respond import respond as shipped_respond
from storage.database import Database


async def open_database(opened: AsyncExitStack, url: str) -> Database:
    """`opened` closes it. Raises DatabaseError."""
    db = await Database.open(url)
    opened.push_async_callback(db.close)
    return db


def open_desk(
    opened: AsyncExitStack,
    db: Database,
    current: Current,
    clock: Clock,
    respond: Respond | None = None,
) -> Desk:
    """`opened` closes the desk, which finishes its work, before the database."""
    desk = Desk(db, current, clock, respond or shipped_respond)
    opened.push_async_callback(desk.close)
    return desk
