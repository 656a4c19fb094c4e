"""What a new demand takes over from the sender's one before it: the enterprise and its contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intents.conversation import FormDraft
from intents.filling.draft import company, same_company
from intents.slots.text import shaped
from intents.turn import DemandEntry, OwnDemand
from intents.wording import form as wording
from knowledge.model import DemandForm, Slot, SlotKind

WHO: tuple[SlotKind, ...] = ("company", "person", "phone", "mobile", "email")


@dataclass(frozen=True, slots=True)
class Former:
    """`values` and `declined`: slots that tell who the sender is. `region`: where they are."""

    values: dict[str, str | bool]
    declined: tuple[str, ...]
    region: str | None

    def company(self, form: DemandForm) -> str | None:
        names = [s.name for s in form.slots if s.kind == "company" and s.name in self.values]
        return str(self.values[names[0]]) if names else None


def former(
    own: Sequence[OwnDemand], form: DemandForm, just: DemandEntry | None = None
) -> Former | None:
    """The sender's last demand that still tells whom to call; None where there is none.

    One that was called off, or whose personal fields were erased, tells nothing. `just`: the one
    submitted in this very turn.
    """
    filed = [d for d in own if d.status not in ("draft", "cancelled")]
    found = [(d.fields, d.region) for d in sorted(filed, key=lambda demand: -demand.number)]
    if just is not None:
        found.insert(0, (just.fields, just.region))
    for values, region in found:
        if any(s.personal and values.get(s.name) for s in form.slots):
            return _taken(values, region, form)
    return None


def _taken(values: dict[str, str | bool], region: str | None, form: DemandForm) -> Former:
    who = [s for s in form.slots if tells_who(s, form)]
    held = {s.name: values[s.name] for s in who if values.get(s.name)}
    lacking = tuple(s.name for s in who if s.name not in held)
    return Former(held, lacking, region)


def tells_who(slot: Slot, form: DemandForm) -> bool:
    """The slot is about the enterprise or its contact, and not about one need."""
    office = (shaped(form, "department"), shaped(form, "position"))
    return slot.kind in WHO or slot.personal or slot in office


def reuse(draft: FormDraft, form: DemandForm, before: Former) -> FormDraft:
    """The draft with all that it lacks of who the sender is; of another enterprise no office."""
    taken = before.values
    if _differs(draft, form, before):
        taken = {n: v for n, v in taken.items() if n not in _of_the_company(form)}
    added = {n: v for n, v in taken.items() if n not in draft.values and n not in draft.declined}
    declined = [n for n in before.declined if n not in draft.values]
    return replace(
        draft,
        values={**draft.values, **added},
        declined=(*draft.declined, *(n for n in declined if n not in draft.declined)),
        reused=(*draft.reused, *added),
        consented=True,
    )


def taken_over(draft: FormDraft, form: DemandForm) -> str:
    """The sentence that tells what of the draft was said last time; "" where nothing was."""
    companies = {s.name for s in form.slots if s.kind == "company"}
    return wording.reused(company=bool(companies & {*draft.reused})) if draft.reused else ""


def another_company(draft: FormDraft, form: DemandForm) -> FormDraft:
    """The draft without the enterprise and what belongs to it alone."""
    gone = _of_the_company(form)
    return replace(
        draft,
        values={n: v for n, v in draft.values.items() if n not in gone},
        declined=tuple(n for n in draft.declined if n not in gone),
        reused=tuple(n for n in draft.reused if n not in gone),
        region=None,
    )


def _differs(draft: FormDraft, form: DemandForm, before: Former) -> bool:
    name, old = company(draft, form), before.company(form)
    return name is not None and (old is None or not same_company(name, old))


def _of_the_company(form: DemandForm) -> set[str]:
    offices = (shaped(form, "department"), shaped(form, "position"))
    companies = (s for s in form.slots if s.kind == "company")
    return {slot.name for slot in (*companies, *offices) if slot}
