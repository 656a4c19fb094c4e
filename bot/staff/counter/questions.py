"""待答 and 答 5: what the assistant could not answer, answered by a person."""

from __future__ import annotations

from bot.staff import handling
from bot.staff.counter.commands import Command
from bot.staff.counter.reached import question_of
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.steps import beginning
from bot.staff.inert import masked, shortened
from intents.wording import staff as say
from intents.wording import staff_questions as of_questions
from storage import questions
from storage.questions import AlreadyAnswered, StoredQuestion

_IN_LIST, _QUOTED = 50, 30


async def open_questions(at: Serving, _command: Command) -> Outcome:
    """Oldest first, without personal data."""
    found = await questions.open_questions(at.conn)
    theirs = [q for q in found if at.reach.has_region(q.region, at.kb)]
    if not theirs:
        return Outcome(of_questions.no_open_questions())
    return Outcome(of_questions.open_questions(len(theirs), [_line(at, q) for q in theirs]))


def _line(at: Serving, question: StoredQuestion) -> str:
    text = shortened(masked(question.question), _IN_LIST)
    where = question.region or of_questions.nowhere()
    return of_questions.question_line(
        question.id, where, at.when(question.at), text, question.kind == "handoff"
    )


async def answer(at: Serving, command: Command) -> Outcome:
    """Kept with the question; who asked is told."""
    if not command.rest:
        return await _asked_for_words(at, command)
    return Outcome("\n".join([await _answered(at, command, n) for n in command.numbers]))


async def _asked_for_words(at: Serving, command: Command) -> Outcome:
    for number in command.numbers:
        question = await _open_one(at, command, number)
        if isinstance(question, str):
            return Outcome(question)
    asked = say.what_to_say("answer", say.numbers(command.numbers))
    return Outcome(asked, begun=beginning(command))


async def _open_one(at: Serving, command: Command, number: int) -> StoredQuestion | str:
    question = await question_of(at, command, number)
    if isinstance(question, str) or question.state == "open":
        return question
    return of_questions.answered_before(number, question.answer or "")


async def _answered(at: Serving, command: Command, number: int) -> str:
    question = await _open_one(at, command, number)
    if isinstance(question, str):
        return question
    try:
        await handling.answer(at.conn, at.staff, number, command.rest, at.now, at.provided.pushable)
    except AlreadyAnswered:  # by another worker, at this moment
        return of_questions.answered_before(number, "")
    return of_questions.answer_kept(number, shortened(masked(question.question), _QUOTED))
