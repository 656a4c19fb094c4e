"""The loop that has digests and reminders made in time, also after the server was down.

Any number of servers may run it: what makes each push once is stored (`storage.periods`, the keys
of outbox and notes), not known here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Protocol

from aiohttp import web

from bot.push.deadlines import reminders_for
from bot.push.digests import queue
from bot.push.reminding import AT, remind
from bot.push.schedule import owed
from bot.push.subscribers import Subscriber, Subscribers
from bot.settings import Settings
from knowledge.snapshot import KnowledgeBase
from storage import outbox
from storage.database import Database
from storage.subscriptions import Kind

log = logging.getLogger(__name__)

_LOOK_AGAIN = 20.0
"""Seconds between two looks at what is due."""


_ENTERPRISES = ""
_KINDS: tuple[Kind, ...] = ("daily", "weekly", "deadline")


class Current(Protocol):
    """Holds the snapshot of knowledge that is being served."""

    @property
    def kb(self) -> KnowledgeBase: ...


class Pusher:
    """`wake` is called once something lies in the outbox; `pushable` names the channels whose
    people can be written to first."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        current: Current,
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
        pushable: Collection[str] = frozenset(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._subscribers = Subscribers(settings)
        self._db = db
        self._current = current
        self._clock = clock
        self._wake = wake
        self._pushable = pushable
        self._sleep = sleep
        self._done: dict[tuple[str, Kind], datetime] = {}
        self._looked: dict[str, tuple[date, str]] = {}

    async def run(self) -> None:
        """Never ends; cancel it."""
        while True:
            try:
                await self.round()
            except Exception as error:  # border: the database may be away for a while
                log.error("pushes: %s", type(error).__name__)
            await self._sleep(_LOOK_AGAIN)

    async def round(self) -> None:
        """Queues all that is due now; one that fails keeps nothing else back."""
        kb, now = self._current.kb, self._clock().astimezone(self._settings.zone)
        async with self._db.transaction() as conn:
            readers = await self._subscribers.all(conn, kb, _KINDS)
        for reader in readers:
            job = self._reminders if reader.row.kind == "deadline" else self._digest
            await self._tried(job, reader, now)
        await self._of_enterprises(kb, now)

    async def _tried(
        self,
        job: Callable[[Subscriber, datetime], Awaitable[bool]],
        reader: Subscriber,
        now: datetime,
    ) -> None:
        try:
            queued = await job(reader, now)
        except Exception as error:  # border: the next look tries again
            log.error("%s push: %s", reader.row.kind, type(error).__name__)
        else:
            if queued:
                self._wake()

    async def _digest(self, reader: Subscriber, now: datetime) -> bool:
        table = reader.timetable(self._subscribers.workdays, self._settings)
        run = owed(now, table)
        key = (reader.target, reader.row.kind)
        if run is None or run < reader.row.at or self._done.get(key) == run:
            return False  # whoever subscribes after the hour begins with the next one
        queued = await queue(self._db, reader, table, run, self._settings)
        self._done[key] = run
        return queued

    async def _reminders(self, reader: Subscriber, now: datetime) -> bool:
        """Looked for once a day and for each version of the knowledge: the keys do the rest."""
        mark = (now.date(), reader.kb.version) if now.time() >= reader.at else None
        if mark is None or self._looked.get(reader.target) == mark:
            return False
        rows = reminders_for(reader, now, self._subscribers.workdays, self._settings)
        if rows:
            async with self._db.transaction() as conn:
                await outbox.add(conn, rows)
        self._looked[reader.target] = mark
        return bool(rows)

    async def _of_enterprises(self, kb: KnowledgeBase, now: datetime) -> None:
        mark = (now.date(), kb.version) if now.time() >= AT else None
        if mark is None or self._looked.get(_ENTERPRISES) == mark:
            return
        try:
            async with self._db.transaction() as conn:
                told = await remind(conn, kb, now, self._pushable)
        except Exception as error:  # border: the next look tries again
            log.error("reminders: %s", type(error).__name__)
        else:
            self._looked[_ENTERPRISES] = mark
            if told:
                self._wake()


def pushing_ctx(pusher: Pusher) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `app.cleanup_ctx`, after the database's: it must still be open when this ends."""
    return partial(_pushing, pusher)


async def _pushing(pusher: Pusher, _app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(pusher.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
