"""`zhixing digest preview`, `zhixing digest push`: what staff are told, on a screen or at once."""

from __future__ import annotations

import argparse
import asyncio

from bot.settings import Settings, SettingsError
from bot.staff.commands import preview_digest, push_digest
from bot.start import clock_of
from knowledge.load import KnowledgeError
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    now = clock_of(settings)()
    if args.action == "preview":
        print(asyncio.run(preview_digest(settings, now)))
    else:
        print(*asyncio.run(push_digest(settings, now)), sep="\n")
    return 0
