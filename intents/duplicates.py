"""Which demands may be one: the same enterprise with the same need in other words. Staff decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intents.alike.company import likeness
from intents.alike.need import Shared, shared
from intents.slots.choice import suggest
from intents.wording import matching as say
from knowledge.late import late
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase

_OF_ONE_TASK, _OF_OTHERS, _UNSURE = 0.2, 0.6, 0.45
"""How much of the shorter need the other must hold where both are of one key task; how much of each
other where they are of two, or that is not sure. Measured on tests/intents/duplicates.yaml."""
_WORDS_TOLD = 3
_MARKS = late(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Filed:
    """A demand by its id: who filed it, and what for. `task` is the key task's name, if known."""

    id: int
    company: str
    need: str
    task: str | None = None


def duplicates(demand: Filed, others: Sequence[Filed], kb: KnowledgeBase) -> list[tuple[int, str]]:
    """The id of each of the others that may be the same as `demand`, with the reason for staff."""
    found = ((other.id, _why(demand, other, kb)) for other in others if other.id != demand.id)
    return [(id_, why) for id_, why in found if why]


def _why(one: Filed, other: Filed, kb: KnowledgeBase) -> str | None:
    like = likeness(one.company, other.company, kb)
    if like is None or not one.need or not other.need:
        return None
    company = {
        "same": say.same_company(),
        "short": say.short_company(),
        "slip": say.company_mistyped(),
    }[like]
    if _bare(one.need) == _bare(other.need):
        return say.same_need(company, say.word_for_word())
    held = shared(one.need, other.need, kb)
    tasks = (_task(one, kb), _task(other, kb))
    if not _enough(held, *tasks):
        return None
    return say.same_need(company, _told(held, tasks[0]))


def _bare(need: str) -> str:
    return _MARKS.sub("", normalise(need))


def _enough(held: Shared, task: str | None, another: str | None) -> bool:
    if task is None or another is None:
        return held.both >= _UNSURE
    return held.shorter >= _OF_ONE_TASK if task == another else held.both >= _OF_OTHERS


def _told(held: Shared, task: str | None) -> str:
    if held.words:
        return say.both_speak_of(held.words[:_WORDS_TOLD])
    return say.of_one_task(task or "")


def _task(filed: Filed, kb: KnowledgeBase) -> str | None:
    """Its key task, else the one that its need surely points to."""
    if filed.task or not kb.has_form:
        return filed.task
    form = kb.form_notice().form
    suggested = suggest(filed.need, form) if form else None
    return suggested.task if suggested and suggested.confident else None
