"""A draft's next reply: question, options, summary."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intents.conversation import FormDraft, MenuItem
from intents.filling import draft as drafts
from intents.filling.draft import Change, slot_named
from intents.slots.text import need_slot
from intents.wording import form as wording
from knowledge.model import DemandForm, Slot

_SHOWN, _ACKNOWLEDGED = 200, 40  # characters of a value in a summary, and in passing


@dataclass(frozen=True, slots=True)
class Said:
    """A reply's words and options, and the draft that knows what was asked."""

    draft: FormDraft
    text: str
    menu: tuple[MenuItem, ...] = ()


def value_text(value: str | bool, longest: int = _SHOWN) -> str:
    if isinstance(value, bool):
        return wording.yes_no(value)
    return value if len(value) <= longest else value[: longest - 1] + "…"


def acknowledged(draft: FormDraft, form: DemandForm, change: Change, ask: Slot | None) -> list[str]:
    """What was taken, in short; new values are left out where a summary is about to show them."""
    said = []
    coming = ask or drafts.next_slot(draft, form)
    if change.noted and not _sums_up(draft, form, coming):
        said.append(wording.noted(_lines(draft, form, change.noted)))
        said += _leaning(draft, form, change, coming)
    if change.changed:
        said.append(wording.changed(_lines(draft, form, change.changed)))
    said.extend(wording.appended(name) for name in change.appended)
    return said


def _leaning(draft: FormDraft, form: DemandForm, change: Change, coming: Slot | None) -> list[str]:
    """To which key task the need seems to belong, where that is not about to be asked."""
    need, chosen = need_slot(form), drafts.choice_slot(form)
    why = drafts.reason(draft, form)
    if need is None or need.name not in change.noted or coming == chosen or why is None:
        return []
    if chosen is None or chosen.name in draft.values:
        return []
    return [wording.leaning(why.task, why.cue)]


def _lines(draft: FormDraft, form: DemandForm, names: tuple[str, ...]) -> list[wording.Line]:
    return [
        (s.name, value_text(draft.values[s.name], _ACKNOWLEDGED))
        for s in form.slots
        if s.name in names and s.name in draft.values
    ]


def _sums_up(draft: FormDraft, form: DemandForm, slot: Slot | None) -> bool:
    """The next reply shows a summary: nothing is left to ask, or all required is there at last."""
    if slot is None:
        return True
    openly = slot.kind == "choice" and drafts.is_open(draft, form)
    return not drafts.lacking(draft, form) and not draft.shown and not openly


def all_lines(draft: FormDraft, form: DemandForm, *, marks: bool) -> list[wording.Line]:
    """Every value in the order of the form, with the suggested task and its reason.

    `marks`: yes-or-no slots that were not spoken of are shown as no.
    """
    why = drafts.reason(draft, form)
    shown: list[wording.Line] = []
    for slot in form.slots:
        if slot.name in draft.values:
            shown.append((slot.name, value_text(draft.values[slot.name])))
        elif slot.kind == "choice" and draft.suggested:
            shown.append(
                (slot.name, wording.suggested_task(draft.suggested, why.cue if why else None))
            )
        elif slot.kind == "yesno" and slot.required and marks:
            shown.append((slot.name, wording.not_marked()))
    if draft.region:
        shown.append((wording.place(), draft.region))
    return shown


def ask(draft: FormDraft, form: DemandForm, slot: Slot, said: list[str]) -> Said:
    """The question for `slot`, after a summary if all that is required has just come together."""
    if _sums_up(draft, form, slot):
        said = [*said, wording.complete(all_lines(draft, form, marks=False))]
        draft = replace(draft, shown=True)
    draft = replace(draft, asking=slot.name, stage="filling")
    return Said(draft, "\n".join([*said, question(draft, form, slot)]), menu(draft, form, slot))


def question(draft: FormDraft, form: DemandForm, slot: Slot) -> str:
    if slot.kind != "choice":
        return slot.prompt
    if draft.suggested and slot.name not in draft.values:
        cue, other = drafts.sign(draft, form), drafts.catch_all(form)
        if cue is None:
            return wording.choose_openly(other.name if other else None)
        return wording.suggestion(draft.suggested, cue)
    need = need_slot(form)
    return wording.choose(slot.prompt, need is not None and need.name in draft.values)


def menu(draft: FormDraft, form: DemandForm, slot: Slot) -> tuple[MenuItem, ...]:
    if slot.kind == "choice":
        names = [t.name for t in form.key_tasks]
        told = draft.suggested if not drafts.is_open(draft, form) else None
        first = [told] if told in names and told else []
        return tuple(MenuItem(n, n) for n in [*first, *(n for n in names if n not in first)])
    if slot.kind == "yesno":
        return _items(wording.yes_option(), wording.no_option())
    return () if slot.required else _items(wording.skip_option())


def confirm(draft: FormDraft, form: DemandForm, said: list[str]) -> Said:
    """The summary, to be confirmed."""
    draft = replace(draft, asking=None, stage="confirming", shown=True)
    empty = tuple(
        s.name for s in form.slots if s.name not in draft.values and _worth_adding(draft, form, s)
    )
    text = "\n".join([*said, wording.summary(all_lines(draft, form, marks=True), empty)])
    items = _items(wording.submit_option(), wording.edit_option(), wording.cancel_option())
    return Said(draft, text, items)


def _worth_adding(draft: FormDraft, form: DemandForm, slot: Slot) -> bool:
    if slot.kind == "yesno" and slot.required:
        return False
    return not (slot.kind == "choice" and draft.suggested)


def go_on(draft: FormDraft, form: DemandForm, said: list[str]) -> Said:
    """Whatever comes next: the next question, or the summary."""
    slot = drafts.next_slot(draft, form)
    return confirm(draft, form, said) if slot is None else ask(draft, form, slot, said)


def repeat(draft: FormDraft, form: DemandForm, said: list[str]) -> Said:
    """The question that was asked last, once more."""
    slot = slot_named(form, draft.asking)
    if slot is not None:
        return ask(draft, form, slot, said)
    if draft.stage == "confirming":
        items = _items(wording.submit_option(), wording.edit_option(), wording.cancel_option())
        return Said(draft, "\n".join([*said, wording.waiting_for_confirmation()]), items)
    return go_on(draft, form, said)


def review(draft: FormDraft, form: DemandForm) -> Said:
    """A submitted entry as it lies there, and what may be changed in it."""
    said = choose_what_to_change(draft, form)
    return replace(said, text=f"{wording.so_far(all_lines(draft, form, marks=False))}\n{said.text}")


def choose_what_to_change(draft: FormDraft, form: DemandForm) -> Said:
    items = tuple(
        MenuItem(s.name, wording.edit_slot(s.name))
        for s in form.slots
        if s.name in draft.values or (s.kind == "choice" and draft.suggested)
    )
    return Said(draft, wording.what_to_change(), items)


def _items(*labels: str) -> tuple[MenuItem, ...]:
    return tuple(MenuItem(label, label) for label in labels)
