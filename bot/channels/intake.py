"""What comes by a socket is taken here: side by side, each sender's messages in their order.

No platform sends such a message again. So it is tried again here while the database is away, and
only told to be taken once it is stored.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.channels.callbacks import log_answered
from bot.channels.connection import TakesMessages
from bot.channels.patience import Patience
from bot.desk import DeskClosed
from bot.message import Message

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Messages in hand; the socket waits while there are more."""

TRIES = 10

Pause = Callable[[float], Awaitable[None]]


class Intake:
    def __init__(
        self, desk: TakesMessages, jitter: Callable[[], float], pause: Pause = asyncio.sleep
    ) -> None:
        self._desk = desk
        self._jitter = jitter
        self._pause = pause
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    async def give(self, message: Message, taken: Callable[[], Awaitable[None]]) -> None:
        """Returns when there is room for the next; `taken` is called once it is stored.

        The desk keeps the order in which it is given one sender's messages: tasks begin in theirs.
        """
        await self._room.acquire()
        task = asyncio.create_task(self._take(message, taken))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def close(self) -> None:
        """Waits for nobody: what the desk was given it finishes by itself."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._room.release()

    async def _take(self, message: Message, taken: Callable[[], Awaitable[None]]) -> None:
        channel = message.sender.channel
        patience = Patience(self._jitter, first=0.5, longest=30)
        for attempt in range(1, TRIES + 1):
            try:
                started = time.perf_counter()
                answer = await self._desk.take(message)
                log_answered(message, answer.reply, time.perf_counter() - started)
                return await taken()
            except DeskClosed:
                return None
            except Exception as error:  # a named border: the next message is another matter
                log.error("%s: attempt %d to take: %s", channel, attempt, type(error).__name__)
                await self._pause(patience.wait())
        log.error("%s: a message is lost: it could not be stored", channel)
        return None
