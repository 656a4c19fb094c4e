"""How an open form ends: submitted, submitted again, too late to be changed, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intents.conversation import Conversation, Filed, FormDraft
from intents.filling import draft as drafts
from intents.filling import entry as entries
from intents.filling.replies import value_text
from intents.filling.turns import form_in_use, stored, task
from intents.turn import (
    CancelDemand,
    NoteDemand,
    OpenQuestion,
    OwnDemand,
    Reply,
    SubmitDemand,
    Turn,
)
from intents.wording import form as wording
from intents.wording import mine as own_words
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase


def submit(
    talk: Conversation, kb: KnowledgeBase, draft: FormDraft, own: Sequence[OwnDemand]
) -> Turn:
    """The draft is submitted; of one that staff took up meanwhile, they are told the changes."""
    form = form_in_use(draft, kb)[1]
    before = next((demand for demand in own if demand.number == draft.number), None)
    draft = drafts.as_submitted(draft, form)
    if draft.editing and before is not None and not before.editable:
        told = changes(draft, before, form)
        return tell_staff(_closed(talk), before, told or own_words.something(), draft.region)
    entry = stored(talk, draft, kb)
    text = _said(draft, form, kb, entry.region)
    asked = draft.region_asked or (entry.region is None and bool(kb.bureaus.all))
    last = Filed(draft.number, drafts.company(draft, form), asked)
    closed = replace(_closed(talk), filed=draft.number, last=last)
    return Turn(Reply("collect", text, task=task(draft, form)), closed, (SubmitDemand(entry),))


def tell_staff(talk: Conversation, demand: OwnDemand, told: str, region: str | None) -> Turn:
    """What cannot be changed any more goes to staff: the answer to their question as a note."""
    if demand.unanswered:
        said = own_words.answered_late(demand.number, demand.status)
        return Turn(Reply("collect", said), talk, (NoteDemand(demand.number, told),))
    reply = Reply("collect", own_words.too_late(demand.number, demand.status))
    note = OpenQuestion(
        own_words.note(demand.id, told), own_words.CHANGE, region=region or demand.region
    )
    return Turn(reply, talk, (note,))


def changes(draft: FormDraft, before: OwnDemand, form: DemandForm) -> str:
    """What the draft has otherwise than the stored entry: 手机：139…；联系人：陈二."""
    lines = [
        (s.name, value_text(draft.values[s.name]))
        for s in form.slots
        if s.name in draft.values and draft.values[s.name] != before.fields.get(s.name)
    ]
    gone = [s.name for s in form.slots if before.fields.get(s.name) and s.name not in draft.values]
    return own_words.changes(lines, gone)


def cancel(talk: Conversation, *, refused: bool = False) -> Turn:
    """The open form is given up, and what waited behind it; nothing of it stays in the talk.

    An entry that was submitted before lies there as it was. `refused`: consent was.
    """
    draft = talk.form
    if draft is None:
        return Turn(Reply("command", wording.nothing_to_cancel(), intent="cancel"), talk)
    closed = replace(_closed(talk), filed=talk.filed if draft.editing else 0, queue=())
    if draft.editing:
        return Turn(Reply("command", own_words.unchanged(draft.number), intent="cancel"), closed)
    text = wording.consent_refused() if refused else wording.cancelled(queued=bool(talk.queue))
    return Turn(Reply("command", text, intent="cancel"), closed, (CancelDemand(draft.number),))


def _closed(talk: Conversation) -> Conversation:
    return replace(talk, form=None, menu=(), refusals=0)


def _said(draft: FormDraft, form: DemandForm, kb: KnowledgeBase, region: str | None) -> str:
    """The sentence that ends the form; where the place is not known yet, it asks for it."""
    if draft.editing:
        return own_words.updated(draft.number)
    bureau = entries.bureau(region, kb)
    local = bureau.name if bureau and bureau.level != "nation" else None
    company, reachable = drafts.company(draft, form), drafts.can_be_reached(draft, form)
    text = wording.submitted(draft.number, company, reachable=reachable, bureau=local)
    if region is None and kb.bureaus.all:
        text = f"{text}\n{wording.no_bureau_yet(asked=draft.region_asked)}"
    return text
