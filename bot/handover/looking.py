"""The server's look, every half minute, for talks that have fallen silent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta

from aiohttp import web

from bot.handover.silence import end_all
from bot.handover.telling import Wire
from bot.settings import Settings
from storage.database import Database

log = logging.getLogger(__name__)

_EVERY = 30.0


def looking_ctx(
    settings: Settings,
    db: Database,
    clock: Callable[[], datetime],
    pushable: Collection[str],
    wake: Callable[[], None],
) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `app.cleanup_ctx`: looks while the application runs."""

    async def looking(_app: web.Application) -> AsyncIterator[None]:
        silence = timedelta(minutes=settings.handover.silence_minutes)
        task = asyncio.create_task(look_for_silence(db, clock, silence, pushable, wake))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return looking


async def look_for_silence(
    db: Database,
    clock: Callable[[], datetime],
    silence: timedelta,
    pushable: Collection[str],
    wake: Callable[[], None],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Never ends; cancel it. Any number of workers may look at once."""
    while True:
        try:
            async with db.transaction() as conn:
                ended = await end_all(Wire(conn, clock(), pushable), silence)
            if ended:
                wake()
        except Exception as error:  # border: the database may be away for a while
            log.error("silent talks: %s", type(error).__name__)
        await sleep(_EVERY)
