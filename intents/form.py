"""The demand form as a conversation: one engine for any form that a notice's YAML defines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from intents.conversation import Conversation, FormDraft
from intents.filling import acts, moves, replies
from intents.filling import draft as drafts
from intents.filling.draft import slot_named
from intents.filling.heard import Asked, Heard
from intents.filling.pieces import tidy
from intents.filling.reading import read
from intents.filling.replies import Said
from intents.filling.step import Step
from intents.needs import read_need, wants_form
from intents.slots import choice
from intents.slots.cues import form_of
from intents.slots.text import need_slot
from intents.turn import CancelDemand, Reply, SaveDraft, SubmitDemand, Turn
from intents.wording import form as wording
from knowledge.model import DemandForm, Notice
from knowledge.snapshot import KnowledgeBase

_CHINESE = re.compile("[\u4e00-\u9fff]")


def open_form(
    conversation: Conversation, text: str, kb: KnowledgeBase, now: datetime, meant: str = ""
) -> Turn:
    """A new form with what `text` already tells filled in; an open one goes on.

    `meant` is `text` with slips of typing put right: by it a need is known, which it is kept as
    where `text` is all pinyin. Every other value is kept as typed.

    Raises LookupError where no notice defines a form.
    """
    if conversation.form is not None:
        turn = continue_form(conversation, text, kb, now)
        return turn or _turn(conversation, kb, _repeat(conversation.form, kb))
    notice, form = _form(None, kb)
    heard = _with_need(read(text, form, Asked(opening=True)), text, meant or text, form)
    empty = FormDraft(notice.id, conversation.demands + 1, noticed=True)
    draft, change = drafts.absorb(empty, form, heard)
    said = [
        _greeting(draft, form, text),
        *replies.acknowledged(draft, form, change, None),
        *heard.problems.values(),
        wording.consent(),
    ]
    started = replace(conversation, demands=draft.number, filed=0, more=())
    return _turn(started, kb, replies.go_on(draft, form, [s for s in said if s]))


def continue_form(
    conversation: Conversation, text: str, kb: KnowledgeBase, now: datetime
) -> Turn | None:
    """The open form goes on with `text`; None where it gives nothing that the form can use.

    Without an open form, only a second "submit" is answered.
    """
    draft = conversation.form
    if draft is None:
        return _after_filing(conversation, text)
    form = _form(draft, kb)[1]
    text = _picked(conversation, text)
    slot = slot_named(form, draft.asking)
    asked = Asked(slot, draft.values, confirming=draft.stage == "confirming" or draft.shown)
    heard = read(text, form, asked)
    if heard.empty:
        filler = acts.is_filler(tidy(text))
        return _turn(conversation, kb, _repeat(draft, kb)) if filler else None
    if "cancel" in heard.acts and not (heard.values or heard.declined or heard.reopened):
        return cancel_form(conversation, kb)
    step = Step(replace(draft, consented=draft.consented or draft.noticed), form, heard)
    if step.submits:
        return _submit(conversation, kb, step.draft)
    return _turn(conversation, kb, moves.after(step))


def reask(conversation: Conversation, kb: KnowledgeBase) -> str:
    """What the open form asks once more after a word in between; empty where none is open."""
    draft = conversation.form
    if draft is None:
        return ""
    form = _form(draft, kb)[1]
    slot = slot_named(form, draft.asking)
    if draft.stage == "confirming" or slot is None:
        return wording.waiting_for_confirmation()
    return wording.go_on(replies.question(draft, form, slot))


def region_told(conversation: Conversation, kb: KnowledgeBase) -> str | None:
    """The place that the open form tells, by its full name; None where it tells none."""
    draft = conversation.form
    return drafts.region(draft, _form(draft, kb)[1], kb.regions.find) if draft else None


def cancel_form(conversation: Conversation, kb: KnowledgeBase) -> Turn:
    """The open form is given up; nothing of it stays in the conversation."""
    draft = conversation.form
    if draft is None:
        return Turn(Reply("command", wording.nothing_to_cancel(), intent="cancel"), conversation)
    closed = replace(conversation, form=None, menu=(), filed=0)
    reply = Reply("command", wording.cancelled(), intent="cancel")
    return Turn(reply, closed, (CancelDemand(draft.number),))


def _form(draft: FormDraft | None, kb: KnowledgeBase) -> tuple[Notice, DemandForm]:
    """The draft's notice and form; the form in use where there is none, or no longer."""
    try:
        notice = kb.form_notice(draft.notice if draft else None)
    except LookupError:
        notice = kb.form_notice()
    form = form_of(notice, kb)
    if form is None:
        raise LookupError(f"no form in {notice.id}")
    return notice, form


def _greeting(draft: FormDraft, form: DemandForm, text: str) -> str:
    need = need_slot(form)
    if need is not None and need.name in draft.values and not wants_form(text):
        return wording.opened_by_need()
    return "" if draft.values else wording.opened()


def _with_need(heard: Heard, text: str, meant: str, form: DemandForm) -> Heard:
    """A message that states a need always leaves one, even where its parts were read otherwise."""
    need = need_slot(form)
    if need is None or read_need(meant, form) is None:
        return heard
    if _CHINESE.search(text) and need.name in heard.values:
        return heard
    told = text if _CHINESE.search(text) else meant
    return replace(heard, values={**heard.values, need.name: tidy(told)})


def _repeat(draft: FormDraft, kb: KnowledgeBase) -> Said:
    return replies.repeat(draft, _form(draft, kb)[1], [])


def _picked(conversation: Conversation, text: str) -> str:
    """A number stands for the option that it counts."""
    number = choice.ordinal(tidy(text))
    if number is None or not 1 <= number <= len(conversation.menu):
        return text
    return conversation.menu[number - 1].says


def _after_filing(conversation: Conversation, text: str) -> Turn | None:
    if conversation.filed and acts.act_of(tidy(text)) == "submit":
        return Turn(Reply("collect", wording.already_submitted()), replace(conversation, menu=()))
    return None


def _turn(conversation: Conversation, kb: KnowledgeBase, said: Said) -> Turn:
    notice, form = _form(said.draft, kb)
    options = tuple(item.label for item in said.menu)
    reply = Reply("collect", said.text, options, task=_task(said.draft, form))
    talk = replace(conversation, form=said.draft, menu=said.menu, refusals=0, asked_back=False)
    entry = drafts.entry(said.draft, notice, form, kb.regions.find)
    return Turn(reply, talk, (SaveDraft(entry),))


def _submit(conversation: Conversation, kb: KnowledgeBase, draft: FormDraft) -> Turn:
    notice, form = _form(draft, kb)
    draft = drafts.as_submitted(draft, form)
    entry = drafts.entry(draft, notice, form, kb.regions.find)
    reachable = drafts.can_be_reached(draft, form)
    text = wording.submitted(drafts.company(draft, form), reachable=reachable)
    closed = replace(conversation, form=None, menu=(), filed=draft.number, refusals=0)
    reply = Reply("collect", text, task=_task(draft, form))
    return Turn(reply, closed, (SubmitDemand(entry),))


def _task(draft: FormDraft, form: DemandForm) -> str | None:
    slot = drafts.choice_slot(form)
    chosen = draft.values.get(slot.name) if slot else None
    return str(chosen) if chosen else draft.suggested
