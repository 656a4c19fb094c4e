"""匹配 17: the resources that fit best to choose from, or the one that is named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.staff import handling
from bot.staff.about import about, company_of, shown
from bot.staff.counter.commands import Command
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.steps import doable
from intents.conversation import MenuItem
from intents.matching import Fit, fitting
from intents.wording import staff_demands as say
from intents.wording.staff import COMMAND
from knowledge.late import late
from knowledge.normalise import normalise, number
from knowledge.resources import Resource
from storage.demands import StoredDemand
from storage.handling import matched

OFFERED = 5
_PLACE = late(r"第?\s*([1-9]|[一二三四五])\s*[个项种]?")


async def match(at: Serving, command: Command) -> Outcome:
    """Each with the resource that is named; the offers are of the first demand named."""
    if not command.rest:
        return await _offers(at, command, command.numbers[0])
    lines = []
    for one in command.numbers:
        outcome = await _matched(at, command, one)
        if outcome.menu:
            return outcome
        lines.append(outcome.text)
    return Outcome("\n".join(lines))


async def _offers(at: Serving, command: Command, one: int) -> Outcome:
    demand = await doable(at, command, one, "match")
    if isinstance(demand, str):
        return Outcome(demand)
    best = await fits(at, demand)
    if not best:
        return Outcome(say.nothing_fits(one), begun=f"{COMMAND['match']} {one}")
    menu = [_item(one, fit.resource, fit.reasons) for fit in best]
    return Outcome(say.fitting(one, shown(demand, about(demand, at.kb).need, 30)), tuple(menu))


async def fits(at: Serving, demand: StoredDemand) -> Sequence[Fit]:
    """The best of the resources that fit."""
    loads = await matched(at.conn)
    told = about(demand, at.kb)
    return fitting(told.need, told.task or None, demand.region, at.kb, loads)[:OFFERED]


async def _matched(at: Serving, command: Command, one: int) -> Outcome:
    demand = await doable(at, command, one, "match")
    if isinstance(demand, str):
        return Outcome(demand)
    place = _PLACE.fullmatch(command.rest)
    if place and (nth := number(place[1])) and nth <= len(best := await fits(at, demand)):
        found = [best[nth - 1].resource]
    else:
        found = named(command.rest, at.kb.resources)
    if len(found) > 1:
        menu = tuple(_item(one, resource, ()) for resource in found[:OFFERED])
        return Outcome(say.which_resource(one, command.rest), menu)
    resource = found[0] if found else None
    await handling.step(
        *(at.conn, at.kb, at.staff, demand, "match", at.now),
        resource=resource,
        named=command.rest,
        pushable=at.provided.pushable,
    )
    told = resource.name if resource else say.not_listed(command.rest)
    return Outcome(say.done("match", one, company_of(demand, at.kb), told))


def named(said: str, resources: Sequence[Resource]) -> list[Resource]:
    """The one of this name; else those whose names hold what was said, or are held in it."""
    wanted = normalise(said)
    names = [(normalise(resource.name), resource) for resource in resources]
    exact = [resource for name, resource in names if name == wanted]
    return exact or [
        r for name, r in names if len(wanted) > 1 and (wanted in name or name in wanted)
    ]


def _item(one: int, resource: Resource, reasons: Sequence[str]) -> MenuItem:
    return MenuItem(say.fits(resource.name, reasons), f"{COMMAND['match']} {one} {resource.name}")
