"""The sender's own demands as they are spoken of: which one is meant, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from intents.conversation import FormDraft
from intents.filling import draft as drafts
from intents.filling.turns import form_in_use
from intents.mine.wish import LAST
from intents.slots.text import need_slot
from intents.turn import OwnDemand
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase

_SHORT = 20  # characters of a need in a list


def meant(number: int, own: Sequence[OwnDemand]) -> OwnDemand | None:
    """The demand of the sender's own count; else the one that staff know by that number."""
    if number == LAST:
        return next((d for d in reversed(own) if d.status != "draft"), None)
    by_count = next((d for d in own if d.number == number), None)
    return by_count or next((d for d in own if d.id == number), None)


def live(own: Sequence[OwnDemand]) -> list[OwnDemand]:
    """Submitted, and neither closed nor called off."""
    return [d for d in own if d.status not in ("draft", "closed", "cancelled")]


def changeable(own: Sequence[OwnDemand]) -> list[OwnDemand]:
    """Submitted, and not yet taken up by staff."""
    return [d for d in own if d.editable and d.status != "draft"]


def form_of(demand: OwnDemand, kb: KnowledgeBase) -> DemandForm:
    return form_in_use(FormDraft(demand.notice, demand.number), kb)[1]


def need_of(demand: OwnDemand, kb: KnowledgeBase, longest: int = _SHORT) -> str:
    """What the demand is about, in short; "" where it tells nothing."""
    slot = need_slot(form_of(demand, kb))
    said = str(demand.fields.get(slot.name) or "") if slot else ""
    return said if len(said) <= longest else said[: longest - 1] + "…"


def task_of(demand: OwnDemand, kb: KnowledgeBase) -> str | None:
    """The key task under which the demand goes; None where none was chosen."""
    slot = drafts.choice_slot(form_of(demand, kb))
    chosen = demand.fields.get(slot.name) if slot else None
    return str(chosen) if chosen else None
