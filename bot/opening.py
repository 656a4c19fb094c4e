"""A desk over its database, opened one after the other and closed in the right order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AsyncExitStack

from bot import keys
from bot.counter import Counter
from bot.current import Current
from bot.desk import Desk, Respond
from bot.exports.places import reporters_of
from bot.handover.arranged import handover_of
from bot.push.at_once import AtOnce
from bot.push.subscribers import Subscribers
from bot.responding import respond as shipped_respond
from bot.settings import Settings
from bot.staff.counter.provided import Provided
from bot.staff.members import listed
from bot.start import Clock
from storage.database import Database


async def open_database(
    opened: AsyncExitStack, settings: Settings, *, create: bool = True
) -> Database:
    """The settings' database with its data keys; `opened` closes it.

    Where the settings name no key it is in a file, which is made for a database that nothing was
    sealed in yet. Raises DatabaseError.
    """
    url = settings.database
    db = await Database.open(url, create=create)
    opened.push_async_callback(db.close)
    ring = keys.given(settings)
    if ring is None:
        ring = keys.from_file(keys.key_file(url), make=not await db.sealed_with())
    await db.unlock(ring)
    return db


def open_desk(
    opened: AsyncExitStack,
    db: Database,
    current: Current,
    clock: Clock,
    settings: Settings,
    respond: Respond | None = None,
    wake: Callable[[], None] = lambda: None,
    pushable: Collection[str] = frozenset(),
) -> Desk:
    """`opened` closes the desk, which finishes its work, before the database.

    `pushable` names the channels whose people can be written to first: it may be filled later.
    """
    members, reporters = listed(settings, clock()), reporters_of(settings, current.kb)
    subscribers = Subscribers(settings)
    provided = Provided(
        settings.knowledge,
        settings.exports,
        members,
        reporters,
        pushable,
        handover_of(settings, subscribers),
        AtOnce(subscribers).announce,
        subscribers.given,
    )
    counter = Counter(members, provided)
    kept_days = settings.privacy.retention_days
    desk = Desk(db, current, clock, respond or shipped_respond, counter, kept_days, wake)
    opened.push_async_callback(desk.close)
    return desk
