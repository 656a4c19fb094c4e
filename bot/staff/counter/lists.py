"""待办 and 需求 17: what there is to do, masked; and one entry in clear, which goes on record."""

from __future__ import annotations

from collections.abc import Sequence

from bot.staff.about import about, company_of, shown
from bot.staff.counter.alike import alike
from bot.staff.counter.commands import Command
from bot.staff.counter.reached import demand_of
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.whole import whole
from intents.conversation import MenuItem
from intents.wording import attachments as of_attachments
from intents.wording import staff_demands as say
from intents.wording.staff import COMMAND
from knowledge.late import late
from knowledge.normalise import normalise
from storage import demands
from storage.demands import StoredDemand
from storage.events import StoredEvent
from storage.life import Status

LIVE: tuple[Status, ...] = ("submitted", "accepted", "matched", "returned")
KNOWN: tuple[Status, ...] = (*LIVE, "closed", "cancelled")
"""What staff see: all but drafts."""
_ALL = late(r"(?:全部|所有|今天|今日|本[周月]|现在|目前|我|我们|的|列表|清单|一下|谢谢|[您你])*")
"""What names no bureau."""
_OFFERED = 9
_COMPARED = 100
"""A longer list is not searched for duplicates, each by each; the entries still are."""


async def todo(at: Serving, command: Command) -> Outcome:
    """What waits, oldest first; of one bureau where the command names one of theirs."""
    named = "" if _ALL.fullmatch(command.rest) else command.rest
    only = at.kb.bureaus.find(named) if named else None
    if named and only is None:
        return Outcome(say.no_bureau_named(named))
    if only and not at.reach.has(only.id):
        why = say.not_your_bureau(only.short)
        return Outcome(await at.refuse(COMMAND["todo"], why))
    bureaus = {only.id} if only else at.reach.bureaus
    found = await demands.listing(at.conn, statuses=LIVE, bureaus=bureaus)
    where = only.short if only else "、".join(at.staff.regions)
    if not found:
        return Outcome(say.no_todo(where))
    parts = [
        (say.TODO_PARTS[status], [_line(at, d, found) for d in found if d.status == status])
        for status in LIVE
    ]
    return Outcome(say.todo(len(found), where, [part for part in parts if part[1]]))


def _line(at: Serving, demand: StoredDemand, others: Sequence[StoredDemand]) -> str:
    parts = [where(at, demand)] if len(at.reach.bureaus) > 1 else []
    told = about(demand, at.kb)
    parts.append(shown(demand, told.need or told.task, 28))
    compared = others if len(others) <= _COMPARED else ()
    like = [number for number, _ in alike(demand, compared, at.kb)]
    return say.todo_line(demand.id, company_of(demand, at.kb), parts, demand.national, like)


def where(at: Serving, demand: StoredDemand) -> str:
    bureau = at.kb.bureaus.get(demand.bureau) if demand.bureau else None
    return bureau.short if bureau else say.no_bureau()


async def show(at: Serving, command: Command) -> Outcome:
    """Each entry as it is printed, with what was done to it and what may be the same."""
    return Outcome("\n\n".join([await _shown(at, command, n) for n in command.numbers]))


async def find(at: Serving, command: Command) -> Outcome | None:
    """The demands of the enterprises whose names hold these words; None where there are none."""
    wanted = normalise(command.rest)
    stored = await demands.listing(at.conn, statuses=KNOWN, bureaus=at.reach.bureaus)
    found = [d for d in stored if wanted in normalise(about(d, at.kb).company)][::-1]
    if not found:
        return None
    if len(found) == 1:
        return await show(at, Command("show", (found[0].id,)))
    menu = tuple(MenuItem(_line(at, d, ()), f"{COMMAND['show']} {d.id}") for d in found)
    return Outcome(say.which_demand(command.rest), menu[:_OFFERED])


async def _shown(at: Serving, command: Command, number: int) -> str:
    demand = await demand_of(at, command, number)
    if isinstance(demand, str):
        return demand
    await at.record("look", number)
    found = await whole(at, demand, await demands.listing(at.conn, bureaus=at.reach.bureaus))
    place, when = where(at, demand), at.when(demand.created)
    attached = [(one.kind, one.name) for one in found.attached]
    corrections = [say.correction(at.when(asked), told) for asked, told in found.corrections]
    steps = [await _event(at, step, demand.sender) for step in found.history]
    parts = [
        say.entry(number, demand.status, place, when),
        *(say.field(name, value) for name, value in found.given),
        say.erased() if found.erased else "",
        of_attachments.listed(attached) if attached else "",
        say.corrections(corrections) if corrections else "",
        say.history(steps) if steps else "",
        say.duplicates(found.alike) if found.alike else "",
        say.next_steps(number, found.steps),
    ]
    return "\n".join(part for part in parts if part)


async def _event(at: Serving, event: StoredEvent, sender: str) -> str:
    actor = event.actor or sender
    who = await at.name_of(actor) if actor != sender else ""
    return say.event(event.step, at.when(event.at), who, event.why, event.resource)
