"""What is new in the talks that somebody looks at: asked of the database once for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.handover.telling import word_key
from storage import notes, sessions, tickets
from storage.connection import AsyncConnection
from storage.database import Database
from storage.tickets import StoredTicket, StoredWord

log = logging.getLogger(__name__)

EVERY = 1.0
_SETS_OUT = timedelta(seconds=5)
"""So long what is told may be on its way before it counts as not told."""


@dataclass(frozen=True, slots=True)
class News:
    """`words` are new; `waiting` of what the enterprise was to be told it does not know yet."""

    ticket: StoredTicket
    words: tuple[StoredWord, ...] = ()
    waiting: int = 0


@dataclass(eq=False)
class Listener:
    """Somebody with a session's `token` who has seen the talk up to the word `after`. What is
    new lies in `news`; None is the end of it."""

    ticket: int
    token: str
    after: int
    news: asyncio.Queue[News | None] = field(default_factory=asyncio.Queue)
    _seen: tuple[object, ...] = ()

    def hears(self, ticket: StoredTicket, words: Iterable[StoredWord], waiting: int) -> None:
        new = tuple(w for w in words if w.ticket == self.ticket and w.id > self.after)
        stands = (ticket.state, ticket.staff, waiting)
        if new or stands != self._seen:
            self.after = max([self.after, *(word.id for word in new)])
            self._seen = stands
            self.news.put_nowait(News(ticket, new, waiting))


class Watch:
    """Looks once a second while anybody listens, however many do."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._db = db
        self._clock = clock
        self._sleep = sleep
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    @asynccontextmanager
    async def listening(self, ticket: int, token: str, after: int) -> AsyncIterator[Listener]:
        listener = Listener(ticket, token, after)
        self._listeners.add(listener)
        if self._stopped:
            listener.news.put_nowait(None)
        elif self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look_on())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def stop(self) -> None:
        """All who listen are told that it is over."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        for listener in self._listeners:
            listener.news.put_nowait(None)

    async def _look_on(self) -> None:
        while self._listeners:
            try:
                async with self._db.transaction() as conn:
                    await self._look(conn, tuple(self._listeners))
            except Exception as error:  # border: the database may be away for a while
                log.error("talks looked at: %s", type(error).__name__)
            await self._sleep(EVERY)

    async def _look(self, conn: AsyncConnection, listeners: tuple[Listener, ...]) -> None:
        now = self._clock()
        alive = await sessions.alive(conn, {one.token for one in listeners}, now)
        after: dict[int, int] = {}
        for one in listeners:
            after[one.ticket] = min(one.after, after.get(one.ticket, one.after))
        words = await tickets.heard(conn, after)
        found = {ticket.id: ticket for ticket in await tickets.some(conn, after)}
        waiting = await untold(conn, found.values(), now)
        for one in listeners:
            ticket = found.get(one.ticket)
            if ticket is None or one.token not in alive:
                one.news.put_nowait(None)
            else:
                one.hears(ticket, words, waiting[ticket.id])


async def untold(
    conn: AsyncConnection, found: Iterable[StoredTicket], now: datetime
) -> dict[int, int]:
    """How much of what the enterprise was to be told in each ticket did not reach it yet."""
    senders = {ticket.sender: ticket.id for ticket in found}
    keys = await notes.keys_untold(conn, senders, now - _SETS_OUT)
    return {id_: sum(key.startswith(word_key(id_, "")) for key in keys) for id_ in senders.values()}
