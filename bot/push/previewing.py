"""A digest on a screen, or sent at once, for whoever asks on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from bot.opening import open_database
from bot.push.dialects import WECOM, dialect_of
from bot.push.digest_text import render
from bot.push.digests import frame_of, queue_extra, robots_of, so_far
from bot.push.subscribers import ROBOT, Subscriber, Subscribers
from bot.settings import Settings, SettingsError
from bot.staff.members import everyone, listed
from bot.start import knowledge_of
from knowledge.snapshot import KnowledgeBase
from storage.connection import AsyncConnection
from storage.database import Database
from storage.keys import key_of
from storage.subscriptions import Kind, SubscriptionRow


class NoReader(ValueError):
    """`str` is one line: whom no digest can be for."""


async def preview(
    settings: Settings, now: datetime, target: str | None = None, kind: Kind = "daily"
) -> list[str]:
    """The messages that the target would get now, a WeCom group's robot without one; nothing is
    stored or sent.

    Raises SettingsError, KnowledgeError, DatabaseError, NoReader.
    """
    kb = knowledge_of(settings)
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        async with db.snapshot() as conn:
            reader = await reader_of(conn, kb, settings, target, kind, now)
            digest = await so_far(conn, reader, now, settings)
    dialect = dialect_of(reader.target, robots_of(settings)) if target else WECOM
    return render(digest, frame_of(reader, dialect, settings))


async def push(
    settings: Settings, now: datetime, target: str | None = None, kind: Kind = "daily"
) -> Sequence[str]:
    """Puts it into the outbox, from which a running server sends it: for all robots without a
    target. Returns for whom.

    Raises SettingsError where there are none, and as above.
    """
    targets = [target] if target else sorted(robots_of(settings))
    if not targets:
        raise SettingsError("settings: digest.targets: names no robot")
    kb = knowledge_of(settings)
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        readers = [await _read(db, kb, settings, one, kind, now) for one in targets]
        for reader in readers:
            await queue_extra(db, reader, now, settings)
    return targets


async def _read(
    db: Database, kb: KnowledgeBase, settings: Settings, target: str, kind: Kind, now: datetime
) -> Subscriber:
    async with db.transaction() as conn:
        return await reader_of(conn, kb, settings, target, kind, now)


async def reader_of(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    settings: Settings,
    target: str | None,
    kind: Kind,
    now: datetime,
) -> Subscriber:
    """By the target's own subscription, else by what one would be. Raises NoReader."""
    if target is None:
        return Subscriber(SubscriptionRow(ROBOT, kind, now), None, kb)
    key = key_of(target)
    for reader in await Subscribers(settings).all(conn, kb, [kind]):
        if reader.target == key:
            return reader
    members = {row.sender: row for row in await everyone(conn, listed(settings, now))}
    if key not in members and key not in robots_of(settings):
        raise NoReader(f"{target!r} is neither on the staff nor a robot of the settings")
    return Subscriber(SubscriptionRow(key, kind, now), members.get(key), kb)
