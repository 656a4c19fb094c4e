"""What staff are told at once: that a demand asks for the national office's support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.push.dialects import Dialect, dialect_of
from bot.push.digests import letter, robots_of
from bot.push.subscribers import ROBOT, Subscribers
from bot.staff.about import about, region_of
from bot.staff.inert import inert, masked
from bot.taken import Taken
from intents.turn import SubmitDemand
from intents.wording import digest as say
from intents.wording.staff import unnamed
from knowledge.snapshot import KnowledgeBase
from storage import demands, outbox
from storage.connection import AsyncConnection
from storage.demands import StoredDemand
from storage.outbox import OutboxRow


@dataclass(frozen=True)
class AtOnce:
    """A demand is told to a subscriber once, however often it is submitted."""

    subscribers: Subscribers

    async def announce(
        self, conn: AsyncConnection, batch: Sequence[Taken], kb: KnowledgeBase, now: datetime
    ) -> bool:
        """In the transaction that stores what the turns do; whether anything was to be told."""
        asked = {
            (taken.sender, effect.entry.number)
            for taken in batch
            for effect in taken.turn.effects
            if isinstance(effect, SubmitDemand) and effect.entry.national
        }
        if not asked:
            return False
        readers = await self.subscribers.all(conn, kb, ["national"])
        if not readers:
            return False
        stored = await demands.of_senders(conn, {sender for sender, _ in asked})
        found = {(d.sender, d.number): d for of_one in stored.values() for d in of_one}
        robots = robots_of(self.subscribers.settings)
        rows = [
            _letter(found[key], reader.target, kb, now, dialect_of(reader.target, robots))
            for key in sorted(asked)
            for reader in readers
            if key in found and reader.concerns(found[key])
        ]
        await outbox.add(conn, rows)
        return bool(rows)


def _letter(
    demand: StoredDemand, target: str, kb: KnowledgeBase, now: datetime, dialect: Dialect
) -> OutboxRow:
    told = about(demand, kb)
    text = say.national(
        demand.id,
        inert(masked(told.company), 30) or unnamed(),
        inert(masked(demand.region or ""), 14),
        inert(masked(told.task), 30),
        here=not target.startswith(ROBOT),
    )
    words = dialect.newline.join(text.split("\n"))
    key = f"national:{demand.id}:{target}"
    where = region_of(demand, kb)
    return letter(key, target, say.national_title(), words, dialect, now, where)
