"""A step of staff's with all that belongs to it: the record, the sender's note, the audit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.push.notes import tell
from bot.staff.telling import answer_note, note_of
from intents.wording import mine
from knowledge.bureaus import Bureau
from knowledge.snapshot import KnowledgeBase
from storage import audit, demands, questions
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.demands import StoredDemand
from storage.handling import Handled, handle
from storage.life import Step
from storage.questions import StoredQuestion
from storage.staff import StaffRow


class Named(Protocol):
    """What is matched: a `knowledge.resources.Resource`."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def contact(self) -> str | None: ...


async def step(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    staff: StaffRow,
    demand: StoredDemand,
    step: Step,
    now: datetime,
    *,
    why: str = "",
    resource: Named | None = None,
    named: str = "",
    bureau: Bureau | None = None,
    pushable: Collection[str] = frozenset(),
) -> StoredDemand:
    """The demand after the step, of which its sender is told (`bot.push.notes.tell`).

    `named` is a resource that no file holds, `bureau` the one that a transfer goes to. Raises
    NotNow, UnknownDemand.
    """
    handled = Handled(
        demand.id,
        step,
        staff.sender,
        now,
        why,
        resource.name if resource else named or None,
        bureau.id if bureau else None,
    )
    after = await handle(conn, handled)
    note = note_of(handled, after, kb, resource.contact if resource else None)
    await tell(conn, [note] if note else [], now, pushable)
    await audit.record(conn, [AuditRow(now, staff.sender, "handle", demand.id, step)])
    return after


async def answer(
    conn: AsyncConnection,
    staff: StaffRow,
    id_: int,
    text: str,
    now: datetime,
    pushable: Collection[str] = frozenset(),
) -> StoredQuestion:
    """The answered question; who asked is told (`bot.push.notes.tell`).

    Raises UnknownQuestion, AlreadyAnswered.
    """
    question = await questions.answer(conn, id_, text, staff.sender, now)
    note = answer_note(question, now, await _demand_of(conn, question))
    await tell(conn, [note], now, pushable)
    await audit.record(conn, [AuditRow(now, staff.sender, "answer", detail=f"question {id_}")])
    return question


async def _demand_of(conn: AsyncConnection, question: StoredQuestion) -> StoredDemand | None:
    """The sender's demand that the question is a correction of, if it is one."""
    noted = mine.noted(question.question)
    demand = await demands.find(conn, noted[0]) if noted else None
    return demand if demand and demand.sender == question.sender else None
