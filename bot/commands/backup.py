"""`zhixing backup --out FILE`: all that the database holds, while the server goes on working."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.care.files import FileProblem, written
from bot.settings import Settings, SettingsError
from bot.start import clock_of
from storage.backup import Backup, dump
from storage.database import Database, DatabaseError

BAD_INPUT = (SettingsError, DatabaseError, FileProblem)


def run(args: argparse.Namespace, settings: Settings) -> int:
    made = asyncio.run(_backup(args.out, settings))
    print(f"{args.out}: {made.total} rows of {made.head.at}")
    print(needed(made))
    return 0


def needed(made: Backup) -> str:
    """What else is wanted to read it, which is not in it."""
    if not made.head.keys:
        return "no data key has sealed anything in it"
    ids = ", ".join(made.head.keys)
    return f"sealed with the data key {ids}, which is NOT in it: keep the key elsewhere"


async def _backup(out: Path, settings: Settings) -> Backup:
    db = await Database.open(settings.database, create=False)
    try:
        with written(out) as lines:
            return await dump(db, lambda line: lines.write(f"{line}\n"), clock_of(settings)())
    finally:
        await db.close()
