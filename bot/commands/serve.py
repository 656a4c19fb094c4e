"""`zhixing serve`: run the assistant until it is told to stop."""

from __future__ import annotations

import argparse

from bot.serve import ListenError, serve
from bot.settings import Settings, SettingsError
from knowledge.load import KnowledgeError
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, ListenError)


def run(_args: argparse.Namespace, settings: Settings) -> int:
    serve(settings)
    return 0
