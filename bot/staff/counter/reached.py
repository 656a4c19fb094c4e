"""A demand that a command names, as far as the member of staff may know of it."""

from __future__ import annotations

from bot.staff.counter.commands import Command
from bot.staff.counter.serving import Serving
from intents.wording import staff as say
from intents.wording import staff_questions as of_questions
from storage import demands, questions
from storage.demands import StoredDemand
from storage.questions import StoredQuestion


async def known(at: Serving, number: int, *, hold: bool = False) -> StoredDemand | None:
    """A draft is nobody's business but the enterprise's. `hold`: see `storage.demands.find`."""
    demand = await demands.find(at.conn, number, hold=hold)
    return None if demand is None or demand.status == "draft" else demand


async def demand_of(at: Serving, command: Command, number: int) -> StoredDemand | str:
    """The demand, or why it is not to be had; of what lies elsewhere nothing is told."""
    demand = await known(at, number)
    if demand is None:
        return await _unknown(at, command, number)
    if not at.reach.has(demand.bureau):
        why = say.not_yours(number, at.staff.regions)
        return await at.refuse(say.COMMAND[command.name], why, number)
    return demand


async def _unknown(at: Serving, command: Command, number: int) -> str:
    if command.name == "reply":
        question = await questions.find(at.conn, number)
        if question and question.state == "open" and at.reach.has_region(question.region, at.kb):
            return say.no_demand_but_question(number)
    return say.no_demand(number)


async def question_of(at: Serving, command: Command, number: int) -> StoredQuestion | str:
    """The question, or why it is not to be had."""
    question = await questions.find(at.conn, number)
    if question is None:
        return await _unknown_question(at, command, number)
    if not at.reach.has_region(question.region, at.kb):
        why = say.not_yours(number, at.staff.regions)
        return await at.refuse(say.COMMAND[command.name], why)
    return of_questions.erased_question(number) if question.state == "erased" else question


async def _unknown_question(at: Serving, command: Command, number: int) -> str:
    demand = await known(at, number) if command.name == "answer" else None
    if demand and at.reach.has(demand.bureau):
        return of_questions.no_question_but_demand(number)
    return of_questions.no_question(number)
