"""A past answer once more: what was said before it is said again, each at its own time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answered import PastTurn
from bot.console.trying.views import fitting
from bot.known import as_own
from intents.conversation import FRESH, Conversation
from intents.respond import decided
from intents.trace import Trace, trace
from intents.turn import Reply, Said
from knowledge.snapshot import KnowledgeBase
from storage.demands import StoredDemand


@dataclass(frozen=True, slots=True)
class Told:
    """A message as it was taken. `at` is aware, in the bureau's zone."""

    at: datetime
    past: PastTurn

    @property
    def by_staff(self) -> bool:
        """Whether it was a command of staff's at the counter."""
        return self.past.reply.intent == "staff"

    @property
    def with_people(self) -> bool:
        """Whether it was passed on to people, who had the talk."""
        return self.past.reply.intent == "human" and not self.past.reply.plain.strip()

    @property
    def can_be_said_again(self) -> bool:
        """What was sent along is not kept with the message."""
        of_people = self.by_staff or self.with_people
        return not of_people and self.past.event != "attachment" and self._is_kept

    @property
    def _is_kept(self) -> bool:
        return bool(self.past.said) or self.past.event != "text"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose messages they are. What a turn knew of the sender's `demands` is not kept: they are
    taken as they are now, as far as they were there. `kept_days` as in `Said`."""

    channel: str
    demands: tuple[StoredDemand, ...]
    kept_days: int

    def says(self, told: Told) -> Said:
        own = (as_own(d, "", unanswered=False) for d in self.demands if d.created < told.at)
        past = told.past
        return Said(past.said, past.event, own=tuple(own), kept_days=self.kept_days)

    def begun(self, before: datetime) -> Conversation:
        """The talk before anything of it was said."""
        return replace(FRESH, demands=sum(one.created < before for one in self.demands))


@dataclass(frozen=True, slots=True)
class Replayed:
    """`reply` is as the channel carries it; `differs` from the one that was given then; `after`
    so many messages; `ms` is how long it took."""

    trace: Trace
    reply: Reply
    differs: bool
    after: int
    ms: float


async def replayed(
    kb: KnowledgeBase, whose: Whose, earlier: Sequence[Told], told: Told
) -> Replayed:
    """`earlier` are the sender's messages before it, oldest first. Between two of them whoever
    writes to the assistant is answered."""
    before = [one for one in earlier if one.can_be_said_again]
    talk = whose.begun(before[0].at if before else told.at)
    for one in before:
        found = decided(talk, whose.says(one), kb, one.at)
        talk = fitting(found.turn, whose.channel).conversation
        await asyncio.sleep(0)
    started = time.perf_counter()
    found = decided(talk, whose.says(told), kb, told.at)
    ms = (time.perf_counter() - started) * 1000
    reply = fitting(found.turn, whose.channel).reply
    return Replayed(trace(found), reply, _differs(told.past.reply, reply), len(before), ms)


def _differs(given: Reply, again: Reply) -> bool:
    """But for what waited to be told, which stands before a reply."""
    same = (given.kind, given.options, given.citations)
    if same != (again.kind, again.options, again.citations):
        return True
    return not given.text.endswith(again.text)
