"""What one message tells a form, and the notebook in which its reader collects that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intents.filling.acts import Act
from intents.filling.labels import Labelled
from intents.filling.pieces import Piece
from intents.slots import text as texts
from intents.slots.person import Person
from knowledge.model import DemandForm, Slot, SlotKind

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heard:
    """`replaces`: texts that stand instead of what was there, not beside it. `remarks`: sentences
    for the user about what was given and is no slot's value."""

    values: Mapping[str, str | bool] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    replaces: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def empty(self) -> bool:
        return not (
            self.values
            or self.problems
            or self.declined
            or self.reopened
            or self.remarks
            or self.acts
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader must know of the talk: the slot last asked for, and what is filled in."""

    slot: Slot | None = None
    values: Mapping[str, str | bool] = field(default_factory=dict)
    opening: bool = False
    confirming: bool = False

    @property
    def kind(self) -> SlotKind | None:
        return self.slot.kind if self.slot else None


@dataclass(slots=True)
class Notebook:
    """Collects what the pieces of one message tell, in their order.

    `loose`: spans whose slot is not known yet. `fillers`: politeness. `told`: spans of labelled
    texts. `target`: the text slot to which the next free clauses belong. `pending`: a label that
    waits for its value. `choosing`: a key task was asked for. `contacts`: a number or address has
    been read. `number_next`: one follows the clause at hand. `next_act`: what the next clause
    does. `named_last`: the last clause named a person. `adding`: it was said that something is
    added (补充一下).
    """

    text: str
    form: DemandForm
    asked: Asked
    question: bool
    values: dict[str, str | bool] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    declined: dict[str, None] = field(default_factory=dict)
    reopened: dict[str, None] = field(default_factory=dict)
    replaces: set[str] = field(default_factory=set)
    acts: list[tuple[Act, Piece]] = field(default_factory=list)
    loose: list[Span] = field(default_factory=list)
    fillers: list[Span] = field(default_factory=list)
    told: dict[str, list[Span]] = field(default_factory=dict)
    target: Slot | None = None
    pending: Labelled | None = None
    choosing: bool = False
    contacts: bool = False
    number_next: bool = False
    next_act: Act | None = None
    named_last: bool = False
    adding: bool = False

    @property
    def need(self) -> Slot | None:
        return texts.need_slot(self.form)

    def first(self, kind: SlotKind) -> Slot | None:
        return next((s for s in self.form.slots if s.kind == kind), None)

    def known(self, slot: Slot) -> bool:
        return slot.name in self.values or slot.name in self.asked.values

    def telling(self) -> bool:
        """The need is being told in this message, so that names in it belong to it."""
        return bool(self.loose or self.target) and not self.contacts

    def tell(self, slot: Slot, span: Span) -> None:
        """A labelled text. A department or an office is told in one clause, other texts go on."""
        self.told.setdefault(slot.name, []).append(span)
        short = (texts.shaped(self.form, "department"), texts.shaped(self.form, "position"))
        self.target = None if slot in short else slot

    def decline(self, slots: tuple[Slot, ...]) -> None:
        """Refused: of several slots that were meant, the one that holds something or was asked."""
        self.pending = None
        held = [s for s in slots if s.name in self.asked.values]
        asked = [s for s in slots if s == self.asked.slot]
        for slot in held or asked or [s for s in slots if s.required][:1] or slots[:1]:
            self.declined[slot.name] = None

    def reopen(self, slots: tuple[Slot, ...]) -> None:
        """Called wrong: the slot that holds something, unless its new value has come already."""
        held = [s for s in slots if s.name in self.asked.values and s.name not in self.values]
        if held or not any(s.name in self.values for s in slots):
            asked = [s for s in slots if s == self.asked.slot]
            self.reopened[(held or asked or list(slots))[0].name] = None

    def flush(self) -> None:
        """A label that was given no value before the next one came."""
        if self.pending is not None and self.pending.tie == "wrong":
            self.reopen(self.pending.slots)
        self.pending = None

    def name(self, slot: Slot, who: Person | None) -> bool:
        """Write down a person, and the office that came with the name."""
        if who is None:
            return False
        self.values[slot.name] = who.name
        self.named_last = True
        office = texts.shaped(self.form, "position")
        if who.title and office and texts.position(who.title):
            self.values.setdefault(office.name, who.title)
        return True
