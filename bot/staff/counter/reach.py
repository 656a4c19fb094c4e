"""Whose demands and questions a member of staff sees and handles."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from knowledge.snapshot import KnowledgeBase
from storage import outbox
from storage.connection import AsyncConnection
from storage.outbox import apart
from storage.staff import StaffRow

UNKNOWN = ""
"""Stands among the bureaus for what no bureau is known for, as in `storage.demands.listing`."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The ids of the bureaus within the regions of a member of staff.

    Who serves a province or the nation also reaches what no bureau is known for.
    """

    bureaus: frozenset[str]

    def has(self, bureau: str | None) -> bool:
        return (bureau or UNKNOWN) in self.bureaus

    def also_of(self, other: Reach) -> Reach:
        """What both reach."""
        return Reach(self.bureaus & other.bureaus)

    def has_region(self, region: str | None, kb: KnowledgeBase) -> bool:
        """Whether what comes from the region is theirs: it is its bureau's."""
        serving = kb.bureaus.serving(region)
        return self.has(serving.id if serving else None)

    def has_all(self, regions: str | None, kb: KnowledgeBase) -> bool:
        """Whether all of the regions, as `storage.outbox.joined` keeps them, are theirs; what is of
        none is for those alone whom no region limits."""
        if regions is None:
            return self == everywhere(kb)
        return all(self.has_region(region, kb) for region in apart(regions))

    async def outbox_regions(
        self, conn: AsyncConnection, kb: KnowledgeBase
    ) -> Collection[str] | None:
        """Of what lies in the outbox, what they may see (`storage.outbox.Sought`)."""
        if self == everywhere(kb):
            return None
        return [one for one in await outbox.regions(conn) if self.has_all(one, kb)]


def reach_of(staff: StaffRow, kb: KnowledgeBase) -> Reach:
    """An admin without regions reaches everything."""
    if staff.role == "admin" and not staff.regions:
        return everywhere(kb)
    return reach_within(staff.regions, kb)


def everywhere(kb: KnowledgeBase) -> Reach:
    return Reach(frozenset(bureau.id for bureau in kb.bureaus.all) | {UNKNOWN})


def reach_within(regions: Iterable[str], kb: KnowledgeBase) -> Reach:
    """`regions` by their full names."""
    within = kb.bureaus.within(regions)
    wide = {UNKNOWN} if any(bureau.level != "city" for bureau in within) else frozenset()
    return Reach(frozenset(bureau.id for bureau in within) | wide)
