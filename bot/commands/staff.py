"""`zhixing staff`: who may handle demands by chat, besides those whom the settings name."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.account import actor
from bot.opening import open_database
from bot.settings import Settings, SettingsError, sender_key
from bot.staff import members
from bot.staff.regions import NoRegion, full_names
from bot.start import clock_of, knowledge_of
from knowledge.load import KnowledgeError
from storage import audit, staff
from storage.audit import AuditRow
from storage.database import DatabaseError
from storage.keys import key_of
from storage.sealing import SealError
from storage.staff import StaffRow


class NoStaff(ValueError):
    """`str` is one line: who cannot be put or taken, and why."""


BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, SealError, NoRegion, NoStaff)


def run(args: argparse.Namespace, settings: Settings) -> int:
    lines = asyncio.run(_run(args, settings))
    if lines:
        print(*lines, sep="\n")
    return 0


async def _run(args: argparse.Namespace, settings: Settings) -> list[str]:
    now = clock_of(settings)()
    row = _row(args, settings, now) if args.action == "add" else None
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=row is not None)
        async with db.transaction() as conn:
            if row:
                return await _add(conn, row, settings)
            if args.action == "remove":
                return await _remove(conn, key_of(args.sender), settings, now)
            return await _list(conn, settings, now)


def _row(args: argparse.Namespace, settings: Settings, now: datetime) -> StaffRow:
    try:
        sender = key_of(sender_key(args.sender))
    except ValueError as error:
        raise NoStaff(f"{args.sender!r}: {error}") from None
    name = args.name.strip()
    if not name:
        raise NoStaff("--name must not be empty")
    regions = full_names(args.region, knowledge_of(settings))
    return StaffRow(sender, name, args.role, regions, now)


async def _add(conn: AsyncConnection, row: StaffRow, settings: Settings) -> list[str]:
    _not_of_the_settings(row.sender, settings)
    await staff.put(conn, row)
    await _recorded(conn, row.at, f"put {_line(row)}")
    return [_line(row)]


async def _remove(
    conn: AsyncConnection, sender: str, settings: Settings, now: datetime
) -> list[str]:
    _not_of_the_settings(sender, settings)
    if not await staff.remove(conn, sender):
        raise NoStaff(f"{sender!r} is not on the staff: see zhixing staff list")
    await _recorded(conn, now, f"removed {sender}")
    return [f"removed {sender}"]


async def _list(conn: AsyncConnection, settings: Settings, now: datetime) -> list[str]:
    listed = members.listed(settings, now)
    return [
        f"{_line(row)}{'  (settings)' if row.sender in listed else ''}"
        for row in await members.everyone(conn, listed)
    ]


def _not_of_the_settings(sender: str, settings: Settings) -> None:
    """The settings win, so that a change in the database would change nothing."""
    if any(key_of(member.sender) == sender for member in settings.staff):
        raise NoStaff(f"{sender!r} is in the settings: change it there")


def _line(row: StaffRow) -> str:
    return f"{row.sender}  {row.name}  {row.role}  {'、'.join(row.regions) or '-'}"


async def _recorded(conn: AsyncConnection, at: datetime, detail: str) -> None:
    await audit.record(conn, [AuditRow(at, actor(), "staff", detail=detail)])
