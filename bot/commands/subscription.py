"""`zhixing subscription`: who is pushed what, besides those whom the settings name."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from datetime import datetime

from bot.account import actor
from bot.opening import open_database
from bot.push.digests import robots_of
from bot.push.subscribers import Subscribers
from bot.settings import Settings, SettingsError, sender_key
from bot.staff.members import everyone, listed
from bot.staff.regions import NoRegion, full_names
from bot.start import clock_of, knowledge_of
from knowledge.late import late
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import audit, subscriptions
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.database import DatabaseError
from storage.keys import key_of
from storage.sealing import SealError
from storage.subscriptions import SubscriptionRow


class NoSubscription(ValueError):
    """`str` is one line: what cannot be subscribed to or given up, and why."""


BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, SealError, NoRegion, NoSubscription)

_TIMED = ("daily", "weekly", "deadline")
_USUAL = "09:00"
_TIME = late(r"([01]\d|2[0-3]):[0-5]\d")


def run(args: argparse.Namespace, settings: Settings) -> int:
    lines = asyncio.run(_run(args, settings))
    if lines:
        print(*lines, sep="\n")
    return 0


async def _run(args: argparse.Namespace, settings: Settings) -> list[str]:
    now = clock_of(settings)()
    row = _row(args, knowledge_of(settings), now) if args.action == "add" else None
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=row is not None)
        async with db.transaction() as conn:
            if row:
                return await _add(conn, row, settings)
            if args.action == "remove":
                return await _remove(conn, args, now)
            return await _list(conn, settings)


def _row(args: argparse.Namespace, kb: KnowledgeBase, now: datetime) -> SubscriptionRow:
    if args.at and not _TIME.fullmatch(args.at):
        raise NoSubscription(f"--at {args.at}: is no time of day like 08:30")
    if args.weekday is not None and not 1 <= args.weekday <= 7:
        raise NoSubscription("--weekday must be 1 (Monday) to 7")
    regions = full_names(args.region, kb)
    tasks = tuple(task.strip() for task in args.task if task.strip())
    return SubscriptionRow(
        _target(args.target), args.kind, now, args.at, args.weekday, regions, tasks, args.empty
    )


def _target(said: str) -> str:
    try:
        return key_of(sender_key(said))
    except ValueError as error:
        raise NoSubscription(f"{said!r}: {error}") from None


async def _add(conn: AsyncConnection, row: SubscriptionRow, settings: Settings) -> list[str]:
    members = {one.sender for one in await everyone(conn, listed(settings, row.at))}
    if row.target not in members and row.target not in robots_of(settings):
        raise NoSubscription(f"{row.target!r} is neither on the staff nor a robot of the settings")
    await subscriptions.put(conn, row)
    await _recorded(conn, row.at, f"put {_line(row)}")
    return [_line(row)]


async def _remove(conn: AsyncConnection, args: argparse.Namespace, now: datetime) -> list[str]:
    target = _target(args.target)
    gone = await subscriptions.remove(conn, target, [args.kind] if args.kind else None)
    if not gone:
        raise NoSubscription(f"{target!r} has no such subscription: see zhixing subscription list")
    await _recorded(conn, now, f"removed {target} {' '.join(gone)}")
    return [f"removed {target}  {kind}" for kind in gone]


async def _list(conn: AsyncConnection, settings: Settings) -> list[str]:
    stored = await subscriptions.listing(conn)
    known = {(row.target, row.kind) for row in stored}
    given = [row for row in Subscribers(settings).given if (row.target, row.kind) not in known]
    return [*map(_line, stored), *(f"{_line(row)}  (settings)" for row in given)]


def _line(row: SubscriptionRow) -> str:
    when = (row.time or _USUAL) if row.kind in _TIMED else ""
    day = f"weekday {row.weekday or 1}" if row.kind == "weekly" else ""
    parts = (when, day, "、".join(row.regions), "、".join(row.tasks), "empty" if row.empty else "")
    return "  ".join([row.target, row.kind, *filter(None, parts)])


async def _recorded(conn: AsyncConnection, at: datetime, detail: str) -> None:
    await audit.record(conn, [AuditRow(at, actor(), "subscription", detail=detail)])
