"""`zhixing chat`: talk to the assistant in this terminal."""

from __future__ import annotations

import argparse

from bot.settings import Settings, SettingsError
from bot.terminal import run_chat
from knowledge.load import KnowledgeError
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError)


def run(_args: argparse.Namespace, settings: Settings) -> int:
    run_chat(settings)
    return 0
