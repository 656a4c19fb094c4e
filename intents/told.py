"""What a demand says, whatever its form calls the slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from intents.slots.text import need_slot, shaped
from knowledge.model import DemandForm, Slot


@dataclass(frozen=True, slots=True)
class Told:
    """ "" for what was not given, or where the form has no slot for it.

    `task` is the key task as it was chosen, `proposal` what the enterprise would be matched with.
    """

    company: str = ""
    task: str = ""
    need: str = ""
    proposal: str = ""


def told(fields: Mapping[str, str | bool | None], form: DemandForm | None) -> Told:
    """`fields` are values by the names of the form's slots. Nothing where the form is not known."""
    if form is None:
        return Told()
    return Told(*(_text(fields.get(slot.name)) if slot else "" for slot in _slots(form)))


@lru_cache(maxsize=64)
def _slots(form: DemandForm) -> tuple[Slot | None, ...]:
    """In the order of `Told`; remembered, for lists read many demands of few forms."""
    return (
        _of_kind(form, "company"),
        _of_kind(form, "choice"),
        need_slot(form),
        shaped(form, "wanted"),
    )


def _of_kind(form: DemandForm, kind: str) -> Slot | None:
    return next((slot for slot in form.slots if slot.kind == kind), None)


def _text(value: str | bool | None) -> str:
    return value if isinstance(value, str) else ""
