"""Sends what lies in the outbox.

At least once: a message counts as sent when its platform has said so and that is stored. A worker
that is killed in between, or a platform that is too slow to answer, makes a message arrive twice,
never not at all; where the platform knows a key to recognise a repeat by (微信客服's msgid, WeCom's
duplicate check), its courier gives it one. Any number of workers may run: each claims its own
messages, for `LEASE`, and rates and windows are counted in the database for all of them.

Of a queue one message at a time is on its way. Different queues go side by side, `AT_ONCE` of a
channel, so that neither a slow platform nor a person who cannot be reached holds up others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import random

from aiohttp import web

from bot.delivery.courier import Connected, Courier
from bot.delivery.outcome import Outcome, Retry, backoff
from bot.delivery.recording import record
from bot.delivery.taking import InHand, take_up
from storage import claims
from storage.claims import Wanted
from storage.connection import AsyncConnection
from storage.database import Database

log = logging.getLogger(__name__)

AT_ONCE = 8
LONGEST = timedelta(seconds=40)
"""Of one send, with the tokens and uploads that it needs."""
LEASE = timedelta(minutes=1)
"""Longer than a send and the storing of what became of it take; so long after a kill does a
message wait that was on its way."""
_IDLE = 1.0
_LAST = 5.0
"""Seconds: so long a worker that stops waits for what is on its way."""


class Worker:
    """Claims, sends and records. `wake` is set where something new lies in the outbox; `told` is
    called with what became of each attempt."""

    def __init__(
        self,
        db: Database,
        couriers: Iterable[Courier],
        clock: Callable[[], datetime],
        *,
        wake: asyncio.Event | None = None,
        jitter: Callable[[], float] = random,
        told: Callable[[str, Outcome], None] = lambda _channel, _outcome: None,
    ) -> None:
        self._db = db
        self._told = told
        self._couriers = {courier.channel: courier for courier in couriers}
        self._clock = clock
        self._jitter = jitter
        self._running: dict[asyncio.Task[None], str] = {}
        self._ended: list[tuple[InHand, Outcome]] = []
        self._apart: list[tuple[InHand, Outcome]] = []
        self.wake = wake or asyncio.Event()

    @property
    def channels(self) -> frozenset[str]:
        """Those that somebody here can carry messages of."""
        return frozenset(self._couriers)

    async def run(self) -> None:
        """Never ends; cancel it, then it waits a little for what is on its way."""
        try:
            while True:
                self.wake.clear()
                if not await self._go_on_safely():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_IDLE):  # `wait_for` may swallow a cancellation
                            await self.wake.wait()
        finally:
            await self._finish()

    async def round(self) -> int:
        """Tries once what may go now, and stores what became of it; returns how many that were."""
        started = await self._go_on()
        while self._running:
            await asyncio.wait(self._running)
        await self._store_rest()
        return started

    async def _go_on_safely(self) -> int:
        await self._store_apart()
        try:
            return await self._go_on()
        except Exception as error:  # border: the database may be away for a while
            log.error("outbox: %s", type(error).__name__)
            self._apart += self._ended
            self._ended = []
            return 0

    async def _go_on(self) -> int:
        """Stores what became of sends, and sets off what may go now, in one transaction."""
        now = self._clock()
        async with self._db.transaction() as conn:
            ended = await self._record(conn, now)
            claimed = await claims.claim(conn, now, self._wanted(), LEASE)
            in_hand = await take_up(conn, self._couriers, claimed, now, now + LEASE)
        del self._ended[:ended]
        for one in in_hand:
            task = asyncio.create_task(self._deliver(one))
            self._running[task] = one.row.channel
            task.add_done_callback(self._done)
        return len(claimed)

    async def _record(self, conn: AsyncConnection, now: datetime) -> int:
        """How many were recorded; more may end before the commit."""
        ended = list(self._ended)
        for one, outcome in ended:
            await record(conn, one.row, one.parcel.letter, outcome, now)
        return len(ended)

    async def _store_rest(self) -> None:
        self._apart += self._ended
        self._ended = []
        await self._store_apart()

    async def _store_apart(self) -> None:
        """Each by itself what could not be stored with others, so that nothing keeps others from
        it; what still cannot is tried again for as long as it is this worker's."""
        apart, self._apart = self._apart, []
        for one, outcome in apart:
            now = self._clock()
            try:
                async with self._db.transaction() as conn:
                    await record(conn, one.row, one.parcel.letter, outcome, now)
            except Exception as error:  # border: at worst the lease brings it back
                log.error("outbox, %s: %s", one.row.channel, type(error).__name__)
                if one.until > now:
                    self._apart.append((one, outcome))

    def _wanted(self) -> dict[str, Wanted]:
        """Of each channel as many as there is room for."""
        busy = list(self._running.values())
        return {
            channel: Wanted(room, courier.rates)
            for channel, courier in self._couriers.items()
            if _ready(courier) and (room := AT_ONCE - busy.count(channel)) > 0
        }

    def _done(self, task: asyncio.Task[None]) -> None:
        """There is room for one more, and its queue may go on."""
        del self._running[task]
        self.wake.set()

    async def _deliver(self, one: InHand) -> None:
        outcome = await self._outcome(one)
        self._told(one.row.channel, outcome)
        self._ended.append((one, outcome))

    async def _outcome(self, one: InHand) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST.total_seconds()):
                return await one.courier.deliver(one.parcel)
        except Exception as error:  # border: a courier that breaks must not end the worker
            log.error("outbox, %s: %s", one.row.channel, type(error).__name__)
            return Retry(backoff(one.row.attempts, self._jitter), type(error).__name__)

    async def _finish(self) -> None:
        running = list(self._running)
        if running:
            await asyncio.wait(running, timeout=_LAST)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._store_rest()


def _ready(courier: Courier) -> bool:
    return courier.ready if isinstance(courier, Connected) else True


def delivery_ctx(worker: Worker) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `app.cleanup_ctx`, after the database's: it must still be open when this ends."""
    return partial(_delivering, worker)


async def _delivering(worker: Worker, _app: web.Application) -> AsyncIterator[None]:
    if not worker.channels:
        yield
        return
    task = asyncio.create_task(worker.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
