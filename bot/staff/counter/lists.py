"""待办 and 需求 17: what there is to do, masked; and one entry in clear, which goes on record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.staff.about import about, company_of, shown
from bot.staff.counter.alike import alike
from bot.staff.counter.commands import Command
from bot.staff.counter.reached import demand_of
from bot.staff.counter.serving import Outcome, Serving
from intents.conversation import MenuItem
from intents.wording import attachments as of_attachments
from intents.wording import staff_demands as say
from intents.wording.mine import note
from intents.wording.staff import COMMAND
from knowledge.normalise import normalise
from storage import attachments, demands, questions
from storage.demands import StoredDemand
from storage.events import StoredEvent
from storage.handling import history
from storage.life import FROM, Status, Step

LIVE: tuple[Status, ...] = ("submitted", "accepted", "matched", "returned")
KNOWN: tuple[Status, ...] = (*LIVE, "closed", "cancelled")
"""What staff see: all but drafts."""
_ALL = re.compile(
    r"(?:全部|所有|今天|今日|本[周月]|现在|目前|我|我们|的|列表|清单|一下|谢谢|[您你])*"
)
"""What names no bureau."""
_OFFERED = 9
_COMPARED = 100
"""A longer list is not searched for duplicates, each by each; the entries still are."""
_NEXT: tuple[Step, ...] = ("accept", "return", "match", "close", "transfer", "reply")


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
    steps = await history(at.conn, number)
    place, when = where(at, demand), at.when(demand.created)
    parts = [
        say.entry(number, demand.status, place, when),
        _fields(at, demand),
        await _attached(at, demand),
        await _corrections(at, demand),
        say.history([await _event(at, step, demand.sender) for step in steps]) if steps else "",
        await _alike(at, demand),
        say.next_steps(number, [step for step in _NEXT if demand.status in FROM[step]]),
    ]
    return "\n".join(part for part in parts if part)


def _fields(at: Serving, demand: StoredDemand) -> str:
    """What was given, in the order of the form; and that personal data were erased, if so."""
    try:
        form = at.kb.notice(demand.notice).form
    except KeyError:
        form = None
    names = [slot.name for slot in form.slots] if form else []
    ordered = [*names, *(name for name in demand.fields if name not in names)]
    given = [name for name in ordered if demand.fields.get(name) is not None]
    lines = [say.field(name, demand.fields[name]) for name in given]
    gone = any(name in demand.fields and name not in given for name in demand.personal)
    return "\n".join([*lines, say.erased()] if gone else lines)


async def _attached(at: Serving, demand: StoredDemand) -> str:
    sent = await attachments.of_demand(at.conn, demand.id)
    return of_attachments.listed([(one.kind, one.name) for one in sent]) if sent else ""


async def _corrections(at: Serving, demand: StoredDemand) -> str:
    """What the enterprise wanted changed when it no longer could itself: it waits as a question."""
    told = note(demand.id, "")
    asked = await questions.listing(at.conn, since=demand.created)
    lines = [
        say.correction(at.when(q.at), q.question.removeprefix(told))
        for q in asked
        if q.sender == demand.sender and q.question.startswith(told)
    ]
    return say.corrections(lines) if lines else ""


async def _event(at: Serving, event: StoredEvent, sender: str) -> str:
    actor = event.actor or sender
    who = await at.name_of(actor) if actor != sender else ""
    return say.event(event.step, at.when(event.at), who, event.why, event.resource)


async def _alike(at: Serving, demand: StoredDemand) -> str:
    others = await demands.listing(at.conn, bureaus=at.reach.bureaus)
    status = {other.id: other.status for other in others}
    found = [(number, why, status[number]) for number, why in alike(demand, others, at.kb)]
    return say.duplicates(found) if found else ""
