"""`zhixing audit list`: who looked at, changed or was refused what."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import date, datetime, time

from bot.jsonl import dumped_list
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from storage import audit
from storage.audit import StoredAudit
from storage.database import DatabaseError
from storage.sealing import SealError

BAD_INPUT = (SettingsError, DatabaseError, SealError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    found = asyncio.run(_stored(settings, args.since, args.demand))
    lines = [_as_json(found, settings)] if args.json else [_line(a, settings) for a in found]
    print(*lines, sep="\n", end="\n" if lines else "")
    return 0


async def _stored(settings: Settings, day: date | None, demand: int | None) -> list[StoredAudit]:
    since = datetime.combine(day, time(), settings.zone) if day else None
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            return await audit.listing(conn, since=since, demand=demand)


def _as_json(found: list[StoredAudit], settings: Settings) -> str:
    return dumped_list(
        [asdict(one) | {"at": one.at.astimezone(settings.zone).isoformat()} for one in found]
    )


def _line(one: StoredAudit, settings: Settings) -> str:
    at = one.at.astimezone(settings.zone).strftime("%Y-%m-%d %H:%M:%S")
    of = f"demand {one.demand}" if one.demand is not None else "-"
    return f"{one.id}  {at}  {one.actor}  {one.act}  {of}  {one.detail}".rstrip()
