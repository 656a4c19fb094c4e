"""The loop that has a job done at its time each day, and once more after the server was down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.push.schedule import Timetable, next_run, owed

log = logging.getLogger(__name__)

_LOOK_AGAIN = 60.0
"""Seconds: the longest sleep, so that a clock that was set is noticed, and a failure retried."""


class Scheduler:
    """Calls `job(run)` for each run that is owed; the job itself must bear being called twice."""

    def __init__(
        self,
        table: Timetable,
        job: Callable[[datetime], Awaitable[object]],
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        name: str = "job",
    ) -> None:
        self._table = table
        self._job = job
        self._clock = clock
        self._sleep = sleep
        self._name = name
        self._done: datetime | None = None

    async def run(self) -> None:
        """Never ends; cancel it."""
        while True:
            await self._catch_up()
            now = self._clock()
            run = next_run(now, self._table)
            left = (run - now).total_seconds() if run else _LOOK_AGAIN
            await self._sleep(min(max(left, 0.0), _LOOK_AGAIN))

    async def _catch_up(self) -> None:
        run = owed(self._clock(), self._table)
        if run is None or run == self._done:
            return
        try:
            await self._job(run)
        except Exception as error:  # border: a failed job must not end the loop
            log.error("%s of %s: %s", self._name, run.date(), type(error).__name__)
        else:
            self._done = run
