"""All demands are read, and open questions put into groups, while pages are served."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from aiohttp import web

from bot.console.visit import Console
from bot.staff.counter.reach import everywhere

log = logging.getLogger(__name__)

_AGAIN = 5.0
"""Seconds after which the database is asked again for what it could not give."""


def reading_ahead(console: Console) -> Callable[[web.Application], AsyncIterator[None]]:
    async def reading(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_read(console))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return reading


async def _read(console: Console) -> None:
    ledger, db, kb = console.ledger, console.db, console.current.kb
    more = True
    while more:
        try:
            await ledger.refresh(db, kb, console.clock())
            while await ledger.open_some(db, kb):
                pass
            await console.groups.of(db, everywhere(kb), kb)
            more = False
        except Exception as error:  # border: the database may be away for a while
            log.warning("demands cannot be read: %s", type(error).__name__)
            await asyncio.sleep(_AGAIN)
