"""`zhixing staff`: who handles demands, besides those whom the settings name; who may sign in."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from datetime import datetime

from bot.account import actor
from bot.console.opening import give_password
from bot.opening import open_database
from bot.settings import Settings, SettingsError, sender_key
from bot.staff import members
from bot.staff.regions import NoRegion, full_names
from bot.start import clock_of, knowledge_of
from knowledge.load import KnowledgeError
from storage import accounts, audit, staff
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.database import DatabaseError
from storage.keys import key_of
from storage.sealing import SealError
from storage.staff import StaffRow

_LONGEST_NAME = 60


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
                return await _add(conn, row, settings, args.console)
            if args.action == "password":
                return await _password(conn, args.who, settings, now)
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


async def _add(
    conn: AsyncConnection, row: StaffRow, settings: Settings, console: str | None
) -> list[str]:
    """`console` is the name with which they sign in, "" for the usual one, None for nobody."""
    _not_of_the_settings(row.sender, settings)
    await staff.put(conn, row)
    await _recorded(conn, row.at, f"put {_line(row)}")
    told = [] if console is None else await _let_in(conn, row.sender, console, row.at)
    return [_line(row), *told]


async def _password(
    conn: AsyncConnection, who: str, settings: Settings, now: datetime
) -> list[str]:
    """`who` is the name of an account, or a member of staff, who may have none yet."""
    account = await accounts.find(conn, who.lower())
    sender = account.staff if account else key_of(who)
    known = members.listed(settings, now)
    if sender not in known and not await staff.of(conn, [sender]):
        raise NoStaff(f"{who!r} is nobody's account, and not on the staff: see zhixing staff list")
    return await _let_in(conn, sender, "", now)


async def _let_in(conn: AsyncConnection, sender: str, name: str, now: datetime) -> list[str]:
    wanted = (name or sender.partition(":")[2]).strip().lower()
    if not wanted or len(wanted) > _LONGEST_NAME:
        raise NoStaff(f"{wanted!r} is no name to sign in with: give one with --console NAME")
    given = await give_password(conn, sender, wanted, now)
    if given is None:
        raise NoStaff(f"{wanted!r} signs in already: give another name with --console NAME")
    await _recorded(conn, now, f"password {sender}")
    return ["console: name {}, one-time password {}".format(*given)]


async def _remove(
    conn: AsyncConnection, sender: str, settings: Settings, now: datetime
) -> list[str]:
    _not_of_the_settings(sender, settings)
    if not await staff.remove(conn, sender):
        raise NoStaff(f"{sender!r} is not on the staff: see zhixing staff list")
    await accounts.remove_of(conn, sender)
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
