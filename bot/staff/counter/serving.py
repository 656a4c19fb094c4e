"""A command in work: by whom, upon what, in the transaction of the message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.handover.telling import Wire
from bot.staff.counter.provided import Provided
from bot.staff.counter.reach import Reach, reach_of
from intents.conversation import MenuItem
from intents.wording import staff as say
from knowledge.snapshot import KnowledgeBase
from storage import audit
from storage import staff as staff_table
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.staff import StaffRow
from storage.tickets import StoredTicket


@dataclass(frozen=True)
class Serving:
    """`now` is aware, in the bureau's zone. `holding` is the ticket of who they speak with;
    `message` is the key of the message that is served."""

    conn: AsyncConnection
    kb: KnowledgeBase
    staff: StaffRow
    now: datetime
    provided: Provided = field(default_factory=Provided)
    holding: StoredTicket | None = None
    message: str = ""

    @cached_property
    def wire(self) -> Wire:
        return Wire(self.conn, self.now, self.provided.pushable)

    @cached_property
    def reach(self) -> Reach:
        return reach_of(self.staff, self.kb)

    async def record(self, act: str, demand: int | None = None, detail: str = "") -> None:
        await audit.record(self.conn, [AuditRow(self.now, self.staff.sender, act, demand, detail)])

    async def refuse(self, what: str, why: str, demand: int | None = None) -> str:
        """The reason, which is put on record with what was asked for."""
        await self.record("refused", demand, f"{what}：{why}")
        return why

    def when(self, at: datetime) -> str:
        return say.moment(at.astimezone(self.now.tzinfo), self.now)

    async def name_of(self, actor: str) -> str:
        """How a member of staff is called; of who is none any more, how they are called there."""
        known = {self.staff.sender: self.staff, **self.provided.listed}
        if actor not in known:
            known |= await staff_table.of(self.conn, [actor])
        return known[actor].name if actor in known else actor.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is replied. `menu` can be picked from by number; `begun` is the beginning of a command
    that the next message completes, at its `#` or at its end. `file` is the path of one that goes
    with it."""

    text: str
    menu: tuple[MenuItem, ...] = ()
    begun: str = ""
    file: str | None = None
