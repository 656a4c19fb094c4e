"""A submitted entry as a draft again, to be changed and confirmed once more."""

from __future__ import annotations

from dataclasses import replace

from intents.conversation import FormDraft
from intents.filling import entry as entries
from intents.filling.turns import form_in_use
from intents.turn import OwnDemand
from knowledge.snapshot import KnowledgeBase


def reopened(demand: OwnDemand, kb: KnowledgeBase) -> FormDraft:
    """The stored entry as a draft that waits to be confirmed again."""
    draft = FormDraft(demand.notice, demand.number, noticed=True, consented=True, editing=True)
    form = form_in_use(draft, kb)[1]
    values = {s.name: demand.fields[s.name] for s in form.slots if s.name in demand.fields}
    values = {name: value for name, value in values.items() if value not in (None, "")}
    draft = replace(
        draft,
        values=values,
        declined=tuple(s.name for s in form.slots if s.ask and s.name not in values),
        stage="confirming",
        region_asked=True,
    )
    if demand.region and entries.region(draft, form, kb) != demand.region:
        draft = replace(draft, region=demand.region)
    return draft
