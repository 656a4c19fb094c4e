"""`zhixing activity`: what bureaus held for enterprises, recorded for the summary of results."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.account import actor
from bot.exports.order import CannotExport
from bot.exports.places import below, bureau_named
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.start import clock_of, knowledge_of
from intents.slots.choice import pick
from intents.wording import exports as wording
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import activities
from storage.activities import ActivityRow, StoredActivity
from storage.connection import AsyncConnection
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, CannotExport)

Work = Callable[[AsyncConnection], Awaitable[list[str]]]


def run(args: argparse.Namespace, settings: Settings) -> int:
    work = {"add": _add, "list": _list, "remove": _remove}[args.action]
    lines = asyncio.run(_in_database(work(args, settings), settings, create=args.action == "add"))
    if lines:
        print(*lines, sep="\n")
    return 0


async def _in_database(work: Work, settings: Settings, *, create: bool) -> list[str]:
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=create)
        async with db.transaction() as conn:
            return await work(conn)


def _add(args: argparse.Namespace, settings: Settings) -> Work:
    kb, now = knowledge_of(settings), clock_of(settings)()
    if args.times < 1 or args.enterprises < 0 or not args.what.strip() or not args.task.strip():
        raise CannotExport(wording.no_activity())
    row = ActivityRow(
        actor=actor(),
        bureau=bureau_named(args.bureau, kb).id if args.bureau else _own(kb),
        task=_key_task(args.task.strip(), kb),
        form=args.what.strip(),
        times=args.times,
        enterprises=args.enterprises,
        other=args.other.strip(),
        at=_noon(args.date, settings.zone) if args.date else now,
    )

    async def work(conn: AsyncConnection) -> list[str]:
        number = await activities.add(conn, row)
        return [wording.activity(number, row.task, row.form, row.times, row.enterprises)]

    return work


def _list(args: argparse.Namespace, settings: Settings) -> Work:
    kb, zone = knowledge_of(settings), settings.zone
    bureaus = below(kb, bureau_named(args.bureau, kb)) if args.bureau else None
    since = datetime.combine(args.since, time(), zone) if args.since else None
    past = args.until + timedelta(days=1) if args.until else None
    until = datetime.combine(past, time(), zone) if past else None

    async def work(conn: AsyncConnection) -> list[str]:
        found = await activities.listing(conn, bureaus=bureaus, since=since, until=until)
        return [_line(one, kb, zone) for one in found]

    return work


def _remove(args: argparse.Namespace, settings: Settings) -> Work:
    async def work(conn: AsyncConnection) -> list[str]:
        if not await activities.remove(conn, args.id):
            raise CannotExport(wording.unknown_activity(args.id))
        return [wording.activity_removed(args.id)]

    return work


def _line(one: StoredActivity, kb: KnowledgeBase, zone: ZoneInfo) -> str:
    bureau = kb.bureaus.get(one.bureau) if one.bureau else None
    day = one.at.astimezone(zone).date().isoformat()
    told = wording.activity(one.id, one.task, one.form, one.times, one.enterprises)
    parts = (day, bureau.short if bureau else one.bureau or "-", told, one.other)
    return "  ".join(part for part in parts if part)


def _key_task(said: str, kb: KnowledgeBase) -> str:
    """As the form in use prints it, where `said` tells which; else as it was said."""
    form = kb.form_notice().form if kb.has_form else None
    return (pick(said, form, asked=True) if form else None) or said


def _own(kb: KnowledgeBase) -> str | None:
    bureau = kb.bureaus.serving(kb.home) if kb.home else None
    return bureau.id if bureau else None


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), zone)
