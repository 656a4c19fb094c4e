"""What the messages of a batch are answered with, and what is stored of it: one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

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
from storage.keys import storable

Respond = Callable[[Conversation, Said, KnowledgeBase, datetime], Turn]

KEPT_DAYS = Said().kept_days

log = logging.getLogger(__name__)


class Incoming(Protocol):
    """`key` names the message, `sender` its conversation."""

    @property
    def key(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def message(self) -> Message: ...


class Answering:
    def __init__(
        self,
        current: Current,
        clock: Callable[[], datetime],
        respond: Respond,
        counter: Counter,
        kept_days: int,
    ) -> None:
        self._current = current
        self._clock = clock
        self._respond = respond
        self._counter = counter
        self._kept_days = kept_days

    async def answer(self, conn: AsyncConnection, batch: Sequence[Incoming]) -> dict[str, Answered]:
        """By message; a repeat gets the stored answer again. One message of a sender's at most."""
        stored = await inbox.replies(conn, [incoming.key for incoming in batch])
        repeats = {key: answered.from_json(reply) for key, reply in stored.items()}
        new = [incoming for incoming in batch if incoming.key not in repeats]
        return repeats | (await self._take(conn, new) if new else {})

    async def _take(self, conn: AsyncConnection, new: Sequence[Incoming]) -> dict[str, Answered]:
        """Staff come after the others, lest they take up what somebody is just changing."""
        kb, now = self._current.kb, self._clock()
        known = await of_senders(conn, [one.sender for one in new], self._counter.listed)
        answers: dict[str, Answered] = {}
        for staff in (False, True):
            turns = [
                await self._taken(conn, one, known[one.sender], kb, now)
                for one in new
                if (known[one.sender].staff is not None) == staff
            ]
            answers |= await effects.apply(conn, turns, now)
        return answers

    async def _taken(
        self, conn: AsyncConnection, one: Incoming, who: Known, kb: KnowledgeBase, now: datetime
    ) -> Taken:
        sent, channel = one.message.said, one.message.sender.channel
        said = replace(sent, text=storable(sent.text), own=who.own, kept_days=self._kept_days)
        turn = None
        if who.staff is not None and said.event == "text":
            turn = await self._counter.turn(conn, kb, who.staff, said.text, now, who.talk)
        if turn is None:
            talk = replace(who.talk, begun="")  # what staff began, they have left for this
            turn = self._turn(talk, said, kb, now, channel)
        return Taken(one.key, one.sender, one.message, who, turn)

    def _turn(
        self, talk: Conversation, said: Said, kb: KnowledgeBase, now: datetime, channel: str
    ) -> Turn:
        try:
            return self._respond(talk, said, kb, now)
        except Exception as problem:  # a named border: one bad message must not fail the others
            log.error("a message of %s was not answered: %r", channel, type(problem))
            return Turn(Reply("refuse", apology()), talk)
