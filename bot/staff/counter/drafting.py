"""入库 5: an answer kept as a draft in the knowledge directory, for an admin to look over."""

from __future__ import annotations

import asyncio

from bot.staff import faq
from bot.staff.counter.commands import Command
from bot.staff.counter.reached import question_of
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.steps import beginning
from bot.staff.inert import masked
from intents.wording import staff_questions as say
from knowledge.yaml_source import KnowledgeError
from storage import revisions


async def draft(at: Serving, command: Command) -> Outcome:
    number = command.numbers[0]
    question = await question_of(at, command, number)
    if isinstance(question, str):
        return Outcome(question)
    if question.kind == "handoff":
        return Outcome(say.not_for_drafts(number))
    if question.answer is None:
        return Outcome(say.not_answered_yet(number))
    if at.provided.drafts is None:
        return Outcome(say.no_drafts_folder(number))
    begun = beginning(Command("draft", command.numbers))
    place = faq.place_of(command.rest, at.kb, question.nearest)
    if place is None:
        asked = say.no_such_clause(command.rest) if command.rest else say.which_clause(number)
        return Outcome(asked, begun=begun)
    entry = faq.Entry(masked(question.question), question.answer, *place)
    return Outcome(await _added(at, entry, number, guessed=not command.rest))


async def _added(at: Serving, entry: faq.Entry, number: int, *, guessed: bool) -> str:
    name = f"{entry.notice}.yaml"
    files = await revisions.files(at.conn, await revisions.newest(at.conn))
    folder = at.provided.drafts
    assert folder is not None
    try:
        path, new = await asyncio.to_thread(faq.add, entry, folder, files.get(name))
    except (faq.NoDraft, KnowledgeError):
        return say.draft_failed()
    await at.record("draft", None, f"{number}: {entry.clause}")
    if not new:
        return say.drafted_before(number, path.name)
    return say.drafted(number, entry.clause, path.name, guessed=guessed)
