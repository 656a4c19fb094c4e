"""One demand with all that belongs to it, as staff are shown it, by chat or in the console."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.staff.counter.alike import alike
from bot.staff.counter.serving import Serving
from intents.wording.mine import note
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase
from storage import attachments, questions
from storage.attachments import AttachmentRow
from storage.demands import StoredDemand
from storage.events import StoredEvent
from storage.handling import history
from storage.life import FROM, Status

OfStaff = Literal["accept", "return", "match", "close", "transfer", "reply", "note"]
STEPS: tuple[OfStaff, ...] = ("accept", "return", "match", "close", "transfer", "reply", "note")
"""What staff may do with a demand, in the order in which it usually comes."""


@dataclass(frozen=True, slots=True)
class Whole:
    """`given` is what the entry says, in the order of its form; `erased`: personal data are gone.

    `corrections` is what the enterprise wanted changed when it no longer could itself, with when;
    `alike` the number, reason and status of each that may be the same.
    """

    demand: StoredDemand
    given: tuple[tuple[str, str | bool], ...]
    erased: bool
    corrections: tuple[tuple[datetime, str], ...]
    attached: tuple[AttachmentRow, ...]
    history: tuple[StoredEvent, ...]
    alike: tuple[tuple[int, str, Status], ...]

    @property
    def steps(self) -> list[OfStaff]:
        return [step for step in STEPS if self.demand.status in FROM[step]]


async def whole(at: Serving, demand: StoredDemand, others: Iterable[StoredDemand]) -> Whole:
    """`others` are those with which it is compared."""
    known = {other.id: other for other in others}
    same = alike(demand, known.values(), at.kb)
    given = _given(demand, at.kb)
    names = {name for name, _ in given}
    return Whole(
        demand,
        tuple(given),
        any(name in demand.fields and name not in names for name in demand.personal),
        tuple(await _corrections(at, demand)),
        tuple(await attachments.of_demand(at.conn, demand.id)),
        tuple(await history(at.conn, demand.id)),
        tuple((number, why, known[number].status) for number, why in same),
    )


def form_of(demand: StoredDemand, kb: KnowledgeBase) -> DemandForm | None:
    """The form that it was given in, where its notice is still there."""
    notice = kb.get(demand.notice)
    return notice.form if notice else None


def _given(demand: StoredDemand, kb: KnowledgeBase) -> list[tuple[str, str | bool]]:
    form = form_of(demand, kb)
    names = [slot.name for slot in form.slots] if form else []
    ordered = [*names, *(name for name in demand.fields if name not in names)]
    values = ((name, demand.fields.get(name)) for name in ordered)
    return [(name, value) for name, value in values if value is not None]


async def _corrections(at: Serving, demand: StoredDemand) -> list[tuple[datetime, str]]:
    """They wait as questions."""
    told = note(demand.id, "")
    asked = await questions.listing(at.conn, since=demand.created)
    return [
        (q.at, q.question.removeprefix(told))
        for q in asked
        if q.sender == demand.sender and q.question.startswith(told)
    ]
