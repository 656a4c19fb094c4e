"""`zhixing restore FILE`: a backup into an empty database, SQLite or PostgreSQL."""

from __future__ import annotations

import argparse
import asyncio

from bot.care.files import FileProblem, lines_of
from bot.settings import Settings, SettingsError
from storage.database import DatabaseError
from storage.restore import BackupError, restore

BAD_INPUT = (SettingsError, DatabaseError, FileProblem, BackupError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    made = asyncio.run(restore(settings.database, lines_of(args.file)))
    print(f"{args.file}: {made.total} rows of {made.head.at} restored")
    for id_ in made.head.keys:
        print(f"the server needs the data key {id_} now: in the settings, or in the key file")
    return 0
