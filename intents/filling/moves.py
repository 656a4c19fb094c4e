"""What the form says after a step: it goes on, or moves as the user asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intents.conversation import FormDraft
from intents.filling import draft as drafts
from intents.filling import replies
from intents.filling.acts import Act
from intents.filling.draft import slot_named
from intents.filling.replies import Said
from intents.filling.step import Step
from intents.wording import form as wording


def after(step: Step) -> Said:
    """What to say after `step`, which has not submitted."""
    said = [*replies.acknowledged(step.draft, step.form, step.change, step.ask), *step.notes]
    if step.ask is not None:
        return replies.ask(step.draft, step.form, step.ask, said)
    if "submit" in step.acts or ("done" in step.acts and not step.touched):
        return _not_yet(step, said)
    if step.touched:
        return replies.go_on(step.draft, step.form, said)
    for act in step.heard.acts:
        if act in _MOVES:
            return _MOVES[act](step)
    return replies.repeat(step.draft, step.form, said)


def _not_yet(step: Step, said: list[str]) -> Said:
    """Submission was asked for before everything was there and seen."""
    if "done" in step.acts and step.asked and step.asked.name in step.draft.values:
        return replies.go_on(step.draft, step.form, said)
    lacking = drafts.lacking(step.draft, step.form)
    if not lacking:
        return replies.confirm(step.draft, step.form, said)
    said = [*said, wording.still_missing([s.name for s in lacking])]
    return replies.ask(step.draft, step.form, lacking[0], said)


def _restart(step: Step) -> Said:
    old = step.draft
    fresh = FormDraft(old.notice, old.number, noticed=old.noticed, consented=old.consented)
    return replies.go_on(fresh, step.form, [wording.restarted()])


def _back(step: Step) -> Said:
    """To the slot that was settled before the one that is asked for."""
    draft = step.draft
    earlier = [n for n in draft.history if n != draft.asking and slot_named(step.form, n)]
    slot = slot_named(step.form, earlier[-1]) if earlier else None
    if slot is None:
        return replies.repeat(draft, step.form, [wording.at_the_start()])
    draft = replace(
        draft,
        history=tuple(earlier[:-1]),
        declined=tuple(n for n in draft.declined if n != slot.name),
    )
    value = draft.values.get(slot.name)
    if value is None:
        return replies.ask(draft, step.form, slot, [wording.ask_back(slot.name, None)])
    draft = replace(draft, asking=slot.name, stage="filling")
    text = wording.ask_back(slot.name, replies.value_text(value))
    return Said(draft, text, replies.menu(draft, step.form, slot))


def _keep(step: Step) -> Said:
    return replies.go_on(step.draft, step.form, [])


def _pause(step: Step) -> Said:
    return Said(step.draft, wording.paused())


def _show(step: Step) -> Said:
    lines = replies.all_lines(step.draft, step.form, marks=False)
    said = [wording.so_far(lines) if lines else wording.nothing_yet()]
    return replies.repeat(step.draft, step.form, said)


def _why(step: Step) -> Said:
    slot = step.asked
    said = [wording.why_asked(slot.kind, slot.name, required=slot.required)] if slot else []
    return replies.repeat(step.draft, step.form, said)


def _edit(step: Step) -> Said:
    return replies.choose_what_to_change(step.draft, step.form)


def _open(step: Step) -> Said:
    return replies.repeat(step.draft, step.form, [wording.already_open()])


_MOVES: dict[Act, Callable[[Step], Said]] = {
    "restart": _restart,
    "back": _back,
    "keep": _keep,
    "pause": _pause,
    "show": _show,
    "why": _why,
    "edit": _edit,
    "wrong": _edit,
    "open": _open,
}
