"""The server's nightly look for what is old enough to be erased."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime, time

from aiohttp import web

from bot.privacy.retention import purge
from bot.push.schedule import Timetable
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.start import Clock
from bot.workdays import EVERY_DAY
from storage.database import Database

log = logging.getLogger(__name__)

_AT = time(3, 40)
_EVERY_DAY = frozenset(range(1, 8))
ACTOR = "server"


def purging_ctx(
    settings: Settings, db: Database, clock: Clock
) -> Callable[[web.Application], AsyncIterator[None]]:
    """Purges each night while the application runs, and at its start after a night without it."""

    async def purging(_app: web.Application) -> AsyncIterator[None]:
        table = Timetable(_AT, settings.zone, weekdays=_EVERY_DAY, workdays=EVERY_DAY)
        days = settings.privacy.retention_days

        async def job(_run: datetime) -> None:
            await db.note_key()
            purged = await purge(db, clock(), days, ACTOR)
            if purged.total:
                log.info("erased what is older than %d days: %s", days, purged)

        task = asyncio.create_task(Scheduler(table, job, clock, name="purge").run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        with suppress(Exception):  # border: whatever ails the database, the server ends
            await db.note_key()

    return purging
