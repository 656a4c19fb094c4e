"""Numbers and addresses: into which slot each goes."""

from __future__ import annotations

from intents.filling.heard import Notebook
from intents.filling.labels import Labelled
from intents.slots.value import Found, Problem
from intents.wording import contacts as wording
from knowledge.model import Slot, SlotKind

CALLS: tuple[SlotKind, ...] = ("phone", "mobile")
KINDS: tuple[SlotKind, ...] = (*CALLS, "email")


def take(book: Notebook, found: Found) -> None:
    """Write `found` down. A landline where only a mobile will do is a problem."""
    hint, book.pending = book.pending, None
    book.target, book.contacts = None, True
    slot = _place(book, found, hint)
    if hint is not None and hint.tie == "wrong" and not (slot in hint.slots and _held(book, slot)):
        book.reopen(hint.slots)
    if slot is None:
        return
    if isinstance(found, Problem):
        book.problems[slot.name] = found.sentence
    elif found.kind == "phone" and slot.kind == "mobile":
        book.problems[slot.name] = wording.mobile_wanted()
    else:
        book.values[slot.name] = found.value


def _held(book: Notebook, slot: Slot | None) -> bool:
    return slot is not None and slot.name in book.asked.values


def _place(book: Notebook, found: Found, hint: Labelled | None) -> Slot | None:
    """By kind first, then by label, by what was asked for, and the first that is free."""
    own = [s for s in book.form.slots if s.kind == found.kind]
    other = [s for s in book.form.slots if found.kind != "email" and s.kind in CALLS]
    other = [s for s in other if s not in own]
    if isinstance(found, Problem):
        return book.asked.slot if book.asked.slot in other and not hint else _first(own, other)
    if found.kind == "mobile" and other and (_second(book, own) or _meant(book, found, hint, own)):
        return other[0]
    named = [s for s in own if hint and s in hint.slots]
    asked = [s for s in own if s == book.asked.slot]
    free = [s for s in own if not book.known(s)]
    return _first(named, asked, free, own, other)


def _second(book: Notebook, own: list[Slot]) -> bool:
    """A second mobile in one message goes to the slot for any phone."""
    return all(s.name in book.values for s in own)


def _meant(book: Notebook, found: Found, hint: Labelled | None, own: list[Slot]) -> bool:
    """联系电话139…, where another mobile is there already and nothing is being corrected."""
    if hint is None or hint.tie in ("change", "wrong") or any(s in hint.slots for s in own):
        return False
    there = {**book.asked.values, **book.values}
    return any(there.get(s.name) not in (None, getattr(found, "value", None)) for s in own)


def _first(*choices: list[Slot]) -> Slot | None:
    return next((slot for slots in choices for slot in slots), None)
