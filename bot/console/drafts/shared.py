"""Reports that all workers share: one of them finds it out, whichever is asked shows it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.console.jobs import Job
from storage import reports
from storage.connection import AsyncConnection
from storage.database import Database
from storage.reports import State, StoredReport

if TYPE_CHECKING:
    from bot.console.drafts.report import Order, Report

log = logging.getLogger(__name__)

_HELD, _BEAT = timedelta(minutes=1), 15.0
"""So long a worker that is not heard of counts as at work; it is heard of every so many seconds."""


@dataclass(frozen=True, slots=True)
class Known:
    """A report as far as it is known."""

    report: Report | None
    running: bool = False
    failed: bool = False


class Reports:
    """What lies in the database is what every worker shows, and this one too. A worker finds out
    one at a time."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._turn = asyncio.Lock()
        self._begun: dict[str, asyncio.Task[None]] = {}

    async def of(self, key: str, order: Order, *, anew: bool = False) -> Known:
        """Begun unless somebody has; `anew`, where it failed, too. No transaction may be open."""
        async with self._db.transaction() as conn:
            mine = await reports.claim(conn, key, self._clock(), _HELD, anew=anew)
            known = await report_of(conn, key)
        if mine:
            task = asyncio.create_task(self._followed(key, order))
            self._begun[key] = task
            task.add_done_callback(lambda done: self._end(key, done))
        return known or Known(None)

    async def settled(self) -> None:
        """Until all that this worker began are over."""
        await asyncio.gather(*self._begun.values())

    async def stop(self) -> None:
        """What is not over is for another worker to begin."""
        begun = dict(self._begun)
        for task in begun.values():
            task.cancel()
        await asyncio.gather(*begun.values(), return_exceptions=True)
        if begun:
            async with self._db.transaction() as conn:
                for key in begun:
                    await reports.give_up(conn, key, self._clock())

    async def _followed(self, key: str, order: Order) -> None:
        from bot.console.drafts import apart

        job: Job[Report] = Job()
        over = False
        running = asyncio.create_task(job.run(apart.found_out(order), self._turn))
        try:
            while not over:
                await job.moves(_BEAT)
                over = await self._kept(key, job)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _kept(self, key: str, job: Job[Report]) -> bool:
        """Whether all of it is stored."""
        ended = job.is_over
        try:
            await self._keep(key, job, ended)
        except Exception as error:  # border: the database may be away for a while
            log.warning("a report cannot be kept: %s", type(error).__name__)
            return False
        return ended

    async def _keep(self, key: str, job: Job[Report], ended: bool) -> None:
        from bot.console.drafts.report import as_json

        state: State = "running"
        if ended:
            state = "failed" if job.failed else "over"
        told = as_json(job.found) if job.found else None
        async with self._db.transaction() as conn:
            await reports.keep(conn, key, state, told, self._clock() + _HELD)

    def _end(self, key: str, task: asyncio.Task[None]) -> None:
        if self._begun.get(key) is task:
            del self._begun[key]


async def report_of(conn: AsyncConnection, key: str) -> Known | None:
    """None where nobody has begun it."""
    found = await reports.find(conn, key)
    return _known(found) if found else None


def _known(found: StoredReport) -> Known:
    """What reports are made by is imported where there is one: a server starts without."""
    from bot.console.drafts.report import from_json

    report = from_json(found.report) if found.report is not None else None
    # All of it may be told before who tells it has ended.
    running = found.state == "running" and not (report and report.stage == "over")
    return Known(report, running, found.state == "failed")
