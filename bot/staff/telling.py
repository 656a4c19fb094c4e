"""The note that an enterprise gets of a step that concerns it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.staff.about import about, region_of
from intents.wording import mine, steps
from knowledge.snapshot import KnowledgeBase
from storage.demands import StoredDemand
from storage.handling import Handled
from storage.notes import NoteRow
from storage.questions import StoredQuestion


def note_of(
    handled: Handled, demand: StoredDemand, kb: KnowledgeBase, contact: str | None = None
) -> NoteRow | None:
    """`demand` is as it is after the step; None where the step is the staff's own business.

    `contact` is the matched resource's. Moments are told in the zone of `handled.at`.
    """
    text = _text(handled, demand, kb, contact)
    if text is None:
        return None
    return NoteRow(demand.sender, text, handled.at, demand.id, region=region_of(demand, kb))


def answer_note(
    question: StoredQuestion, at: datetime, demand: StoredDemand | None = None
) -> NoteRow:
    """What the person is told who asked what is now answered.

    `demand` is the one that the question is about: who asked knows it by its own number.
    """
    asked, answer = _there(question.at, at.tzinfo), question.answer or ""
    noted = mine.noted(question.question)
    if noted and demand:
        text = steps.change_answered(demand.number, noted[1], asked, answer)
    elif question.kind == "handoff":
        text = steps.called_back(asked, answer)
    else:
        text = steps.answered(question.question, asked, answer)
    about_one = demand.id if demand else None
    return NoteRow(question.sender, text, at, about_one, region=question.region)


def _text(
    handled: Handled, demand: StoredDemand, kb: KnowledgeBase, contact: str | None
) -> str | None:
    created = _there(demand.created, handled.at.tzinfo)
    entry = steps.entry(demand.number, about(demand, kb).need or None, created)
    bureau = kb.bureaus.get(demand.bureau) if demand.bureau else None
    name = bureau.name if bureau else None
    match handled.step:
        case "accept":
            return steps.accepted(entry, name)
        case "return":
            return steps.returned(entry, handled.why)
        case "match":
            return steps.matched(entry, handled.resource or "", contact, handled.why)
        case "transfer":
            return steps.transferred(entry, name or handled.bureau or "")
        case "reply":
            return steps.replied(entry, handled.why)
        case "close":
            return steps.closed(entry, handled.why)
        case "cancel":
            return steps.called_off(entry, handled.why)
        case _:
            return None


def _there(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone) if zone else at
