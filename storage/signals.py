"""What one worker tells all others at once: PostgreSQL's LISTEN and NOTIFY.

A signal is heard after the commit of what sent it, by whoever listens then, and by nobody else: it
spares others a wait, and nothing may depend on it. SQLite has none; who waits there looks again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from storage.connection import AsyncConnection
from storage.database import Database

log = logging.getLogger(__name__)

PUBLISHED = "published"
"""There is a new revision of the knowledge base."""

_CHANNEL = "zhixing"
_PULSE = 30.0
"""Seconds between two looks at whether the connection still stands."""
_AGAIN = 1.0


async def send(conn: AsyncConnection, signal: str) -> None:
    """With the commit; nothing on SQLite."""
    if conn.dialect.name == "postgresql":
        await conn.execute(select(func.pg_notify(_CHANNEL, signal)))


class Listener:
    """Calls `heard` with each signal, on a connection of its own. `listens` tells whether it
    hears now; what was sent while it did not is lost, so `heard` is called with "" as it begins."""

    def __init__(self, db: Database, heard: Callable[[str], None]) -> None:
        self._db = db
        self._heard = heard
        self.listens = False

    async def run(self) -> None:
        """Never ends; cancel it. On SQLite it hears nothing."""
        if self._db.dialect != "postgresql":
            await asyncio.Event().wait()
        while True:
            try:
                await self._listen()
            except Exception as error:  # border: the database may be away for a while
                if self.listens:
                    log.warning("signals are not heard: %s", type(error).__name__)
            finally:
                self.listens = False
            await asyncio.sleep(_AGAIN)

    async def _listen(self) -> None:
        """Until the connection breaks; then it raises what the database raised."""
        async with self._db.apart() as connection:
            ended = asyncio.Event()
            connection.add_termination_listener(lambda _connection: ended.set())
            await connection.add_listener(_CHANNEL, self._told)
            self.listens = True
            self._heard("")
            while not ended.is_set():
                try:
                    async with asyncio.timeout(_PULSE):
                        await ended.wait()
                except TimeoutError:
                    await connection.execute("SELECT 1")

    def _told(self, _connection: Any, _pid: int, _channel: str, signal: str) -> None:
        self._heard(signal)
