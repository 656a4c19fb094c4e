"""The demand form as a conversation: one engine for any form that a notice's YAML defines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from intents import form_acts, form_draft, form_replies
from intents.conversation import Conversation, FormDraft
from intents.form_draft import Change, slot_named
from intents.form_reading import Asked, Heard, read
from intents.form_replies import Said
from intents.form_text import tidy
from intents.needs import read_need, wants_form
from intents.slots import choice
from intents.slots.text import need_slot
from intents.turn import CancelDemand, Effect, Reply, SaveDraft, SubmitDemand, Turn
from intents.wording import form as wording
from knowledge.model import DemandForm, Notice, Slot
from knowledge.snapshot import KnowledgeBase


def open_form(conversation: Conversation, text: str, kb: KnowledgeBase, now: datetime) -> Turn:
    """A new form with what `text` already tells filled in; an open one goes on.

    Raises LookupError where no notice defines a form.
    """
    if conversation.form is not None:
        return continue_form(conversation, text, kb, now) or _turn(
            conversation,
            kb,
            form_replies.repeat(conversation.form, _form(conversation.form, kb)[1], []),
        )
    notice = kb.form_notice()
    assert notice.form is not None
    form, number = notice.form, conversation.demands + 1
    heard = _with_need(read(text, form, Asked(opening=True)), text, form)
    draft, change = form_draft.absorb(FormDraft(notice.id, number), form, heard)
    draft = replace(draft, noticed=True)
    need = need_slot(form)
    by_need = need is not None and need.name in draft.values and not wants_form(text)
    said = [
        wording.opened_by_need() if by_need else wording.opened() if not change.noted else "",
        *form_replies.acknowledged(draft, form, change),
        *heard.problems.values(),
        wording.consent(),
    ]
    started = replace(conversation, demands=number, filed=0, more=())
    return _turn(started, kb, form_replies.go_on(draft, form, [s for s in said if s]))


def _with_need(heard: Heard, text: str, form: DemandForm) -> Heard:
    """A message that states a need always leaves one, even where its parts were read otherwise."""
    need = need_slot(form)
    if need is None or need.name in heard.values or read_need(text, form) is None:
        return heard
    return replace(heard, values={**heard.values, need.name: tidy(text)})


def continue_form(
    conversation: Conversation, text: str, kb: KnowledgeBase, now: datetime
) -> Turn | None:
    """The open form goes on with `text`; None where it gives nothing that the form can use."""
    draft = conversation.form
    if draft is None:
        return _after_filing(conversation, text)
    form = _form(draft, kb)[1]
    text = _picked(conversation, text)
    slot = slot_named(form, draft.asking)
    asked = Asked(slot, draft.values, confirming=draft.stage == "confirming" or draft.shown)
    heard = read(text, form, asked)
    if heard.empty:
        filler = form_acts.is_filler(tidy(text))
        return _turn(conversation, kb, form_replies.repeat(draft, form, [])) if filler else None
    if "cancel" in heard.acts and not (heard.values or heard.declined or heard.reopened):
        return cancel_form(conversation, kb)
    draft = replace(draft, consented=draft.consented or draft.noticed)
    step = _Step(draft, form, heard)
    if step.submits():
        return _submit(conversation, kb, step.draft)
    return _turn(conversation, kb, step.said())


def reask(conversation: Conversation, kb: KnowledgeBase) -> str:
    """What the open form asks once more after a word in between; empty where none is open."""
    draft = conversation.form
    if draft is None:
        return ""
    form = _form(draft, kb)[1]
    slot = slot_named(form, draft.asking)
    if draft.stage == "confirming" or slot is None:
        return wording.waiting_for_confirmation()
    return wording.go_on(form_replies.question(draft, form, slot))


def cancel_form(conversation: Conversation, kb: KnowledgeBase) -> Turn:
    """The open form is given up; nothing of it stays in the conversation."""
    draft = conversation.form
    if draft is None:
        return Turn(Reply("command", wording.nothing_to_cancel(), intent="cancel"), conversation)
    closed = replace(conversation, form=None, menu=(), filed=0)
    reply = Reply("command", wording.cancelled(), intent="cancel")
    return Turn(reply, closed, (CancelDemand(draft.number),))


def _form(draft: FormDraft, kb: KnowledgeBase) -> tuple[Notice, DemandForm]:
    """The draft's notice and form; the form in use where the notice no longer has one."""
    try:
        notice = kb.form_notice(draft.notice)
    except LookupError:
        notice = kb.form_notice()
    assert notice.form is not None
    return notice, notice.form


def _picked(conversation: Conversation, text: str) -> str:
    """A number stands for the option that it counts."""
    number = choice.ordinal(tidy(text))
    if number is None or not 1 <= number <= len(conversation.menu):
        return text
    return conversation.menu[number - 1].says


def _after_filing(conversation: Conversation, text: str) -> Turn | None:
    if conversation.filed and form_acts.act_of(tidy(text)) == "submit":
        return Turn(Reply("collect", wording.already_submitted()), replace(conversation, menu=()))
    return None


def _turn(conversation: Conversation, kb: KnowledgeBase, said: Said) -> Turn:
    notice, form = _form(said.draft, kb)
    entry = form_draft.entry(said.draft, notice, form, kb.regions.find)
    reply = Reply(
        "collect", said.text, tuple(item.label for item in said.menu), task=_task(said.draft, form)
    )
    talk = replace(conversation, form=said.draft, menu=said.menu, refusals=0, asked_back=False)
    return Turn(reply, talk, (SaveDraft(entry),))


def _submit(conversation: Conversation, kb: KnowledgeBase, draft: FormDraft) -> Turn:
    notice, form = _form(draft, kb)
    draft = form_draft.as_submitted(draft, form)
    entry = form_draft.entry(draft, notice, form, kb.regions.find)
    company = next(
        (
            str(draft.values[s.name])
            for s in form.slots
            if s.kind == "company" and s.name in draft.values
        ),
        None,
    )
    words = (
        wording.submitted
        if form_draft.can_be_reached(draft, form)
        else wording.submitted_without_contact
    )
    effects: tuple[Effect, ...] = (SubmitDemand(entry),)
    closed = replace(conversation, form=None, menu=(), filed=draft.number, refusals=0)
    return Turn(Reply("collect", words(company), task=_task(draft, form)), closed, effects)


def _task(draft: FormDraft, form: DemandForm) -> str | None:
    slot = form_draft.choice_slot(form)
    chosen = draft.values.get(slot.name) if slot else None
    return str(chosen) if chosen else draft.suggested


class _Step:
    """One message's step in an open form: the draft after it, and what to say."""

    def __init__(self, draft: FormDraft, form: DemandForm, heard: Heard) -> None:
        self.form, self.heard = form, heard
        self.before = draft
        self.asked = slot_named(form, draft.asking)
        self.notes: list[str] = []
        self.ask: Slot | None = None
        self.draft, self.change = form_draft.absorb(draft, form, heard)
        self.refused: list[str] = []
        for name in heard.declined:
            self._decline(slot_named(form, name))
        self._answer()
        self._moved_on()
        self._corrected()

    # what the message does to the draft

    def _decline(self, slot: Slot | None) -> None:
        if slot is None:
            return
        if slot == need_slot(self.form):
            self.notes.append(wording.need_is_the_heart())
            self.ask = slot
        elif self._must_press(slot):
            self.draft = form_draft.press(self.draft, slot)
            self.notes.append(wording.why_needed(slot.kind, slot.name))
            self.ask = slot
        else:
            held = slot.name in self.draft.values
            self.draft = form_draft.decline(self.draft, slot)
            self._leave_out(slot, held)

    def _must_press(self, slot: Slot) -> bool:
        if not slot.required or slot.name in self.draft.pressed or slot.kind == "yesno":
            return False
        rest = form_draft.decline(self.draft, slot)
        met = slot.kind in ("phone", "mobile") and form_draft.can_be_called(rest, self.form)
        return not met

    def _leave_out(self, slot: Slot, held: bool) -> None:
        if (
            slot.required
            and slot.kind in ("phone", "mobile")
            and not form_draft.can_be_reached(self.draft, self.form)
        ):
            self.notes.append(wording.no_contact_left())
        elif held:
            self.notes.append(wording.removed([slot.name]))
        else:
            self.notes.append(wording.left_out([slot.name]))

    def _answer(self) -> None:
        """Bare words such as 对, 不用, 没有, 随便 answer the slot that was asked for."""
        slot, acts = self.asked, set(self.heard.acts)
        if slot is None or slot.name in {
            *self.heard.values,
            *self.heard.declined,
            *self.heard.problems,
        }:
            return
        if slot.kind == "yesno":
            self._answer_mark(slot, acts)
        elif slot.kind == "choice":
            self._answer_choice(slot, acts)
        elif acts & {"refuse", "unsure"} or ("done" in acts and not slot.required):
            if slot.name not in self.draft.values:
                self._decline(slot)

    def _answer_mark(self, slot: Slot, acts: set[form_acts.Act]) -> None:
        picked = form_draft.choice_slot(self.form)
        if picked and picked.name in self.heard.values and not acts & {"want", "refuse"}:
            return
        if acts & {"agree", "want"}:
            self._give(slot, True)
        elif acts & {"refuse"}:
            self._give(slot, False)
        elif "unsure" in acts:
            self._decline(slot)

    def _answer_choice(self, slot: Slot, acts: set[form_acts.Act]) -> None:
        suggested = self.draft.suggested
        if suggested and acts & {"want", "refuse"} and self._answers_mark(acts):
            return
        if acts & {"agree", "want"} and suggested:
            self._give(slot, suggested)
        elif "unsure" in acts:
            other = form_draft.catch_all(self.form)
            if suggested or other:
                task = suggested or (other.name if other else "")
                self._give(slot, task)
                if not suggested:
                    self.notes.append(wording.catch_all(task))
        elif acts & {"wrong", "refuse"} and suggested:
            self.draft = replace(self.draft, suggested=None)
            self.notes.append(wording.choose_other())

    def _answers_mark(self, acts: set[form_acts.Act]) -> bool:
        """不用 and 需要 do not answer 对吗, but the mark that is still open."""
        marks = [s for s in self.form.slots if s.kind == "yesno" and s.ask]
        left = [s for s in marks if not form_draft.settled(self.draft, self.form, s)]
        if left:
            self._give(left[0], "want" in acts)
        return bool(left)

    def _give(self, slot: Slot, value: str | bool) -> None:
        self.draft = form_draft.give(self.draft, slot.name, value)
        self.change = replace(self.change, noted=(*self.change.noted, slot.name))

    def _moved_on(self) -> None:
        """A required slot that was pressed for, and the user went on to other things."""
        slot = self.asked
        if slot is None or slot.name not in self.before.pressed or self.ask is not None:
            return
        if self.heard.values and not form_draft.settled(self.draft, self.form, slot):
            self.draft = form_draft.decline(self.draft, slot)

    def _corrected(self) -> None:
        for name in self.heard.reopened:
            slot = slot_named(self.form, name)
            if slot is None or (slot.kind in ("phone", "mobile") and self._number_given()):
                continue
            self.notes.append(wording.ask_again(name))
            self.ask = slot
        for name, sentence in self.heard.problems.items():
            self.notes.append(sentence)
            self.ask = self.ask or slot_named(self.form, name)

    def _number_given(self) -> bool:
        return any(
            s.kind in ("phone", "mobile") and s.name in self.heard.values for s in self.form.slots
        )

    # what follows

    def submits(self) -> bool:
        acts = set(self.heard.acts)
        if (
            self.ask is not None
            or form_draft.lacking(self.draft, self.form)
            or not self.before.shown
        ):
            return False
        if "submit" in acts:
            return True
        changed = self.change != Change() or self.heard.declined
        return (
            self._confirming()
            and not changed
            and not acts & {"wrong", "edit"}
            and bool(acts & {"agree", "done"})
        )

    def _confirming(self) -> bool:
        return self.before.stage == "confirming"

    def said(self) -> Said:
        said = [*form_replies.acknowledged(self.draft, self.form, self.change), *self.notes]
        if self.ask is not None:
            return form_replies.ask(self.draft, self.form, self.ask, said)
        acts = set(self.heard.acts)
        if "submit" in acts or ("done" in acts and not self._touched()):
            return self._not_yet(said)
        if self._touched():
            return form_replies.go_on(self.draft, self.form, said)
        for act in self.heard.acts:
            if act in _ACTIONS:
                return _ACTIONS[act](self)
        return form_replies.repeat(self.draft, self.form, said)

    def _touched(self) -> bool:
        return self.draft != self.before or self.change != Change() or bool(self.notes)

    def _not_yet(self, said: list[str]) -> Said:
        """Submission was asked for before everything was there and seen."""
        if self.asked and self.asked.name in self.draft.values and "done" in self.heard.acts:
            return form_replies.go_on(self.draft, self.form, said)
        lacking = form_draft.lacking(self.draft, self.form)
        if lacking:
            said = [*said, wording.still_missing([s.name for s in lacking])]
            return form_replies.ask(self.draft, self.form, lacking[0], said)
        return form_replies.confirm(self.draft, self.form, said)

    def restart(self) -> Said:
        fresh = FormDraft(
            self.draft.notice,
            self.draft.number,
            noticed=self.draft.noticed,
            consented=self.draft.consented,
        )
        return form_replies.go_on(fresh, self.form, [wording.restarted()])

    def back(self) -> Said:
        """To the slot that was settled before the one that is asked for."""
        history = tuple(
            n for n in self.draft.history if n != self.draft.asking and slot_named(self.form, n)
        )
        if not history:
            return form_replies.repeat(self.draft, self.form, [wording.at_the_start()])
        name = history[-1]
        draft = replace(
            self.draft,
            history=history[:-1],
            asking=name,
            stage="filling",
            declined=tuple(n for n in self.draft.declined if n != name),
        )
        value = draft.values.get(name)
        shown = form_replies.value_text(value) if value is not None else None
        slot = slot_named(self.form, name)
        assert slot is not None
        if value is None:
            return form_replies.ask(draft, self.form, slot, [wording.ask_back(name, None)])
        return Said(draft, wording.ask_back(name, shown), form_replies.menu(draft, self.form, slot))

    def keep(self) -> Said:
        return form_replies.go_on(self.draft, self.form, [])

    def pause(self) -> Said:
        return Said(self.draft, wording.paused(), ())

    def show(self) -> Said:
        lines = form_replies.all_lines(self.draft, self.form, marks=False)
        said = [wording.so_far(lines) if lines else wording.nothing_yet()]
        return form_replies.repeat(self.draft, self.form, said)

    def why(self) -> Said:
        slot = self.asked
        said = [wording.why_asked(slot.kind, slot.name)] if slot else []
        return form_replies.repeat(self.draft, self.form, said)

    def edit(self) -> Said:
        return form_replies.choose_what_to_change(self.draft, self.form)

    def open(self) -> Said:
        return form_replies.repeat(self.draft, self.form, [wording.already_open()])


_ACTIONS = {
    "restart": _Step.restart,
    "back": _Step.back,
    "keep": _Step.keep,
    "pause": _Step.pause,
    "show": _Step.show,
    "why": _Step.why,
    "edit": _Step.edit,
    "wrong": _Step.edit,
    "open": _Step.open,
}
