"""One message's step in an open form: the draft after it, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intents.conversation import FormDraft
from intents.filling import draft as drafts
from intents.filling.acts import Act
from intents.filling.contacts import CALLS
from intents.filling.draft import Change, slot_named
from intents.filling.heard import Heard
from intents.slots.text import need_slot
from intents.wording import form as wording
from knowledge.model import DemandForm, Slot


class Step:
    """`before` and `draft`: the form before and after. `notes`: sentences for the user.

    `ask`: the slot that must be asked for now, because it was refused, called wrong or mistyped.
    `nods`: the message is 嗯 or 就这个 and no more, which answers what was just suggested.
    `points`: it is 对 or 就这个, which does so even while something else is asked.
    """

    def __init__(
        self,
        before: FormDraft,
        form: DemandForm,
        heard: Heard,
        notes: Sequence[str] = (),
        *,
        nods: bool = False,
        points: bool = False,
    ) -> None:
        self.before, self.form, self.heard = before, form, heard
        self.nods, self.points = nods, points
        self.acts: set[Act] = set(heard.acts)
        self.asked = slot_named(form, before.asking)
        self.notes = [*notes, *heard.remarks]
        self.ask: Slot | None = None
        self.draft, self.change = drafts.absorb(before, form, heard)
        for name in heard.declined:
            self._decline(slot_named(form, name))
        self._answer()
        self._move_on()
        self._correct()

    @property
    def touched(self) -> bool:
        """The message changed something, or something must be said about it."""
        return self.draft != self.before or self.change != Change() or bool(self.notes)

    @property
    def submits(self) -> bool:
        """All is there, a summary was shown, and the user has said yes to it."""
        ready = self.ask is None and not drafts.lacking(self.draft, self.form)
        if not ready or not self.before.shown:
            return False
        if "submit" in self.acts:
            return True
        changed = self.change != Change() or bool(self.heard.declined)
        agreed = bool(self.acts & {"agree", "done"}) and not self.acts & {"wrong", "edit"}
        return self.before.stage == "confirming" and agreed and not changed

    def _decline(self, slot: Slot | None) -> None:
        if slot is None:
            return
        if slot == need_slot(self.form):
            self.notes.append(wording.need_is_the_heart())
            self.ask = slot
        elif self._worth_pressing(slot):
            self.draft = drafts.press(self.draft, slot)
            self.notes.append(wording.why_needed(slot.kind, slot.name))
            self.ask = slot
        else:
            held = slot.name in self.draft.values
            self.draft = drafts.decline(self.draft, slot)
            self.notes.append(self._left_out(slot, held))

    def _worth_pressing(self, slot: Slot) -> bool:
        """Required, and refused for the first time; a number to call is enough of its kind."""
        if not slot.required or slot.name in self.draft.pressed or slot.kind == "yesno":
            return False
        rest = drafts.decline(self.draft, slot)
        return not (slot.kind in CALLS and drafts.can_be_called(rest, self.form))

    def _left_out(self, slot: Slot, held: bool) -> str:
        reachable = drafts.can_be_reached(self.draft, self.form)
        if slot.required and slot.kind in CALLS and not reachable:
            return wording.no_contact_left()
        return wording.removed([slot.name]) if held else wording.left_out([slot.name])

    def _answer(self) -> None:
        """Bare words such as 对, 不用, 没有, 随便 answer the slot that was asked for."""
        slot, heard = self.asked, self.heard
        if slot is None and self.nods and self.before.stage == "confirming":
            self._answer_ahead()
        if slot is None or slot.name in {*heard.values, *heard.declined, *heard.problems}:
            return
        if slot.kind == "yesno":
            self._answer_mark(slot)
        elif slot.kind == "choice":
            self._answer_choice(slot)
        elif (self.points or "want" in self.acts) and slot.name not in self.draft.values:
            self._answer_ahead()
        elif slot.name not in self.draft.values:
            refused = self.acts & {"refuse", "unsure"}
            if refused or ("done" in self.acts and not slot.required):
                self._decline(slot)

    def _answer_ahead(self) -> None:
        """对 and 需要 are no name or number: they answer what was suggested or is asked later."""
        chosen = drafts.choice_slot(self.form)
        if "want" in self.acts:
            self._answer_open_mark()
        elif chosen and self.draft.suggested and chosen.name not in self.draft.values:
            self._give(chosen, self.draft.suggested)

    def _answer_mark(self, slot: Slot) -> None:
        picked = drafts.choice_slot(self.form)
        of_the_choice = picked is not None and picked.name in self.heard.values
        if "refuse" in self.acts or "want" in self.acts:
            self._give(slot, "want" in self.acts)
        elif "agree" in self.acts and not of_the_choice:
            self._give(slot, True)
        elif "unsure" in self.acts:
            self._decline(slot)

    def _answer_choice(self, slot: Slot) -> None:
        suggested = self.draft.suggested
        if suggested and self.acts & {"want", "refuse"} and self._answer_open_mark():
            return
        nods = not self.points and self.acts <= {"agree", "want"}
        if nods and drafts.is_open(self.draft, self.form):
            return  # 好的 chooses none of several
        if suggested and self.acts & {"agree", "want", "unsure"}:
            self._give(slot, suggested)
        elif "unsure" in self.acts:
            self._take_catch_all(slot)
        elif suggested and self.acts & {"wrong", "refuse"}:
            self.draft = replace(self.draft, suggested=None)
            self.notes.append(wording.choose_other())

    def _take_catch_all(self, slot: Slot) -> None:
        other = drafts.catch_all(self.form)
        if other is not None:
            self._give(slot, other.name)
            self.notes.append(wording.catch_all(other.name))

    def _answer_open_mark(self) -> bool:
        """不用 and 需要 do not answer 对吗, but the mark that is still open."""
        marks = [s for s in self.form.slots if s.kind == "yesno" and s.ask]
        left = [s for s in marks if not drafts.settled(self.draft, self.form, s)]
        if left:
            self._give(left[0], "want" in self.acts)
        return bool(left)

    def _give(self, slot: Slot, value: str | bool) -> None:
        self.draft = drafts.give(self.draft, slot.name, value)
        self.change = replace(self.change, noted=(*self.change.noted, slot.name))

    def _move_on(self) -> None:
        """A required slot was pressed for, and the user went on to other things."""
        slot = self.asked
        if slot is None or slot.name not in self.before.pressed or self.ask is not None:
            return
        if self.heard.values and not drafts.settled(self.draft, self.form, slot):
            self.draft = drafts.decline(self.draft, slot)

    def _correct(self) -> None:
        for name in self.heard.reopened:
            slot = slot_named(self.form, name)
            if slot is None or (slot.kind in CALLS and self._number_given()):
                continue
            self.notes.append(wording.ask_again(name))
            self.ask = slot
        for name, sentence in self.heard.problems.items():
            self.notes.append(sentence)
            self.ask = self.ask or slot_named(self.form, name)

    def _number_given(self) -> bool:
        return any(s.kind in CALLS and s.name in self.heard.values for s in self.form.slots)
