"""The demand form as a conversation: one engine for any form that a notice's YAML defines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from intents import closing
from intents.conversation import Conversation, FormDraft
from intents.filling import acts, apart, message, moves, replies
from intents.filling import entry as entries
from intents.filling.draft import slot_named
from intents.filling.first import first
from intents.filling.former import former
from intents.filling.heard import Asked, Heard
from intents.filling.pieces import tidy
from intents.filling.reading import read
from intents.filling.reopened import reopened
from intents.filling.replies import Said
from intents.filling.step import Step
from intents.filling.turns import form_in_use, shown
from intents.slots.text import need_slot
from intents.turn import DemandEntry, OwnDemand, Reply, SubmitDemand, Turn
from intents.wording import form as wording
from intents.wording import mine as own_words
from knowledge.snapshot import KnowledgeBase

Own = Sequence[OwnDemand]


def open_form(
    conversation: Conversation,
    text: str,
    kb: KnowledgeBase,
    now: datetime,
    meant: str = "",
    own: Own = (),
    kept_days: int = 730,
) -> Turn:
    """A new form with what `text` already tells filled in; an open one goes on.

    `meant` is `text` with slips of typing put right: by it a need is known, which it is kept as
    where `text` is all pinyin. Every other value is kept as typed. Who the sender is, is taken
    over from the demand before; else consent is asked for, for so many days.

    Raises LookupError where no notice defines a form.
    """
    if conversation.form is not None:
        turn = continue_form(conversation, text, kb, now, own)
        return turn or shown(conversation, kb, _repeat(conversation.form, kb))
    return _opened(conversation, kb, text, meant or text, own, wording.consent(kept_days))


def continue_form(
    conversation: Conversation, text: str, kb: KnowledgeBase, now: datetime, own: Own = ()
) -> Turn | None:
    """The open form goes on with `text`; None where it gives nothing that the form can use.

    Without an open form, only a second "submit" is answered.
    """
    draft = conversation.form
    if draft is None:
        return _after_filing(conversation, text, own)
    form = form_in_use(draft, kb)[1]
    text = message.typed(conversation, draft, form, text)
    if acts.refuses_consent(tidy(text)) and not draft.editing:
        return closing.cancel(conversation, refused=True)
    if another := apart.later(tidy(text), form):
        return _another_need(conversation, another, kb, now, own)
    step = message.step_of(draft, form, kb, text, own)
    if step is None:
        filler = acts.is_filler(tidy(text))
        return shown(conversation, kb, _repeat(draft, kb)) if filler else None
    heard = step.heard
    if "cancel" in heard.acts and not (heard.values or heard.declined or heard.reopened):
        return cancel_form(conversation, kb)
    step, others = message.one_need(step)
    conversation = replace(conversation, queue=(*conversation.queue, *others))
    if step.submits:
        turn = closing.submit(conversation, kb, step.draft, own)
        return _onwards(turn, kb, own)
    return shown(conversation, kb, moves.after(step))


def reopen_form(
    conversation: Conversation,
    demand: OwnDemand,
    text: str,
    kb: KnowledgeBase,
    *,
    adding: bool = False,
) -> tuple[Turn, bool]:
    """A submitted demand, open again with its values and what `text` changes in them.

    `adding`: free words add to its need. Also returns whether `text` told anything. A form that
    is being filled in waits aside.
    """
    draft = reopened(demand, kb)
    form = form_in_use(draft, kb)[1]
    asked = Asked(need_slot(form) if adding else None, draft.values, confirming=True)
    heard = read(text, form, asked) if text.strip() else Heard()
    step = Step(draft, form, heard)
    told = step.touched or step.ask is not None
    said = moves.after(step) if told else replies.review(draft, form)
    waiting = conversation.form
    aside = waiting if waiting and not waiting.editing else conversation.aside
    return shown(replace(conversation, aside=aside, more=()), kb, said), told


def reask(conversation: Conversation, kb: KnowledgeBase) -> str:
    """What the open form asks once more after a word in between; empty where none is open."""
    draft = conversation.form
    if draft is None:
        return ""
    form = form_in_use(draft, kb)[1]
    slot = slot_named(form, draft.asking)
    if draft.stage == "confirming" or slot is None:
        return wording.waiting_for_confirmation()
    return wording.go_on(replies.question(draft, form, slot))


def region_told(conversation: Conversation, kb: KnowledgeBase) -> str | None:
    """The place that the open form tells, by its full name; None where it tells none."""
    draft = conversation.form
    return entries.region(draft, form_in_use(draft, kb)[1], kb) if draft else None


def cancel_form(conversation: Conversation, kb: KnowledgeBase) -> Turn:
    """The open form is given up; one that waited aside goes on."""
    return _resumed(closing.cancel(conversation), kb)


def _another_need(
    talk: Conversation, need: str, kb: KnowledgeBase, now: datetime, own: Own
) -> Turn | None:
    """Another need, told while the form is open, gets a form of its own; the first goes in here."""
    draft = talk.form
    assert draft is not None
    form = form_in_use(draft, kb)[1]
    slot = need_slot(form)
    if slot is not None and slot.name not in draft.values:
        return continue_form(talk, need, kb, now, own)
    waiting = replace(talk, queue=(*talk.queue, need))
    return shown(waiting, kb, replies.repeat(draft, form, [wording.waits(need)]))


def _opened(
    talk: Conversation,
    kb: KnowledgeBase,
    text: str,
    meant: str,
    own: Own,
    consent: str,
    just: DemandEntry | None = None,
) -> Turn:
    """A form that is new to the talk. `just`: the demand that was submitted right before."""
    notice, form = form_in_use(None, kb)
    number = max([talk.demands, *(demand.number for demand in own)]) + 1
    before = former(own, form, just)
    empty = FormDraft(notice.id, number, noticed=True)
    told = first(empty, form, kb, text, meant, before, consent)
    queue = (*told.others, *talk.queue)
    started = replace(talk, demands=number, filed=0, more=(), queue=queue)
    return shown(started, kb, replies.go_on(told.draft, form, told.said))


def _onwards(turn: Turn, kb: KnowledgeBase, own: Own) -> Turn:
    """After a form was submitted: the one that waited aside, else the next need's."""
    talk = turn.conversation
    if talk.aside is not None or not talk.queue:
        return _resumed(turn, kb)
    need, *rest = talk.queue
    just = next((e.entry for e in turn.effects if isinstance(e, SubmitDemand)), None)
    left = replace(talk, queue=tuple(rest))
    opened = _opened(left, kb, need, need, own, wording.consent(), just)
    text = "\n".join([turn.reply.text, wording.next_need(need), opened.reply.text])
    reply = replace(opened.reply, text=text)
    return Turn(reply, opened.conversation, (*turn.effects, *opened.effects))


def _resumed(turn: Turn, kb: KnowledgeBase) -> Turn:
    """The form that waited aside goes on after what has just been said."""
    talk = turn.conversation
    if talk.form is not None or talk.aside is None:
        return turn
    form = form_in_use(talk.aside, kb)[1]
    again = replies.confirm if talk.aside.stage == "confirming" else replies.repeat
    said = again(talk.aside, form, [])
    back = shown(replace(talk, form=talk.aside, aside=None), kb, said)
    text = f"{turn.reply.text}\n\n{wording.go_on(back.reply.text)}"
    reply = replace(turn.reply, text=text, options=back.reply.options)
    return Turn(reply, back.conversation, turn.effects)


def _repeat(draft: FormDraft, kb: KnowledgeBase) -> Said:
    return replies.repeat(draft, form_in_use(draft, kb)[1], [])


def _after_filing(conversation: Conversation, text: str, own: Own) -> Turn | None:
    said = tidy(text)
    if "submit" not in (acts.act_of(said), acts.sounded(said)):
        return None
    returned = [demand for demand in own if demand.status == "returned"]
    if not returned and not conversation.filed:
        return None
    told = wording.already_submitted()
    if returned:
        told = own_words.returned(returned[-1].number, returned[-1].told)
    return Turn(Reply("collect", told), replace(conversation, menu=()))
