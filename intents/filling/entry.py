"""A draft as the entry that is stored: its fields, where it belongs, and whose support it asks."""

from __future__ import annotations

from intents.conversation import FormDraft
from intents.slots.text import need_slot
from intents.turn import DemandEntry
from knowledge.bureaus import Bureau
from knowledge.model import DemandForm, Notice, Slot
from knowledge.snapshot import KnowledgeBase

_NATION = "国家"


def entry(
    draft: FormDraft, notice: Notice, form: DemandForm, kb: KnowledgeBase, home: str | None
) -> DemandEntry:
    """The draft as it is stored: personal fields only once the user has consented.

    `home` is where the sender is from, for a demand that itself tells no place.
    """
    personal = {s.name for s in form.slots if s.personal}
    fields = {
        s.name: draft.values[s.name]
        for s in form.slots
        if s.name in draft.values and (draft.consented or s.name not in personal)
    }
    place = region(draft, form, kb) or home
    serving = bureau(place, kb)
    return DemandEntry(
        number=draft.number,
        notice=notice.id,
        campaign=notice.campaign,
        region=place,
        fields=fields,
        personal=tuple(n for n in fields if n in personal),
        bureau=serving.id if serving else None,
        national=any(draft.values.get(s.name) is True for s in form.slots if _is_national(s)),
    )


def bureau(place: str | None, kb: KnowledgeBase) -> Bureau | None:
    """The bureau to which a demand from `place` goes."""
    return kb.bureaus.serving(place)


def region(draft: FormDraft, form: DemandForm, kb: KnowledgeBase) -> str | None:
    """The place that the user told, else that of the enterprise's name, else the need's."""
    if draft.region:
        return draft.region
    for slot in form.slots:
        if slot.kind == "company" and slot.name in draft.values:
            name = str(draft.values[slot.name])
            if place := kb.divisions.find(name, company=True, near=kb.home):
                return place
    need = need_slot(form)
    said = str(draft.values.get(need.name, "")) if need else ""
    return kb.divisions.find(said, near=kb.home)


def _is_national(slot: Slot) -> bool:
    """The mark by which the national office's support is asked for, whatever a form calls it."""
    return slot.kind == "yesno" and any(_NATION in name for name in (slot.name, *slot.labels))
