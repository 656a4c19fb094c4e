"""The desk: takes each message once, keeps each sender's in order, stores before it answers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import answered, effects
from bot.answered import Answered
from bot.counter import Counter
from bot.current import Current
from bot.effects import Taken
from bot.known import Known, of_senders
from bot.message import Message
from intents.conversation import Conversation
from intents.turn import Reply, Said, Turn
from intents.wording.talk import apology
from knowledge.snapshot import KnowledgeBase
from storage import inbox
from storage.database import Conflict, Database
from storage.keys import key_of, storable

__all__ = ["Answered", "Desk", "DeskClosed", "Respond"]

Respond = Callable[[Conversation, Said, KnowledgeBase, datetime], Turn]

log = logging.getLogger(__name__)

BATCH = 64
TRIES = 3

PASSES = 4
"""Passes of the event loop from bytes on a socket to the queue: read, wake, body, take."""


class DeskClosed(Exception):
    """The assistant is shutting down; the platform will send the message again."""


class _Waiting(NamedTuple):
    """A message in the queue. `key` names it, `sender` its conversation."""

    key: str
    sender: str
    message: Message
    answer: asyncio.Future[Answered]


class Desk:
    """What waits while one batch is being stored is the next batch: who comes alone waits for none.

    A batch has one message of a sender's at most: the next one finds what it did. `clock` gives an
    aware time in the zone in which people ask. `respond` is `intents.respond.respond`.
    """

    def __init__(
        self,
        db: Database,
        current: Current,
        clock: Callable[[], datetime],
        respond: Respond,
        counter: Counter | None = None,
    ) -> None:
        self._db = db
        self._current = current
        self._clock = clock
        self._respond = respond
        self._counter = counter or Counter()
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
            if self._worker is None or self._worker.done():
                self._worker = asyncio.create_task(self._work())
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
            stored = await inbox.replies(conn, [waiting.key for waiting in batch])
            repeats = {key: answered.from_json(reply) for key, reply in stored.items()}
            new = [waiting for waiting in batch if waiting.key not in repeats]
            return repeats | await self._take_new(conn, new)

    async def _take_new(
        self, conn: AsyncConnection, new: Sequence[_Waiting]
    ) -> dict[str, Answered]:
        """Staff come after the others, lest they take up what somebody is just changing."""
        if not new:
            return {}
        kb, now = self._current.kb, self._clock()
        known = await of_senders(conn, [w.sender for w in new], self._counter.listed)
        answers: dict[str, Answered] = {}
        for staff in (False, True):
            turns = [
                await self._taken(conn, waiting, known[waiting.sender], kb, now)
                for waiting in new
                if (known[waiting.sender].staff is not None) == staff
            ]
            answers |= await effects.apply(conn, turns, now)
        return answers

    async def _taken(
        self, conn: AsyncConnection, waiting: _Waiting, who: Known, kb: KnowledgeBase, now: datetime
    ) -> Taken:
        text, event = storable(waiting.message.said.text), waiting.message.said.event
        turn = None
        if who.staff is not None and event == "text":
            turn = await self._counter.turn(conn, kb, who.staff, text, now, who.talk)
        if turn is None:
            turn = self._turn(who.talk, Said(text, event, who.own), kb, now, waiting)
        channel = waiting.message.sender.channel
        return Taken(waiting.key, waiting.sender, channel, who, turn)

    def _turn(
        self,
        talk: Conversation,
        said: Said,
        kb: KnowledgeBase,
        now: datetime,
        waiting: _Waiting,
    ) -> Turn:
        try:
            return self._respond(talk, said, kb, now)
        except Exception as problem:  # a named border: one bad message must not fail the others
            channel = waiting.message.sender.channel
            log.error("a message of %s was not answered: %r", channel, type(problem))
            return Turn(Reply("refuse", apology()), talk)
