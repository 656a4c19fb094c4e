"""Into which printed field or column of a form each slot goes: by the form's YAML alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.late import late
from knowledge.model import Attachment, DemandForm, Slot

_LIKE = 0.6  # how much of a slot's name a column must hold to be meant
_IN_BRACKETS = late(r"[（(][^（()）]*[)）]")
_ORDINAL = late("序号|编号|号码?")


@dataclass(frozen=True, slots=True)
class Plan:
    """`slots` maps each printed column and basic field to what goes into it, in the form's order;
    `rest` are the slots that the print has no place for."""

    columns: tuple[str, ...]
    slots: Mapping[str, tuple[Slot, ...]]
    rest: tuple[Slot, ...]

    def column_of(self, slot: Slot | None) -> str | None:
        """The table's column that holds `slot`."""
        return next((c for c in self.columns if slot in self.slots[c]), None)


def plan(form: DemandForm, attachment: Attachment) -> Plan:
    """Where the attachment's columns are not known, the form's slots are its columns."""
    columns = attachment.columns or tuple(
        slot.name for slot in form.slots if slot.name not in attachment.basics
    )
    printed = (*attachment.basics, *columns)
    places = {slot.name: _exact(slot, printed) for slot in form.slots}
    free = [name for name in printed if name not in places.values()]
    for slot in form.slots:
        places[slot.name] = places[slot.name] or _likely(slot, free)
    slots = {name: tuple(s for s in form.slots if places[s.name] == name) for name in printed}
    return Plan(columns, slots, tuple(s for s in form.slots if places[s.name] is None))


def is_ordinal(column: str) -> bool:
    """序号: the rows are counted in it."""
    return _ORDINAL.fullmatch(column) is not None


def _exact(slot: Slot, printed: Iterable[str]) -> str | None:
    names = {slot.name, slot.column}
    return next((p for p in printed if p in names or _IN_BRACKETS.sub("", p) in names), None)


def _likely(slot: Slot, printed: Sequence[str]) -> str | None:
    """The place whose words hold most of the slot's name, or of another name for it."""
    likeness = {place: _likeness(slot, place) for place in printed}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= _LIKE else None


def _likeness(slot: Slot, place: str) -> float:
    there = set(pairwise(place))
    names = [set(pairwise(name)) for name in (slot.name, *slot.labels)]
    return max((len(name & there) / len(name) for name in names if name), default=0.0)
