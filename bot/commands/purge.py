"""`zhixing purge`: erases what is older than the settings allow, as the server does nightly."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack

from bot.account import actor
from bot.opening import open_database
from bot.privacy.retention import Purged, purge
from bot.settings import Settings, SettingsError
from bot.start import clock_of
from storage.database import Conflict, DatabaseError
from storage.sealing import SealError

BAD_INPUT = (SettingsError, DatabaseError, SealError, Conflict)


def run(args: argparse.Namespace, settings: Settings) -> int:
    purged = asyncio.run(_purge(settings))
    print(
        f"older than {settings.privacy.retention_days} days and erased:"
        f" {purged.demands} demands, {purged.questions} questions, {purged.notes} notes,"
        f" {purged.messages} messages, {purged.conversations} conversations"
    )
    return 0


async def _purge(settings: Settings) -> Purged:
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        return await purge(db, clock_of(settings)(), settings.privacy.retention_days, actor())
