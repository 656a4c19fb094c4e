"""What enterprises' turns want done with their talks: opened for people, passed on, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from bot.handover.opening import open_ticket
from bot.handover.setup import Handover
from bot.handover.telling import Wire, holder_of, wanted_no_more, word_key
from intents.turn import EndTalk, Forget, HandOff, PassOn, Said, Turn
from intents.wording import staff_talks as say
from knowledge.snapshot import KnowledgeBase
from storage import outbox, tickets
from storage.tickets import StoredTicket, TicketRow, WordRow

_CONCERNING = (HandOff, PassOn, EndTalk, Forget)


class Known(Protocol):
    @property
    def ticket(self) -> StoredTicket | None: ...


class Taken(Protocol):
    """A turn, and whose: the keys of the message and of its sender, what was known of them."""

    @property
    def key(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def known(self) -> Known: ...
    @property
    def turn(self) -> Turn: ...
    @property
    def channel(self) -> str: ...


@dataclass(frozen=True)
class Handing:
    """Does what turns want, in the transaction of `wire`."""

    wire: Wire
    kb: KnowledgeBase
    setup: Handover

    @cached_property
    def closed_until(self) -> datetime | None:
        """The next opening; None where it is open now."""
        hours, now = self.setup.hours, self.wire.now
        return None if hours.open_at(now) else hours.next_opening(now)

    async def opens_for(self, turn: Turn, said: Said, channel: str) -> datetime | None:
        """When somebody is there, for who was told that people are there now but nobody is."""
        wanted = [effect for effect in turn.effects if isinstance(effect, HandOff)]
        if not wanted or said.opens is not None or channel in self.setup.elsewhere:
            return None
        if await self.setup.on_duty(self.wire.conn, wanted[0].region, self.kb):
            return None
        return self.setup.hours.next_opening(self.wire.now)

    async def apply(self, batch: Sequence[Taken]) -> None:
        for taken in batch:
            for effect in taken.turn.effects:
                if isinstance(effect, _CONCERNING):
                    await self._apply(taken, effect)

    async def _apply(self, taken: Taken, effect: HandOff | PassOn | EndTalk | Forget) -> None:
        match effect:
            case HandOff():
                await self._hand_off(taken, effect)
            case PassOn(said):
                await self._pass_on(taken, said)
            case EndTalk():
                await self._end(taken)
            case Forget():
                await self._tell_holder(taken, say.erased, "erased")

    async def _hand_off(self, taken: Taken, effect: HandOff) -> None:
        if platform := self.setup.elsewhere.get(taken.channel):
            gone = platform(taken.sender, self.wire.now, taken.key, effect.region)
            await outbox.add(self.wire.conn, [gone])
        elif taken.known.ticket is None:
            row = TicketRow(taken.sender, effect.said, self.wire.now, effect.region)
            await open_ticket(self.wire, self.kb, self.setup, row)

    async def _pass_on(self, taken: Taken, said: str) -> None:
        ticket = taken.known.ticket
        if ticket is None:
            return
        await tickets.say(self.wire.conn, [WordRow(ticket.id, taken.sender, said, self.wire.now)])
        if holder := holder_of(ticket):
            text = say.from_enterprise(ticket.id, said)
            await self.wire.tell(holder, text, word_key(ticket.id, taken.key), ticket.region)

    async def _end(self, taken: Taken) -> None:
        ticket = taken.known.ticket
        if ticket and await tickets.close(self.wire.conn, ticket.id, "sender", self.wire.now):
            await wanted_no_more(self.wire.conn, ticket.id)
            await self._tell_holder(taken, say.ended_by_enterprise, "ended")

    async def _tell_holder(self, taken: Taken, text: say.OfTicket, occasion: str) -> None:
        ticket = taken.known.ticket
        if ticket and (holder := holder_of(ticket)):
            key = word_key(ticket.id, occasion)
            await self.wire.tell(holder, text(ticket.id), key, ticket.region)
