"""What the forms are filled with, out of the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.exports.entries import REPORTED, Asked, Entry, Held, Taken
from knowledge.snapshot import KnowledgeBase
from storage import activities, demands, events, questions
from storage.connection import AsyncConnection
from storage.demands import StoredDemand
from storage.events import StoredEvent
from storage.staff import StaffRow

_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Source:
    """`bureaus` as in an order. `staff` by their senders' keys: who took a step is told by name.
    `zone` is where the days are counted."""

    conn: AsyncConnection
    kb: KnowledgeBase
    bureaus: Collection[str] | None
    staff: Mapping[str, StaffRow]
    zone: tzinfo | None

    async def entries(self, only: Collection[int] | None = None) -> list[Entry]:
        """Every demand that was handed in and not called off, in the order in which they came;
        none but those of `only`, where that is told: piece by piece, so that whoever writes to the
        assistant meanwhile is answered in between."""
        if only is None:
            stored = await demands.listing(self.conn, statuses=REPORTED, bureaus=self.bureaus)
            return await self._entries(stored)
        ids, found = sorted(only), list[Entry]()
        for start in range(0, len(ids), _AT_A_TIME):
            some = await demands.some(self.conn, ids[start : start + _AT_A_TIME])
            found += await self._entries([one for one in some if self._is_wanted(one)])
        return found

    def _is_wanted(self, demand: StoredDemand) -> bool:
        theirs = self.bureaus is None or (demand.bureau or "") in self.bureaus
        return theirs and demand.status in REPORTED

    async def _entries(self, stored: Sequence[StoredDemand]) -> list[Entry]:
        steps = await events.histories(self.conn, [one.id for one in stored])
        return [self._entry(one, steps.get(one.id, [])) for one in stored]

    async def held(self) -> list[Held]:
        stored = await activities.listing(self.conn, bureaus=self.bureaus)
        return [
            Held(
                a.task,
                a.form,
                a.times,
                a.enterprises,
                a.other,
                self._short(a.bureau),
                self._day(a.at),
            )
            for a in stored
        ]

    async def asked(self) -> list[Asked]:
        """Questions that no notice answered, of these bureaus' regions; not those erased."""
        found = [q for q in await questions.listing(self.conn) if q.kind == "question"]
        return [
            Asked(
                question.id,
                question.question,
                self._day(question.at),
                self._day(question.answered) if question.answered else None,
                self._name(question.answered_by),
            )
            for question in found
            if question.question and self._is_theirs(question.region)
        ]

    def _entry(self, demand: StoredDemand, steps: list[StoredEvent]) -> Entry:
        submitted = next((step.at for step in steps if step.step == "submit"), demand.created)
        return Entry(
            id=demand.id,
            notice=demand.notice,
            bureau=self._short(demand.bureau),
            status=demand.status,
            day=self._day(submitted),
            fields=demand.fields,
            national=demand.national,
            steps=tuple(
                Taken(s.step, self._day(s.at), self._name(s.actor), s.why, s.resource)
                for s in steps
            ),
        )

    def _short(self, bureau: str | None) -> str:
        found = self.kb.bureaus.get(bureau) if bureau else None
        return found.short if found else bureau or ""

    def _name(self, actor: str | None) -> str:
        """厦门市局 李明; "" for who is not on the staff (any more)."""
        member = self.staff.get(actor) if actor else None
        if member is None:
            return ""
        bureau = self.kb.bureaus.serving(member.regions[0]) if member.regions else None
        return f"{bureau.short} {member.name}" if bureau else member.name

    def _is_theirs(self, region: str | None) -> bool:
        serving = self.kb.bureaus.serving(region)
        return self.bureaus is None or (serving.id if serving else "") in self.bureaus

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()
