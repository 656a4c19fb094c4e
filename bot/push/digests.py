"""A subscriber's digest as letters in the outbox, once a period whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count

from bot.delivery.letters import Letter, to_json
from bot.platforms.robots import RobotKind
from bot.push.dialects import Dialect, dialect_of
from bot.push.digest import Digest
from bot.push.digest_text import Frame, render, title
from bot.push.gathering import digest_for
from bot.push.schedule import Timetable, last_run, run_before
from bot.push.subscribers import ROBOT, Subscriber
from bot.settings import Settings
from bot.workdays import workdays_of
from intents.turn import Reply
from intents.wording import digest as say
from storage import outbox, periods
from storage.connection import AsyncConnection
from storage.database import Conflict, Database
from storage.keys import key_of
from storage.outbox import OutboxRow
from storage.subscriptions import period


async def queue(
    db: Database, reader: Subscriber, table: Timetable, run: datetime, settings: Settings
) -> bool:
    """Puts the digest of the period that ends with `run` into the outbox, if this is the first to
    do so; its period begins where the last told one ended.

    False where there is nothing to tell, or it was told. Raises Conflict where another told one
    meanwhile.
    """
    name = period(reader.row.kind, reader.target)
    async with db.snapshot() as conn:  # nobody waits while it is read
        told = await periods.ended(conn, name)
        if told is not None and told >= table.begins(run):
            return False
        digest = await digest_for(conn, reader, told or run_before(run, table), run)
    async with db.transaction() as conn:
        ended = await periods.end(conn, name, run, table.begins(run))
        if ended is None:
            return False
        if ended.before != told:
            raise Conflict("another digest was told meanwhile")
        if digest.empty and not reader.row.empty:
            return False
        key = f"digest:{reader.row.kind}:{run.date().isoformat()}:{reader.target}"
        await outbox.add(conn, letters_of(digest, reader, settings, key))
    return True


async def queue_extra(db: Database, reader: Subscriber, now: datetime, settings: Settings) -> None:
    """Puts what has come so far into the outbox; the digest that is due tells it all the same."""
    async with db.snapshot() as conn:
        digest = await so_far(conn, reader, now, settings)
    async with db.transaction() as conn:
        key = f"digest:{digest.at:%Y-%m-%dT%H:%M:%S}:{reader.target}"
        await outbox.add(conn, letters_of(digest, reader, settings, key))


async def so_far(
    conn: AsyncConnection, reader: Subscriber, now: datetime, settings: Settings
) -> Digest:
    """What has come since the reader's last digest."""
    table = reader.timetable(workdays_of(settings), settings)
    told = await periods.ended(conn, period(reader.row.kind, reader.target))
    since = told or last_run(now, table) or run_before(now, table)
    return await digest_for(conn, reader, since, now.astimezone(settings.zone))


def letters_of(digest: Digest, reader: Subscriber, settings: Settings, key: str) -> list[OutboxRow]:
    """In one queue, so that they come in their order."""
    dialect = dialect_of(reader.target, robots_of(settings))
    called = title(digest, weekly=reader.row.kind == "weekly")
    texts = render(digest, frame_of(reader, dialect, settings))
    return [
        letter(name, reader.target, called, text, dialect, digest.at, outbox.joined(reader.regions))
        for name, text in zip(_keys(key), texts, strict=False)
    ]


def _keys(key: str) -> Iterator[str]:
    """That of the first part, of the second …"""
    yield key
    yield from (f"{key}:{place}" for place in count(2))


def letter(
    key: str,
    target: str,
    called: str,
    text: str,
    dialect: Dialect,
    due: datetime,
    region: str | None,
) -> OutboxRow:
    """One push to staff."""
    words = Letter(Reply("command", text), title=called, markdown=dialect.markdown)
    channel = target.partition(":")[0]
    return OutboxRow(key_of(key), target, to_json(words), due, channel, target, region)


def frame_of(reader: Subscriber, dialect: Dialect, settings: Settings) -> Frame:
    regions, tasks = "、".join(reader.row.regions), "、".join(reader.row.tasks)
    return Frame(
        dialect,
        here=not reader.target.startswith(ROBOT),
        weekly=reader.row.kind == "weekly",
        scope=say.narrowed(regions, tasks) if regions or tasks else "",
        link=settings.public_url,
    )


def robots_of(settings: Settings) -> Mapping[str, RobotKind]:
    """The kind of each group's robot, by its target."""
    return {f"{ROBOT}{target.name}": target.kind for target in settings.digest.targets}
