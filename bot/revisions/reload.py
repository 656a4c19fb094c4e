"""A running server takes up what was published, between two messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from bot.beside import beside
from bot.current import Current
from bot.desk import Respond
from bot.responding import forget
from bot.revisions.served import Revision, knowledge_in, newest_revision
from bot.settings import Settings, SettingsError
from bot.settling import settle
from bot.warm import warm
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage import revisions
from storage.database import Database
from storage.signals import Listener

log = logging.getLogger(__name__)

EVERY, WITH_SIGNALS = 0.5, 5.0
"""Seconds between two looks at the newest number; while publishing is heard, it is in time."""


class Reloader:
    """Follows the newest revision; what cannot be loaded leaves the old one serving."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        current: Current,
        clock: Callable[[], datetime],
        respond: Respond,
    ) -> None:
        self._settings = settings
        self._db = db
        self._current = current
        self._clock = clock
        self._respond = respond
        self._seen = current.revision
        self._away = False
        self._published = asyncio.Event()
        self._listener = Listener(db, self._heard)

    async def run(self) -> None:
        """Never ends; cancel it."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listener.run())
            await self._follow()

    async def _follow(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(WITH_SIGNALS if self._listener.listens else EVERY):
                    await self._published.wait()
            self._published.clear()
            try:
                await self.look()
                self._away = False
            except Exception as error:  # border: the database may be away for a while
                if not self._away:
                    log.error("revisions cannot be read: %s", type(error).__name__)
                self._away = True

    def _heard(self, _signal: str) -> None:
        self._published.set()

    async def look(self) -> None:
        """Serves the newest revision, if there is one that was not tried yet."""
        async with self._db.transaction() as conn:
            newest = await revisions.newest(conn)
        if newest <= self._seen:
            return
        revision = await newest_revision(self._db)
        self._seen = revision.number
        try:
            kb = await beside(lambda: self._built(revision))
        except Exception as error:  # border: the old one goes on serving
            known = isinstance(error, KnowledgeError | SettingsError)
            why = str(error) if known else type(error).__name__
            log.error("revision %d is not served: %s", revision.number, why)
        else:
            self._serve(kb, revision.number)

    def _built(self, revision: Revision) -> KnowledgeBase:
        ready = self._current.ready
        if ready is not None and ready.texts == revision.texts:
            return ready.kb
        kb = knowledge_in(self._settings, revision)
        warm(kb, self._respond, self._clock())
        return kb

    def _serve(self, kb: KnowledgeBase, number: int) -> None:
        self._current.kb, self._current.revision = kb, number
        self._current.ready = None
        forget()
        settle()
        log.info("revision %d is served: %d notices", number, len(kb.notices))


def reload_ctx(reloader: Reloader) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `app.cleanup_ctx`, after the database's: it must still be open when this ends."""

    async def reloading(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(reloader.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return reloading
