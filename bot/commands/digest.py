"""`zhixing digest preview`, `zhixing digest push`: what staff are told, on a screen or at once."""

from __future__ import annotations

import argparse
import asyncio

from bot.push.previewing import NoReader, preview, push
from bot.settings import Settings, SettingsError
from bot.start import clock_of
from knowledge.load import KnowledgeError
from storage.database import DatabaseError
from storage.subscriptions import Kind

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, NoReader)


def run(args: argparse.Namespace, settings: Settings) -> int:
    kind: Kind = "weekly" if args.weekly else "daily"
    now = clock_of(settings)()
    if args.action == "preview":
        print(*asyncio.run(preview(settings, now, args.target, kind)), sep="\n\n")
    else:
        print(*asyncio.run(push(settings, now, args.target, kind)), sep="\n")
    return 0
