"""Sends what lies in the outbox to the group robots.

At least once: a message counts as sent when the platform has said so and that is stored. A worker
that is killed in between, or a platform that is too slow to answer, makes a message arrive twice,
never not at all. Any number of workers may run: each claims its own messages, for `LEASE`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter
from random import random
from typing import Protocol

from aiohttp import ClientSession, DummyCookieJar, web

from bot.delivery.limits import Limiter
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent
from bot.delivery.plan import plan_of, scheduled
from bot.delivery.robots import DINGTALK, WECOM, Note, Robot, Robots
from bot.delivery.scheduler import Scheduler
from bot.settings import Settings
from bot.staff.digest import Notices, for_bureau
from bot.staff.digest_job import queue_period
from storage import outbox
from storage.database import Database
from storage.outbox import Claimed

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
"""Longer than a batch can take: a minute's wait for its turn, and 20 sends of 8 seconds."""
GIVE_UP = 20
"""Attempts, which with their waits make about half a day."""
_PATIENCE = timedelta(minutes=1)
_IDLE = 5.0
_UNKNOWN_ROBOT = Retry(timedelta(minutes=10), "no such robot in the settings")


class Worker:
    """Claims, sends and records, in rounds."""

    def __init__(
        self,
        db: Database,
        robots: Mapping[str, Robot],
        client: Robots,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._db = db
        self._robots = robots
        self._client = client
        self._clock = clock
        self._sleep = sleep
        self._limiter = Limiter()
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Never ends; cancel it. `wake` ends a pause between rounds."""
        while True:
            try:
                claimed = await self.round()
            except Exception as error:  # border: the database may be away for a while
                log.error("outbox: %s", type(error).__name__)
                claimed = 0
            if not claimed:
                await self._pause()

    async def round(self) -> int:
        """Claims what is due and tries each message once; returns how many were claimed."""
        async with self._db.transaction() as conn:
            claimed = await outbox.claim(conn, self._clock(), BATCH, LEASE)
        by_target = groupby(sorted(claimed, key=attrgetter("target", "id")), attrgetter("target"))
        await asyncio.gather(*[self._deliver(name, list(batch)) for name, batch in by_target])
        return len(claimed)

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), _IDLE)
        self.wake.clear()

    async def _deliver(self, target: str, batch: Sequence[Claimed]) -> None:
        """One robot's messages in their order; another robot's trouble is not theirs."""
        try:
            for message in batch:
                await self._record(message, await self._try(target, message))
        except Exception as error:  # border: the lease brings the rest back
            log.error("outbox, robot %s: %s", target, type(error).__name__)

    async def _try(self, target: str, message: Claimed) -> Outcome:
        robot, note = self._robots.get(target), _note(message)
        if robot is None:
            return _UNKNOWN_ROBOT
        if note is None:
            return Refused("no title or text in the payload")
        wait = self._limiter.free_at(target, self._clock()) - self._clock()
        if wait > _PATIENCE:
            return Retry(wait, "paused by the platform")
        if wait > timedelta(0):
            await self._sleep(wait.total_seconds())
        self._limiter.use(target, self._clock())
        outcome = await self._client.send(robot, note, message.attempts)
        if isinstance(outcome, Retry) and outcome.all_wait:
            self._limiter.pause(target, self._clock() + outcome.after)
        return outcome

    async def _record(self, message: Claimed, outcome: Outcome) -> None:
        now = self._clock()
        async with self._db.transaction() as conn:
            match outcome:
                case Sent():
                    await outbox.sent(conn, [message.id], now)
                case Retry(after, reason) if message.attempts < GIVE_UP:
                    await outbox.retry(conn, [(message.id, now + after, reason)])
                case Retry(_, reason) | Closed(reason) | Refused(reason):
                    await outbox.dead(conn, [(message.id, reason)])


def _note(message: Claimed) -> Note | None:
    title, text = message.payload.get("title"), message.payload.get("text")
    return Note(title, text) if isinstance(title, str) and isinstance(text, str) else None


class Current(Protocol):
    """Holds the snapshot of knowledge that is being served."""

    @property
    def kb(self) -> Notices: ...


@asynccontextmanager
async def delivering(
    settings: Settings,
    db: Database,
    current: Current,
    clock: Callable[[], datetime],
    *,
    wecom: str = WECOM,
    dingtalk: str = DINGTALK,
) -> AsyncIterator[None]:
    """Schedules and sends the digest for as long as it is open; does nothing without a robot."""
    if not settings.digest.targets:
        yield
        return
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        client = Robots(session, clock=clock, jitter=random, wecom=wecom, dingtalk=dingtalk)
        tasks = [asyncio.create_task(loop) for loop in _loops(settings, db, current, clock, client)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _loops(
    settings: Settings,
    db: Database,
    current: Current,
    clock: Callable[[], datetime],
    client: Robots,
) -> Iterator[Coroutine[None, None, None]]:
    plan = plan_of(settings)
    worker = Worker(db, {robot.name: robot for robot in plan.robots}, client, clock)

    async def make_digest(run: datetime) -> None:
        if await queue_period(db, for_bureau(current.kb), plan, run):
            worker.wake.set()

    yield worker.run()
    if scheduled(settings):
        yield Scheduler(plan.table, make_digest, clock).run()


def delivery_ctx(
    settings: Settings, db: Database, current: Current, clock: Callable[[], datetime]
) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `app.cleanup_ctx`, after the database's: it must still be open when this ends."""
    return partial(_in_app, settings, db, current, clock)


async def _in_app(
    settings: Settings,
    db: Database,
    current: Current,
    clock: Callable[[], datetime],
    _app: web.Application,
) -> AsyncIterator[None]:
    async with delivering(settings, db, current, clock):
        yield
