"""Whatever senders and staff do to demands in whatever order: nothing of it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from storage import demands, handling
from storage.connection import AsyncConnection
from storage.database import Database
from storage.demands import DemandRow, StoredDemand
from storage.handling import Handled, NotNow, StoredEvent, UnknownDemand
from storage.life import FROM, OVER, Status, Step, after
from tests.data_key import KEYS
from tests.storage.rows import CLERK, NOW, SUBMITTED

T = TypeVar("T")
_SENDERS = count()
NUMBERS = st.integers(1, 3)
NEEDS = st.sampled_from(["质押", "导航", "商标"])
STAFFS: st.SearchStrategy[Step] = st.sampled_from(
    ["accept", "return", "match", "close", "transfer", "reply", "note", "cancel"]
)


@dataclass
class Expected:
    """A demand as it must be."""

    id: int
    status: Status
    need: str
    phone: str | None
    steps: list[Step] = field(default_factory=list)


class Life(RuleBasedStateMachine):
    """One sender with up to three demands, and staff; one database for all runs."""

    runner = asyncio.Runner()
    db: Database | None = None

    @initialize()
    def open(self) -> None:
        if Life.db is None:
            Life.db = self.runner.run(Database.open("sqlite://", keys=KEYS))
        self.sender = f"web:{next(_SENDERS)}"
        self.expected: dict[int, Expected] = {}

    def do(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async def in_a_transaction() -> T:
            assert Life.db is not None
            async with Life.db.transaction() as conn:
                return await work(conn)

        return self.runner.run(in_a_transaction())

    @rule(number=NUMBERS, need=NEEDS, submit=st.booleans())
    def the_sender_enters(self, number: int, need: str, submit: bool) -> None:
        row = DemandRow(
            sender=self.sender,
            number=number,
            notice=SUBMITTED.notice,
            campaign=None,
            region="福建省",
            channel="web",
            status="submitted" if submit else "draft",
            fields={"需求": need, "手机": "13900000001"},
            at=NOW,
            personal=("手机",),
        )
        ids = self.do(lambda conn: demands.save(conn, [row]))
        known = self.expected.get(number)
        if known is None:
            known = Expected(ids[row.key], row.status, need, "13900000001")
            self.expected[number] = known
            if submit:
                known.steps.append("submit")
            return
        assert ids[row.key] == known.id
        may = known.status in ("draft", "cancelled") or (submit and known.status in FROM["submit"])
        if not may:
            return
        changed = (known.status, known.need, known.phone) != (row.status, need, "13900000001")
        if submit and changed:
            known.steps.append("submit")
        known.status, known.need, known.phone = row.status, need, "13900000001"

    @rule(number=NUMBERS)
    def the_sender_calls_off(self, number: int) -> None:
        self.do(lambda conn: demands.cancel(conn, [(self.sender, number, NOW)]))
        known = self.expected.get(number)
        if known and known.status not in OVER:
            known.status, known.phone = "cancelled", None
            known.steps.append("cancel")

    @rule()
    def the_sender_wants_to_be_forgotten(self) -> None:
        self.do(lambda conn: demands.erase(conn, [self.sender], NOW))
        for known in self.expected.values():
            known.phone = None
            if known.status == "draft":
                known.status = "cancelled"
                known.steps.append("cancel")

    @rule(number=NUMBERS, step=STAFFS)
    def staff_do(self, number: int, step: Step) -> None:
        known = self.expected.get(number)
        handled = Handled(known.id if known else 0, step, CLERK, NOW, "因为")
        if known is None:
            return
        try:
            led_to = after(step, known.status)
        except ValueError:
            self.refused(handled)
            return
        self.do(lambda conn: handling.handle(conn, handled))
        known.status = led_to
        known.steps.append(step)
        if step == "cancel":
            known.phone = None

    def refused(self, handled: Handled) -> None:
        try:
            self.do(lambda conn: handling.handle(conn, handled))
        except (NotNow, UnknownDemand):
            return
        raise AssertionError(f"{handled.step} was done")

    @invariant()
    def all_of_it_is_there(self) -> None:
        if Life.db is None or not hasattr(self, "expected"):
            return

        async def read(
            conn: AsyncConnection,
        ) -> tuple[list[StoredDemand], dict[int, list[StoredEvent]]]:
            own = (await demands.of_senders(conn, [self.sender])).get(self.sender, [])
            return own, await handling.histories(conn, [demand.id for demand in own])

        own, histories = self.do(read)
        assert {d.number: (d.id, d.status, d.fields["需求"], d.fields["手机"]) for d in own} == {
            number: (e.id, e.status, e.need, e.phone) for number, e in self.expected.items()
        }
        for demand in own:
            steps = [event.step for event in histories.get(demand.id, [])]
            assert steps == self.expected[demand.number].steps


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)


def teardown_module() -> None:
    if Life.db is not None:
        Life.runner.run(Life.db.close())
    Life.runner.close()
