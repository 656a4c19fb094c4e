"""受理, 退回, 办结, 回复, 转办, 备注: one step with each demand that the command names."""

from __future__ import annotations

from bot.staff import handling
from bot.staff.about import company_of
from bot.staff.counter.commands import Command
from bot.staff.counter.reached import demand_of
from bot.staff.counter.roles import may
from bot.staff.counter.serving import Outcome, Serving
from intents.wording import staff as say
from intents.wording import staff_demands as of_demands
from knowledge.bureaus import Bureau
from storage.demands import StoredDemand
from storage.handling import NotNow, history
from storage.life import FROM, Step

STEPS: dict[str, Step] = {
    "accept": "accept",
    "return": "return",
    "close": "close",
    "reply": "reply",
    "note": "note",
}
SAYING = frozenset({"return", "reply", "note"})
"""Steps that are nothing without words."""
_MOVING = frozenset({"accept", "return", "match", "close"})


async def take(at: Serving, command: Command) -> Outcome:
    """What became of each; nothing is done where the words are missing that go with it."""
    if command.name in SAYING and not command.rest:
        return await _asked_for_words(at, command)
    lines = [await _one(at, command, number) for number in command.numbers]
    return Outcome("\n".join(lines))


async def _one(at: Serving, command: Command, number: int) -> str:
    demand = await demand_of(at, command, number)
    if isinstance(demand, str):
        return demand
    try:
        await handling.step(
            *(at.conn, at.kb, at.staff, demand, STEPS[command.name], at.now),
            why=command.rest,
            pushable=at.provided.pushable,
        )
    except NotNow as refused:
        return await not_now(at, command.name, demand, refused)
    return of_demands.done(command.name, number, company_of(demand, at.kb), command.rest)


async def not_now(at: Serving, name: str, demand: StoredDemand, refused: NotNow) -> str:
    """Why the step may not be done, and who did what is in its way."""
    last = next((e for e in reversed(await history(at.conn, demand.id)) if e.step in _MOVING), None)
    by = ""
    if last and last.actor and last.status == refused.status:
        by = f"{await at.name_of(last.actor)} {at.when(last.at)}"
    return say.not_now(name, demand.id, refused.status, by)


async def _asked_for_words(at: Serving, command: Command) -> Outcome:
    """Only of demands with which the step could be done."""
    step = STEPS[command.name]
    for number in command.numbers:
        demand = await doable(at, command, number, step)
        if isinstance(demand, str):
            return Outcome(demand)
    named = say.numbers(command.numbers)
    return Outcome(say.what_to_say(command.name, named), begun=beginning(command))


async def doable(at: Serving, command: Command, number: int, step: Step) -> StoredDemand | str:
    """The demand, or why the step cannot be done with it."""
    demand = await demand_of(at, command, number)
    if isinstance(demand, str) or demand.status in FROM[step]:
        return demand
    return await not_now(at, command.name, demand, NotNow(demand.status))


def beginning(command: Command) -> str:
    """The command so far, as it would be typed."""
    numbers = "、".join(map(str, command.numbers))
    return f"{say.COMMAND[command.name]} {numbers} {command.rest}".strip()


async def transfer(at: Serving, command: Command) -> Outcome:
    """转办 17 厦门: to another bureau; out of one's own regions only with the role for it."""
    bureau = at.kb.bureaus.find(command.rest) if command.rest else None
    if bureau is None:
        return await _asked_for_bureau(at, command)
    return Outcome("\n".join([await _transferred(at, command, n, bureau) for n in command.numbers]))


async def _asked_for_bureau(at: Serving, command: Command) -> Outcome:
    for number in command.numbers:
        demand = await doable(at, command, number, "transfer")
        if isinstance(demand, str):
            return Outcome(demand)
    begun = beginning(Command("transfer", command.numbers))
    asked = say.what_to_say("transfer", say.numbers(command.numbers))
    return Outcome(of_demands.no_such_bureau(command.rest) if command.rest else asked, begun=begun)


def may_hand_to(at: Serving, bureau: Bureau) -> bool:
    """Out of one's own regions only with the role for it."""
    return at.reach.has(bureau.id) or may(at.staff.role, "transfer-away")


async def _transferred(at: Serving, command: Command, number: int, bureau: Bureau) -> str:
    demand = await demand_of(at, command, number)
    if isinstance(demand, str):
        return demand
    away = not at.reach.has(bureau.id)
    if not may_hand_to(at, bureau):
        why = say.may_not_transfer_away(number, bureau.short)
        return await at.refuse(say.COMMAND["transfer-away"], why, number)
    if demand.bureau == bureau.id:
        return of_demands.there_already(number, bureau.short)
    try:
        await handling.step(
            *(at.conn, at.kb, at.staff, demand, "transfer", at.now),
            bureau=bureau,
            pushable=at.provided.pushable,
        )
    except NotNow as refused:
        return await not_now(at, "transfer", demand, refused)
    return of_demands.transferred(number, bureau.short, away)
