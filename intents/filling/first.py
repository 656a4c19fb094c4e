"""The first message of a form: what it tells already, and who the sender is known to be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intents.conversation import FormDraft
from intents.filling import acts, apart, besides, replies
from intents.filling import draft as drafts
from intents.filling import former as formers
from intents.filling.besides import Besides
from intents.filling.draft import slot_named
from intents.filling.former import Former
from intents.filling.heard import Asked, Heard
from intents.filling.pieces import tidy
from intents.filling.reading import read
from intents.needs import read_need, wants_form
from intents.slots.text import need_slot
from intents.wording import form as wording
from knowledge.late import late
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase

_CHINESE = late("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class First:
    """The draft after the first message, what is said to it, and the needs told besides."""

    draft: FormDraft
    said: list[str]
    others: tuple[str, ...]


def first(
    empty: FormDraft,
    form: DemandForm,
    kb: KnowledgeBase,
    text: str,
    meant: str,
    before: Former | None,
    consent: str,
) -> First:
    """`empty` with all that `text` tells. `meant` is `text` with slips of typing put right.

    `before`: the demand whose contacts are taken over; where there is none, `consent` is said.
    """
    told = besides.read(tidy(text), kb, asked=False)
    if told.rest != tidy(text):
        text = meant = told.rest
    text = _after_the_command(text, meant)
    heard = _with_need(read(text, form, Asked(opening=True)), text, meant, form)
    heard, others = apart.one_of(heard, form, held=False)
    draft, change = drafts.absorb(replace(empty, region=told.region), form, heard)
    draft = _left_out(draft, form, heard)
    greeting = _greeting(draft, form, text)
    draft, who = _who(draft, form, before, told, consent)
    said = [
        greeting,
        *replies.acknowledged(draft, form, change, None),
        *heard.problems.values(),
        *heard.remarks,
        wording.first_of(len(others) + 1, others) if others else "",
        who,
    ]
    return First(draft, [sentence for sentence in said if sentence], others)


def _after_the_command(text: str, meant: str) -> str:
    """登计需求厦门…: a command that was mistyped is as little of a need as one that was not."""
    typed, right = tidy(text), tidy(meant)
    at = acts.opening(right)
    mistyped = at and not acts.opening(typed) and len(typed) == len(right) and at < len(typed)
    return typed[at:] if mistyped else text


def _left_out(draft: FormDraft, form: DemandForm, heard: Heard) -> FormDraft:
    """没邮箱 in the first message: what may be left out is not asked for."""
    for name in heard.declined:
        slot = slot_named(form, name)
        if slot is not None and not slot.required:
            draft = drafts.decline(draft, slot)
    return draft


def _who(
    draft: FormDraft,
    form: DemandForm,
    before: Former | None,
    told: Besides,
    consent: str,
) -> tuple[FormDraft, str]:
    """Who the sender is, taken over from last time; else what is to be said about consent."""
    if before is None:
        return draft, f"{wording.nothing_to_reuse()}\n{consent}" if told.same else consent
    draft = formers.reuse(draft, form, before)
    if told.other:
        given = {n: v for n, v in draft.values.items() if n not in draft.reused}
        kept = formers.another_company(draft, form)
        draft = replace(kept, values={**kept.values, **given})
    return draft, formers.taken_over(draft, form)


def _greeting(draft: FormDraft, form: DemandForm, text: str) -> str:
    need = need_slot(form)
    if need is not None and need.name in draft.values and not wants_form(text):
        return wording.opened_by_need()
    return "" if draft.values else wording.opened()


def _with_need(heard: Heard, text: str, meant: str, form: DemandForm) -> Heard:
    """A message that states a need always leaves one, even where its parts were read otherwise."""
    need = need_slot(form)
    if need is None or acts.opening(tidy(text)) == len(tidy(text)):
        return heard
    if read_need(meant, form) is None:
        return heard
    if _CHINESE.search(text) and need.name in heard.values:
        return heard
    told = text if _CHINESE.search(text) else meant
    return replace(heard, values={**heard.values, need.name: tidy(told)})
