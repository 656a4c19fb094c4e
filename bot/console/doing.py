"""A step with a demand: as at the counter in chat, and only upon what one has seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.staff import handling
from bot.staff.counter.reached import known
from bot.staff.counter.roles import may
from bot.staff.counter.serving import Serving
from bot.staff.counter.steps import SAYING, may_hand_to
from bot.staff.counter.whole import OfStaff
from intents.wording import staff as say
from knowledge.bureaus import Bureau
from knowledge.resources import Resource
from storage.demands import StoredDemand
from storage.life import FROM

Outcome = Literal["done", "unknown", "elsewhere", "changed", "not-now", "away", "there", "lacking"]
"""Done | there is none of that number | of another region | somebody was there first | not from its
status | to a bureau that takes a head | it is that bureau's already | words, a bureau or a resource
are lacking."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`named` is a resource that no file holds."""

    step: OfStaff
    why: str = ""
    bureau: Bureau | None = None
    resource: Resource | None = None
    named: str = ""

    @property
    def lacks(self) -> bool:
        return (
            (self.step in SAYING and not self.why)
            or (self.step == "transfer" and self.bureau is None)
            or (self.step == "match" and self.resource is None and not self.named)
        )


@dataclass(frozen=True, slots=True)
class Done:
    """`demand` is as it is now, where they may know of it."""

    number: int
    outcome: Outcome
    demand: StoredDemand | None = None


def version_of(demand: StoredDemand) -> str:
    """What a page shows of: any change after it makes it another one."""
    return demand.updated.isoformat()


async def do(at: Serving, number: int, version: str, wanted: Wanted) -> Done:
    """Nothing is done to what is not as the page that was acted on showed it (`version`).

    Until the commit no other worker changes the demand.
    """
    demand = await known(at, number, hold=True)
    if demand is None:
        return Done(number, "unknown")
    if not at.reach.has(demand.bureau):
        what = say.COMMAND[wanted.step]
        await at.refuse(what, say.not_yours(number, at.staff.regions), number)
        return Done(number, "elsewhere")
    outcome = await _barred(at, demand, version, wanted)
    if outcome is not None:
        return Done(number, outcome, demand)
    after = await handling.step(
        *(at.conn, at.kb, at.staff, demand, wanted.step, at.now),
        why=wanted.why,
        resource=wanted.resource,
        named=wanted.named,
        bureau=wanted.bureau,
        pushable=at.provided.pushable,
    )
    return Done(number, "done", after)


async def _barred(
    at: Serving, demand: StoredDemand, version: str, wanted: Wanted
) -> Outcome | None:
    if not may(at.staff.role, wanted.step):
        return "elsewhere"
    if version_of(demand) != version:
        return "changed"
    if demand.status not in FROM[wanted.step]:
        return "not-now"
    if wanted.lacks:
        return "lacking"
    if wanted.bureau is None:
        return None
    if demand.bureau == wanted.bureau.id:
        return "there"
    if not may_hand_to(at, wanted.bureau):
        why = say.may_not_transfer_away(demand.id, wanted.bureau.short)
        await at.refuse(say.COMMAND["transfer-away"], why, demand.id)
        return "away"
    return None
