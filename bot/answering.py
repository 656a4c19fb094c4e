"""What the messages of a batch are answered with, and what is stored of it: one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot import answered, effects
from bot.answered import Answered
from bot.counter import Counter
from bot.current import Current
from bot.handover import silence
from bot.handover.telling import Wire
from bot.handover.turns import Handing
from bot.keeping import Keeping
from bot.known import Known, of_senders
from bot.message import Message
from bot.staff.counter.serving import Serving
from bot.taken import Taken
from intents.conversation import Conversation
from intents.turn import Handed, Reply, Said, Turn
from intents.wording.handover import only_named, words_of
from intents.wording.talk import apology
from knowledge.snapshot import KnowledgeBase
from storage import inbox
from storage.connection import AsyncConnection
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
        self._keeping = Keeping(kept_days)

    async def answer(self, conn: AsyncConnection, batch: Sequence[Incoming]) -> dict[str, Answered]:
        """By message; a repeat gets the stored answer again. One message of a sender's at most."""
        stored = await inbox.replies(conn, [incoming.key for incoming in batch])
        repeats = {key: answered.from_json(reply).answered for key, reply in stored.items()}
        new = [incoming for incoming in batch if incoming.key not in repeats]
        return repeats | (await self._take(conn, new) if new else {})

    async def _take(self, conn: AsyncConnection, new: Sequence[Incoming]) -> dict[str, Answered]:
        """Staff come after the others, lest they take up what somebody is just changing."""
        kb, revision = self._current.kb, self._current.revision
        now, provided = self._clock(), self._counter.provided
        setup, wire = provided.handover, Wire(conn, now, provided.pushable)
        still_open = partial(silence.still_open, wire, silence=setup.silence)
        senders = [one.sender for one in new]
        known = await of_senders(conn, senders, self._counter.listed, still_open)
        handing = Handing(wire, kb, setup)
        answers: dict[str, Answered] = {}
        for staff in (False, True):
            turns = [
                await self._taken(one, known[one.sender], handing)
                for one in new
                if (known[one.sender].staff is not None) == staff
            ]
            answers |= await effects.apply(conn, turns, now, revision, self._keeping)
            await handing.apply(turns)
            await provided.announce(conn, turns, kb, now)
        return answers

    async def _taken(self, one: Incoming, who: Known, handing: Handing) -> Taken:
        said = self._said(one, who, handing)
        turn = await self._of_staff(one, who, said, handing)
        if turn is None:
            talk = replace(who.talk, begun="")  # what staff began, they have left for this
            turn = self._turn(talk, said, handing, one.message.sender.channel)
            opens = await handing.opens_for(turn, said, one.message.sender.channel)
            if opens is not None:  # only now it is known that it matters who is there
                later = replace(said, opens=opens)
                turn = self._turn(talk, later, handing, one.message.sender.channel)
        return Taken(one.key, one.sender, one.message, who, turn)

    def _said(self, one: Incoming, who: Known, handing: Handing) -> Said:
        sent, handed = one.message.said, None
        reaches = one.message.sender.channel in handing.wire.pushable
        if who.ticket is not None:
            handed = Handed(who.holder, reaches)
        return replace(
            sent,
            text=storable(sent.text),
            own=who.own,
            kept_days=self._keeping.days,
            handed=handed,
            opens=handing.closed_until,
            pushed=reaches and one.message.window is None,
        )

    async def _of_staff(
        self, one: Incoming, who: Known, said: Said, handing: Handing
    ) -> Turn | None:
        """None for what is neither a command of staff's nor for somebody they speak with."""
        shown = who.holding is not None and said.attachment is not None
        if who.staff is None or (said.event != "text" and not shown):
            return None
        wire, provided = handing.wire, self._counter.provided
        at = Serving(wire.conn, handing.kb, who.staff, wire.now, provided, who.holding, one.key)
        turn = await self._counter.turn(at, words_of(said) if shown else said.text, who.talk)
        if turn and said.attachment and shown and not turn.reply.text:
            turn = replace(turn, reply=replace(turn.reply, text=only_named(said.attachment)))
        return turn

    def _turn(self, talk: Conversation, said: Said, handing: Handing, channel: str) -> Turn:
        try:
            return self._respond(talk, said, handing.kb, handing.wire.now)
        except Exception as problem:  # a named border: one bad message must not fail the others
            log.error("a message of %s was not answered: %r", channel, type(problem))
            return Turn(Reply("refuse", apology()), talk)
