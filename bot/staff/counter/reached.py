"""A demand that a command names, as far as the member of staff may know of it."""

from __future__ import annotations

from bot.staff.counter.commands import Command
from bot.staff.counter.serving import Serving
from bot.staff.inert import known_values, masked
from intents.wording import staff as say
from intents.wording import staff_questions as of_questions
from storage import demands, questions
from storage.demands import StoredDemand
from storage.questions import StoredQuestion

COMPANY, KEY_TASK, NEED = "单位名称", "重点任务", "服务需求事项"


async def demand_of(at: Serving, command: Command, number: int) -> StoredDemand | str:
    """The demand, or why it is not to be had; of what lies elsewhere nothing is told.

    A draft is nobody's business but the enterprise's.
    """
    demand = await demands.find(at.conn, number)
    if demand is None or demand.status == "draft":
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
    demand = await demands.find(at.conn, number) if command.name == "answer" else None
    if demand and demand.status != "draft" and at.reach.has(demand.bureau):
        return of_questions.no_question_but_demand(number)
    return of_questions.no_question(number)


def company_of(demand: StoredDemand) -> str:
    """The enterprise's name as a list shows it."""
    return shown(demand, COMPANY, 24) or say.unnamed()


def text_of(demand: StoredDemand, slot: str) -> str:
    value = demand.fields.get(slot)
    return value if isinstance(value, str) else ""


def shown(demand: StoredDemand, slot: str, limit: int) -> str:
    """A field as a list shows it: without personal data, and short."""
    personal = [text for name in demand.personal if (text := text_of(demand, name))]
    return shortened(masked(text_of(demand, slot), known_values(personal)), limit)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
