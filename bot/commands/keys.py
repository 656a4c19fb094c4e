"""`zhixing keys`: a fresh data key; and everything that is sealed, sealed anew."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack

from bot.account import actor
from bot.keys import new_key
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.start import clock_of
from storage import audit
from storage.audit import AuditRow
from storage.database import Conflict, DatabaseError
from storage.rotation import rotate
from storage.sealing import SealError

BAD_INPUT = (SettingsError, DatabaseError, SealError, Conflict)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "new":
        print(new_key())
    else:
        print(f"{asyncio.run(_rotate(settings))} rows sealed anew; older keys are needed no more")
    return 0


async def _rotate(settings: Settings) -> int:
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        rows = await rotate(db)
        async with db.transaction() as conn:
            at = clock_of(settings)()
            await audit.record(conn, [AuditRow(at, actor(), "rotate", detail=f"{rows} rows")])
        return rows
