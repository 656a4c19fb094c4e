"""A lease of `storage.leases`, as long as this process wants it and the database lets it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from bot.channels.intake import Pause
from storage import leases
from storage.database import Database

log = logging.getLogger(__name__)

LASTS = timedelta(seconds=10)
"""So long after a kill is nobody there."""
RENEWED = 3.0
"""Seconds: it may fail twice."""


class Lease:
    def __init__(
        self,
        db: Database,
        name: str,
        clock: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._db = db
        self._name = name
        self._clock = clock
        self._pause = pause
        self._owner = uuid4().hex

    async def hold(self) -> bool:
        """Whether it is ours for `LASTS` from now. Raises what the database raises."""
        async with self._db.transaction() as conn:
            return await leases.hold(conn, self._name, self._owner, self._clock(), LASTS)

    async def keep(self) -> None:
        """Renews it until it is lost: to another, or because the database was away too long."""
        held = self._clock()
        while True:
            await self._pause(RENEWED)
            try:
                if not await self.hold():
                    return
                held = self._clock()
            except Exception as error:  # a named border: whatever ails the database, it may pass
                log.warning("lease %s: %s", self._name, type(error).__name__)
                if self._clock() - held >= LASTS - timedelta(seconds=RENEWED):
                    return

    async def release(self) -> None:
        """So that another need not wait. What fails here, time mends."""
        try:
            async with self._db.transaction() as conn:
                await leases.release(conn, self._name, self._owner)
        except Exception as error:  # a named border, at shutdown
            log.warning("lease %s: not given back: %s", self._name, type(error).__name__)
