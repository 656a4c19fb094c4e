"""The turns in which an open form speaks: its notice, its words, and the draft that is stored."""

from __future__ import annotations

from dataclasses import replace

from intents.conversation import Conversation, FormDraft
from intents.filling import draft as drafts
from intents.filling import entry as entries
from intents.filling.replies import Said
from intents.slots.cues import form_of
from intents.turn import DemandEntry, Effect, Reply, SaveDraft, Turn
from intents.wording import form as wording
from knowledge.model import DemandForm, Notice
from knowledge.snapshot import KnowledgeBase


def form_in_use(draft: FormDraft | None, kb: KnowledgeBase) -> tuple[Notice, DemandForm]:
    """The draft's notice and form; the form in use where there is none, or no longer."""
    try:
        notice = kb.form_notice(draft.notice if draft else None)
    except LookupError:
        notice = kb.form_notice()
    form = form_of(notice, kb)
    if form is None:
        raise LookupError(f"no form in {notice.id}")
    return notice, form


def shown(talk: Conversation, kb: KnowledgeBase, said: Said) -> Turn:
    """The open form's turn. What was submitted before stays as it is until it is submitted again.

    The place is asked for with the summary, once: whatever else is said there is no answer to it.
    """
    form = form_in_use(said.draft, kb)[1]
    said = _with_the_place(talk, kb, form, said)
    reply = Reply(
        "collect", said.text, tuple(item.label for item in said.menu), task=task(said.draft, form)
    )
    after = replace(talk, form=said.draft, menu=said.menu, refusals=0, asked_back=False)
    saved: tuple[Effect, ...] = (SaveDraft(stored(after, said.draft, kb)),)
    return Turn(reply, after, () if said.draft.editing else saved)


def stored(talk: Conversation, draft: FormDraft, kb: KnowledgeBase) -> DemandEntry:
    """The draft as the entry that is stored of it."""
    notice, form = form_in_use(draft, kb)
    return entries.entry(draft, notice, form, kb, _home(talk, draft, form))


def task(draft: FormDraft, form: DemandForm) -> str | None:
    """The key task that was chosen, else the one that was suggested."""
    slot = drafts.choice_slot(form)
    chosen = draft.values.get(slot.name) if slot else None
    return str(chosen) if chosen else draft.suggested


def _with_the_place(talk: Conversation, kb: KnowledgeBase, form: DemandForm, said: Said) -> Said:
    draft = said.draft
    sums_up = draft.stage == "confirming" and draft.asking is None
    if not sums_up or draft.region_asked or not kb.bureaus.all:
        return said
    if entries.region(draft, form, kb) or _home(talk, draft, form):
        return said
    return Said(
        replace(draft, region_asked=True), f"{said.text}\n{wording.which_place()}", said.menu
    )


def _home(talk: Conversation, draft: FormDraft, form: DemandForm) -> str | None:
    """Where the sender is from, unless this demand is of another enterprise than the last."""
    before = talk.last.company if talk.last else None
    now = drafts.company(draft, form)
    if before and now and not drafts.same_company(before, now):
        return None
    return talk.region
