"""The server's look, every half minute, for talks that have fallen silent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from bot.handover.silence import end_all
from bot.handover.telling import Wire
from storage.database import Database

log = logging.getLogger(__name__)

_EVERY = 30.0


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
