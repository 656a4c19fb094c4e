"""What a draft holds and lacks, and how what was heard goes into it. Pure steps, no words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intents.conversation import FormDraft
from intents.filling.heard import Heard
from intents.slots import choice
from intents.slots.company import is_legal
from intents.slots.text import need_slot
from knowledge.late import late
from knowledge.model import DemandForm, KeyTask, Slot

_CALLS = ("phone", "mobile")
_DIVISION = late("[省市县区（）()]")


@dataclass(frozen=True, slots=True)
class Change:
    """What one message did to a draft: names of slots, to be told to the user."""

    noted: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    appended: tuple[str, ...] = ()


def slot_named(form: DemandForm, name: str | None) -> Slot | None:
    return next((s for s in form.slots if s.name == name), None)


def choice_slot(form: DemandForm) -> Slot | None:
    return next((s for s in form.slots if s.kind == "choice"), None)


def catch_all(form: DemandForm) -> KeyTask | None:
    """The key task for all that fits no other: the last one named 其他…."""
    return next((t for t in reversed(form.key_tasks) if choice.is_catch_all(t.name)), None)


def absorb(draft: FormDraft, form: DemandForm, heard: Heard) -> tuple[FormDraft, Change]:
    """The draft with what was heard in it. A bad value leaves what was there."""
    noted, changed, appended = [], [], []
    values = dict(draft.values)
    need = need_slot(form)
    for name, value in heard.values.items():
        before = values.get(name)
        if before is None:
            noted.append(name)
        elif need and name == need.name and _adds(draft, heard, name):
            if str(value) in str(before):
                continue
            value = f"{before}；{value}"
            appended.append(name)
        elif _is_short_for(slot_named(form, name), str(value), str(before)):
            continue
        elif before != value:
            changed.append(name)
        values[name] = value
    if not any(name in draft.values for name in _calls(form, heard)):
        _drop_wrong_number(values, form, heard)
    draft = replace(
        draft,
        values=values,
        declined=tuple(n for n in draft.declined if n not in heard.values),
        history=_later(draft.history, tuple(heard.values)),
    )
    if need and need.name in heard.values:
        draft = _with_suggestion(draft, form, replaced=need.name in changed)
    return draft, Change(tuple(noted), tuple(changed), tuple(appended))


def same_company(one: str, other: str) -> bool:
    """The names are one, or one of them is the other without its legal form or its place."""
    return one == other or short_for(one, other) or short_for(other, one)


def short_for(name: str, full: str) -> bool:
    """示例木业 for 三明市示例木业有限公司; two full names are never the same."""
    return _DIVISION.sub("", name) in _DIVISION.sub("", full) and is_legal(full) > is_legal(name)


def _is_short_for(slot: Slot | None, value: str, before: str) -> bool:
    return slot is not None and slot.kind == "company" and short_for(value, before)


def _adds(draft: FormDraft, heard: Heard, name: str) -> bool:
    return name not in heard.replaces and draft.asking != name


def _calls(form: DemandForm, heard: Heard) -> list[str]:
    """The numbers to call that were heard."""
    return [s.name for s in form.slots if s.kind in _CALLS and s.name in heard.values]


def _drop_wrong_number(values: dict[str, str | bool], form: DemandForm, heard: Heard) -> None:
    """电话错了，应该是0598-…: the mobile that was called wrong does not stay."""
    given = {s.kind for s in form.slots if s.name in heard.values}
    for name in heard.reopened:
        slot = slot_named(form, name)
        if slot and slot.kind in _CALLS and given & set(_CALLS):
            values.pop(name, None)


def _later(history: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    return (*(n for n in history if n not in names), *names)


def _with_suggestion(draft: FormDraft, form: DemandForm, *, replaced: bool) -> FormDraft:
    need, chosen = need_slot(form), choice_slot(form)
    suggestion = choice.suggest(str(draft.values[need.name]), form) if need else None
    other = catch_all(form)
    task = suggestion.task if suggestion else other.name if other else None
    values = dict(draft.values)
    if (
        replaced
        and chosen
        and suggestion
        and suggestion.confident
        and values.get(chosen.name) != task
    ):
        values.pop(chosen.name, None)
    return replace(draft, values=values, suggested=task)


def reason(draft: FormDraft, form: DemandForm) -> choice.Suggestion | None:
    """Why the suggested key task was suggested; None where none is."""
    need = need_slot(form)
    if draft.suggested is None or need is None or need.name not in draft.values:
        return None
    found = choice.suggest(str(draft.values[need.name]), form)
    return found if found and found.task == draft.suggested else None


def sign(draft: FormDraft, form: DemandForm) -> str | None:
    """The word in the need that speaks for the suggested key task; None where none does."""
    why = reason(draft, form)
    return why.cue if why else None


def is_open(draft: FormDraft, form: DemandForm) -> bool:
    """A key task is suggested for which no word of the need speaks: any may be the right one."""
    return draft.suggested is not None and sign(draft, form) is None


def decline(draft: FormDraft, slot: Slot) -> FormDraft:
    values = {n: v for n, v in draft.values.items() if n != slot.name}
    return replace(
        draft,
        values=values,
        declined=_later(draft.declined, (slot.name,)),
        history=_later(draft.history, (slot.name,)),
    )


def press(draft: FormDraft, slot: Slot) -> FormDraft:
    return replace(draft, pressed=_later(draft.pressed, (slot.name,)))


def give(draft: FormDraft, name: str, value: str | bool) -> FormDraft:
    return replace(
        draft,
        values={**draft.values, name: value},
        declined=tuple(n for n in draft.declined if n != name),
        history=_later(draft.history, (name,)),
    )


def settled(draft: FormDraft, form: DemandForm, slot: Slot) -> bool:
    """Given, refused for good or, for a number to call, met by the other kind of number."""
    if slot.name in draft.values or slot.name in draft.declined:
        return True
    return slot.kind in _CALLS and can_be_called(draft, form)


def can_be_called(draft: FormDraft, form: DemandForm) -> bool:
    return any(s.kind in _CALLS and s.name in draft.values for s in form.slots)


def can_be_reached(draft: FormDraft, form: DemandForm) -> bool:
    return can_be_called(draft, form) or any(
        s.kind == "email" and s.name in draft.values for s in form.slots
    )


def next_slot(draft: FormDraft, form: DemandForm) -> Slot | None:
    """The next slot to ask for, in the order of the form; None when the summary may come.

    A key task that was read with confidence out of the need is asked about only while something
    else is open too: else the summary asks for both at once.
    """
    wanted = [s for s in form.slots if s.ask and not settled(draft, form, s)]
    if len(wanted) == 1 and wanted[0].kind == "choice":
        why = reason(draft, form)
        if why is not None and why.confident:
            return None
    return wanted[0] if wanted else None


def lacking(draft: FormDraft, form: DemandForm) -> list[Slot]:
    """What a demand cannot be submitted without. Marks (yes or no) count as no when left out."""
    return [
        s
        for s in form.slots
        if s.required
        and s.kind != "yesno"
        and not settled(draft, form, s)
        and not (s.kind == "choice" and draft.suggested)
    ]


def as_submitted(draft: FormDraft, form: DemandForm) -> FormDraft:
    """The draft as its summary showed it: the suggested task taken, required marks set to no."""
    values = dict(draft.values)
    for slot in form.slots:
        if slot.kind == "choice" and draft.suggested:
            values.setdefault(slot.name, draft.suggested)
        if slot.kind == "yesno" and slot.required:
            values.setdefault(slot.name, False)
    return replace(draft, values=values, consented=True)


def company(draft: FormDraft, form: DemandForm) -> str | None:
    """The enterprise's name, where it was given."""
    slots = [s for s in form.slots if s.kind == "company" and s.name in draft.values]
    return str(draft.values[slots[0].name]) if slots else None
