"""The desk: takes each message once, keeps each sender's in order, stores before it answers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import Context
from datetime import datetime
from typing import NamedTuple

from bot.answered import Answered
from bot.answering import KEPT_DAYS, Answering, Respond
from bot.counter import Counter
from bot.current import Current
from bot.message import Message
from storage.database import Conflict, Database
from storage.keys import key_of

__all__ = ["Answered", "Desk", "DeskClosed", "Respond"]

log = logging.getLogger(__name__)

BATCH = 64
TRIES = 3

PASSES = 4
"""Passes of the event loop from bytes on a socket to the queue: read, wake, body, take."""


class DeskClosed(Exception):
    """The assistant is shutting down; the platform will send the message again."""


class _Waiting(NamedTuple):
    """A message in the queue, as `bot.answering.Incoming`."""

    key: str
    sender: str
    message: Message
    answer: asyncio.Future[Answered]


class Desk:
    """What waits while one batch is being stored is the next batch: who comes alone waits for none.

    A batch has one message of a sender's at most: the next one finds what it did. `clock` gives an
    aware time in the zone in which people ask. `respond` is `intents.respond.respond`. `kept_days`
    is how long personal data are kept. `wake` is called once a reply lies in the outbox.
    """

    def __init__(
        self,
        db: Database,
        current: Current,
        clock: Callable[[], datetime],
        respond: Respond,
        counter: Counter | None = None,
        kept_days: int = KEPT_DAYS,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._wake = wake
        self._answering = Answering(current, clock, respond, counter or Counter(), kept_days)
        self._queue: deque[_Waiting] = deque()
        self._pending: dict[str, asyncio.Future[Answered]] = {}
        self._worker: asyncio.Task[None] | None = None
        self._closed = False

    async def take(self, message: Message) -> Answered:
        """Answers once the answer is stored. Raises DeskClosed, or what the database raised.

        Who stops waiting does not stop the work. A repeat waits for the first copy's answer.
        """
        if self._closed:
            raise DeskClosed
        key = key_of(f"{message.sender.key} {message.id}")
        answer = self._pending.get(key)
        if answer is None:
            answer = self._pending[key] = asyncio.get_running_loop().create_future()
            self._queue.append(_Waiting(key, key_of(message.sender.key), message, answer))
            if self._worker is None or self._worker.done():  # it works for more than this one
                self._worker = asyncio.create_task(self._work(), context=Context())
        return await asyncio.shield(answer)

    async def close(self) -> None:
        """Takes nothing more, and finishes what is queued."""
        self._closed = True
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        while self._queue:
            await self._let_in()
            batch = self._next_batch()
            try:
                answers = await self._answer(batch)
            except Exception as problem:  # a named border: the channels answer 5xx
                log.error("a batch of %d could not be stored: %r", len(batch), type(problem))
                for waiting in batch:
                    waiting.answer.set_exception(problem)
            else:
                if any(waiting.message.route for waiting in batch):
                    self._wake()
                for waiting in batch:
                    waiting.answer.set_result(answers[waiting.key])
            finally:
                for waiting in batch:
                    del self._pending[waiting.key]
                    waiting.answer.cancel()  # only where this task itself was cancelled

    def _next_batch(self) -> list[_Waiting]:
        batch: dict[str, _Waiting] = {}
        later: list[_Waiting] = []
        while self._queue and len(batch) < BATCH and len(later) < BATCH:
            waiting = self._queue.popleft()
            if batch.setdefault(waiting.sender, waiting) is not waiting:
                later.append(waiting)
        self._queue.extendleft(reversed(later))
        return list(batch.values())

    async def _let_in(self) -> None:
        """Waits for those who are at the door: storing many costs little more than storing one.

        No timer: who comes alone waits for a few passes of the event loop that have nothing to do.
        """
        before = 0
        while before < len(self._queue) < BATCH:
            before = len(self._queue)
            for _ in range(PASSES):
                await asyncio.sleep(0)

    async def _answer(self, batch: Sequence[_Waiting]) -> dict[str, Answered]:
        """Another worker may have taken one of the messages meanwhile: then it is a repeat."""
        for _ in range(TRIES - 1):
            with suppress(Conflict):
                return await self._transact(batch)
        return await self._transact(batch)

    async def _transact(self, batch: Sequence[_Waiting]) -> dict[str, Answered]:
        async with self._db.transaction() as conn:
            return await self._answering.answer(conn, batch)
