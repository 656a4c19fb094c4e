"""`zhixing serve`: run the assistant until it is told to stop."""

from __future__ import annotations

import argparse

from bot import unverified  # noqa: F401  (before aiohttp is)
from bot.serve import ListenError, serve, serve_on, serve_with
from bot.settings import Settings, SettingsError
from knowledge.load import KnowledgeError
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, ListenError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    workers = args.workers or settings.workers
    if args.socket is not None:
        serve_on(settings, args.socket)
    elif workers > 1:
        given = ["--settings", str(args.settings)] if args.settings else []
        return serve_with(settings, workers, [*given, "serve"])
    else:
        serve(settings)
    return 0
