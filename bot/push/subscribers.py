"""Who is pushed what: by the settings, and by what they have asked for in chat.

What somebody asked for themselves goes before what the settings say of the same kind. Who is not
on the staff any more is pushed nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property

from bot.push.schedule import MONDAY_TO_FRIDAY, Timetable
from bot.settings import Settings
from bot.staff.about import about
from bot.staff.counter.reach import Reach, everywhere, reach_of, reach_within
from bot.staff.members import everyone, listed
from bot.workdays import Workdays, workdays_of
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from storage import subscriptions
from storage.connection import AsyncConnection
from storage.demands import StoredDemand
from storage.keys import key_of
from storage.staff import StaffRow
from storage.subscriptions import Kind, SubscriptionRow

ROBOT = "robot:"
USUAL = time(9)
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Subscriber:
    """One target's subscription of one kind; `member` is None for a group's robot.

    `weekdays` are those of a daily digest.
    """

    row: SubscriptionRow
    member: StaffRow | None
    kb: KnowledgeBase
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    @property
    def target(self) -> str:
        return self.row.target

    @property
    def channel(self) -> str:
        """The one of the outbox."""
        return self.target.partition(":")[0]

    @cached_property
    def reach(self) -> Reach:
        """What the target may see, as far as the subscription wants it."""
        whole = reach_of(self.member, self.kb) if self.member else everywhere(self.kb)
        return whole.also_of(reach_within(self.row.regions, self.kb)) if self.row.regions else whole

    @property
    def regions(self) -> tuple[str, ...]:
        """Those whose notices concern the target; none for all that the bureau has to do with."""
        return self.row.regions or (self.member.regions if self.member else ())

    def concerns(self, demand: StoredDemand) -> bool:
        """Whether the reader may see the demand, and it is of one of the key tasks that the
        subscription names, if it names any."""
        if not self.reach.has(demand.bureau):
            return False
        if not self.row.tasks:
            return True
        task = normalise(about(demand, self.kb).task)
        return bool(task) and any(normalise(wanted) in task for wanted in self.row.tasks)

    @property
    def at(self) -> time:
        return time.fromisoformat(self.row.time) if self.row.time else USUAL

    def timetable(self, workdays: Workdays, settings: Settings) -> Timetable:
        if self.row.kind == "weekly":
            named = frozenset({self.row.weekday or 1})
            return Timetable(self.at, settings.zone, "week", named, workdays)
        return Timetable(self.at, settings.zone, "day", self.weekdays, workdays)


@dataclass(frozen=True)
class Subscribers:
    """`settings` name some; the database knows the others."""

    settings: Settings

    async def all(
        self, conn: AsyncConnection, kb: KnowledgeBase, kinds: Collection[Kind] | None = None
    ) -> list[Subscriber]:
        """In the order of their targets."""
        asked = {(r.target, r.kind): r for r in await subscriptions.listing(conn, kinds=kinds)}
        given = {key: row for key, row in self._given.items() if kinds is None or key[1] in kinds}
        rows = given | asked
        if not rows:
            return []
        members = {row.sender: row for row in await everyone(conn, self._listed)}
        return [
            Subscriber(row, members.get(target), kb, self._weekdays(row, key in asked))
            for key in sorted(rows)
            if (row := rows[key]) and self._is_there(target := key[0], members)
        ]

    async def to(
        self, conn: AsyncConnection, kind: Kind, region: str | None, kb: KnowledgeBase
    ) -> list[str]:
        """The targets that are to be told of something from `region`, in their order."""
        found = await self.all(conn, kb, [kind])
        return [one.target for one in found if one.reach.has_region(region, kb)]

    @property
    def given(self) -> list[SubscriptionRow]:
        """What the settings say, which nobody takes away but there."""
        return [row for _, row in sorted(self._given.items())]

    @cached_property
    def workdays(self) -> Workdays:
        return workdays_of(self.settings)

    @cached_property
    def _listed(self) -> Mapping[str, StaffRow]:
        return listed(self.settings, _ALWAYS)

    def _is_there(self, target: str, members: Mapping[str, StaffRow]) -> bool:
        return target in members or target in self._robots

    @cached_property
    def _robots(self) -> frozenset[str]:
        return frozenset(f"{ROBOT}{target.name}" for target in self.settings.digest.targets)

    def _weekdays(self, row: SubscriptionRow, asked: bool) -> frozenset[int]:
        """The settings' own weekdays are those of the robots' digest."""
        own = frozenset(self.settings.digest.weekdays)
        return own if row.target in self._robots and own and not asked else MONDAY_TO_FRIDAY

    @cached_property
    def _given(self) -> Mapping[tuple[str, Kind], SubscriptionRow]:
        rows = [*_of_robots(self.settings), *_of_settings(self.settings)]
        return {(row.target, row.kind): row for row in rows}


def _of_robots(settings: Settings) -> Sequence[SubscriptionRow]:
    digest = settings.digest
    if not digest.weekdays:
        return ()
    return [
        SubscriptionRow(f"{ROBOT}{one.name}", "daily", _ALWAYS, digest.at, empty=digest.empty)
        for one in digest.targets
    ]


def _of_settings(settings: Settings) -> Sequence[SubscriptionRow]:
    return [
        SubscriptionRow(
            target=key_of(one.to),
            kind=kind,
            at=_ALWAYS,
            time=one.at,
            weekday=one.weekday,
            regions=one.regions,
            tasks=one.tasks,
            empty=one.empty,
        )
        for one in settings.subscriptions
        for kind in one.kinds
    ]
