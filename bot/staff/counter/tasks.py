"""Key tasks as staff name them."""

from __future__ import annotations

from intents.slots.choice import is_part_of_name, pick
from intents.slots.cues import form_of
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase


def key_task(said: str, kb: KnowledgeBase) -> str | None:
    """The task as the form in use prints it; None where the words name none."""
    form = form_of(kb.form_notice(), kb) if kb.has_form else None
    if form is None or not (is_part_of_name(said, form) or _is_cue(said, form)):
        return None
    return pick(said, form, asked=True)


def _is_cue(said: str, form: DemandForm) -> bool:
    return any(said in task.cues for task in form.key_tasks)
