"""The demand form as a conversation: one engine for any form that a notice's YAML defines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from intents import closing
from intents.conversation import Conversation, FormDraft
from intents.filling import acts, apart, besides, moves, repeats, replies
from intents.filling import draft as drafts
from intents.filling import entry as entries
from intents.filling import former as formers
from intents.filling.besides import Besides
from intents.filling.draft import slot_named
from intents.filling.heard import Asked, Heard
from intents.filling.pieces import tidy
from intents.filling.reading import read
from intents.filling.reopened import reopened
from intents.filling.replies import Said
from intents.filling.step import Step
from intents.filling.turns import form_in_use, shown
from intents.filling.unlabelled import ALSO
from intents.needs import looks_like_question, read_need, wants_form
from intents.slots import choice
from intents.slots.text import need_slot
from intents.turn import OwnDemand, Reply, Turn
from intents.wording import form as wording
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase

Own = Sequence[OwnDemand]

_A_WORD = 4  # characters of what adds to a need
_CHINESE = re.compile("[\u4e00-\u9fff]")


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
    notice, form = form_in_use(None, kb)
    told = besides.read(tidy(text), kb, asked=False)
    text, meant = (text, meant or text) if told.rest == tidy(text) else (told.rest, told.rest)
    heard = _with_need(read(text, form, Asked(opening=True)), text, meant, form)
    heard, others = apart.one_of(heard, form, held=False)
    number = max([conversation.demands, *(demand.number for demand in own)]) + 1
    empty = FormDraft(notice.id, number, noticed=True, region=told.region)
    draft, change = drafts.absorb(empty, form, heard)
    draft = _left_out(draft, form, heard)
    greeting = _greeting(draft, form, text)
    before = formers.former(conversation, own, form)
    draft, taken = _who(draft, form, before, told, wording.consent(kept_days))
    said = [
        greeting,
        *replies.acknowledged(draft, form, change, None),
        *heard.problems.values(),
        *heard.remarks,
        *([wording.first_of(len(others) + 1, others)] if others else []),
        taken,
    ]
    started = replace(
        conversation, demands=number, filed=0, more=(), queue=(*others, *conversation.queue)
    )
    return shown(started, kb, replies.go_on(draft, form, [s for s in said if s]))


def continue_form(
    conversation: Conversation, text: str, kb: KnowledgeBase, now: datetime, own: Own = ()
) -> Turn | None:
    """The open form goes on with `text`; None where it gives nothing that the form can use.

    Without an open form, only a second "submit" is answered.
    """
    draft = conversation.form
    if draft is None:
        return _after_filing(conversation, text)
    form = form_in_use(draft, kb)[1]
    text = _picked(conversation, text)
    asked = slot_named(form, draft.asking)
    if asked is None or asked.kind != "person":  # 曲晓 sounds like 取消, and is a name
        text = _by_sound(text)
    if acts.refuses_consent(tidy(text)) and not draft.editing:
        return closing.cancel(conversation, refused=True)
    if another := apart.later(tidy(text), form):
        return _another_need(conversation, another, kb, now, own)
    step = _step(conversation, text, kb, own)
    if step is None:
        filler = acts.is_filler(tidy(text))
        return shown(conversation, kb, _repeat(draft, kb)) if filler else None
    heard = step.heard
    if "cancel" in heard.acts and not (heard.values or heard.declined or heard.reopened):
        return cancel_form(conversation, kb)
    step, others = _one_need(step)
    conversation = replace(conversation, queue=(*conversation.queue, *others))
    if step.submits:
        turn = closing.submit(conversation, kb, step.draft, own)
        return _onwards(turn, kb, now, own)
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


def _step(conversation: Conversation, text: str, kb: KnowledgeBase, own: Own) -> Step | None:
    """What the message does to the open form; None where it tells nothing."""
    draft = conversation.form
    assert draft is not None
    form = form_in_use(draft, kb)[1]
    said = tidy(text)
    told = besides.read(said, kb, asked=_asks_for_the_place(draft))
    rest = repeats.without(told.rest, draft, form)
    slot = slot_named(form, draft.asking)
    asked = Asked(slot, draft.values, confirming=draft.stage == "confirming" or draft.shown)
    heard = read(rest if rest != said else text, form, asked) if rest else Heard()
    if not heard.values and (also := _also(rest, draft, form)):
        heard = replace(heard, values=also)
    if heard.empty and rest == said:
        return None
    draft = replace(draft, consented=draft.consented or draft.noticed)
    before = formers.former(conversation, own, form)
    draft, notes = _besides(draft, form, before, told, heard)
    return Step(draft, form, heard, notes, nods=acts.nods(said))


def _also(text: str, draft: FormDraft, form: DemandForm) -> dict[str, str | bool]:
    """补充一下，最好是本地的机构: what adds to the need that is told already."""
    need, lead = need_slot(form), ALSO.match(text)
    if need is None or lead is None or need.name not in draft.values:
        return {}
    more = text[lead.end() :].strip(" ，,。；;")
    if len(more) < _A_WORD or acts.act_of(more) or looks_like_question(more):
        return {}
    return {need.name: more}


def _one_need(step: Step) -> tuple[Step, tuple[str, ...]]:
    """The step with the first of several needs only, and the others."""
    need = need_slot(step.form)
    held = need is not None and need.name in step.before.values
    heard, others = apart.one_of(step.heard, step.form, held)
    if not others:
        return step, ()
    notes = [wording.first_of(len(others) + 1, others)]
    return Step(step.before, step.form, heard, notes), others


def _left_out(draft: FormDraft, form: DemandForm, heard: Heard) -> FormDraft:
    """没邮箱 in the first message: what may be left out is not asked for."""
    for name in heard.declined:
        slot = slot_named(form, name)
        if slot is not None and not slot.required:
            draft = drafts.decline(draft, slot)
    return draft


def _besides(
    draft: FormDraft,
    form: DemandForm,
    before: formers.Former | None,
    told: Besides,
    heard: Heard,
) -> tuple[FormDraft, list[str]]:
    """The draft with the place and the enterprise that were told beside the form's slots."""
    notes = []
    if told.region and told.region != draft.region:
        draft = replace(draft, region=told.region)
        notes.append(wording.place_noted(told.region))
    elif not told.region and _asks_for_the_place(draft) and {"refuse", "unsure"} & {*heard.acts}:
        notes.append(wording.left_out([wording.place()]))
    if told.other:
        draft = formers.another_company(draft, form)
        company = next((s.name for s in form.slots if s.kind == "company"), None)
        notes += [] if company in heard.values else [wording.another_company()]
    elif told.same and before is None and not draft.reused:
        notes.append(wording.nothing_to_reuse())
    elif told.same and before is not None:
        draft = formers.reuse(draft, form, before)
        notes += [_taken_over(draft, form)] if draft.reused else []
    return draft, notes


def _asks_for_the_place(draft: FormDraft) -> bool:
    return draft.region_asked and draft.region is None and draft.stage == "confirming"


def _who(
    draft: FormDraft,
    form: DemandForm,
    before: formers.Former | None,
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
    return draft, _taken_over(draft, form) if draft.reused else ""


def _taken_over(draft: FormDraft, form: DemandForm) -> str:
    companies = {s.name for s in form.slots if s.kind == "company"}
    return wording.reused(company=bool(companies & {*draft.reused}))


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


def _onwards(turn: Turn, kb: KnowledgeBase, now: datetime, own: Own) -> Turn:
    """After a form was submitted: the one that waited aside, else the next need's."""
    talk = turn.conversation
    if talk.aside is not None or not talk.queue:
        return _resumed(turn, kb)
    need, *rest = talk.queue
    opened = open_form(replace(talk, queue=tuple(rest)), need, kb, now, own=own)
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


def _repeat(draft: FormDraft, kb: KnowledgeBase) -> Said:
    return replies.repeat(draft, form_in_use(draft, kb)[1], [])


def _picked(conversation: Conversation, text: str) -> str:
    """A number stands for the option that it counts."""
    number = choice.ordinal(tidy(text))
    if number is None or not 1 <= number <= len(conversation.menu):
        return text
    return conversation.menu[number - 1].says


def _by_sound(text: str) -> str:
    """题交 for 提交: what a short message that says nothing else does."""
    act = acts.sounded(tidy(text)) if acts.act_of(tidy(text)) is None else None
    return wording.typed(act) if act in ("submit", "cancel") else text


def _after_filing(conversation: Conversation, text: str) -> Turn | None:
    if conversation.filed and acts.act_of(tidy(text)) == "submit":
        return Turn(Reply("collect", wording.already_submitted()), replace(conversation, menu=()))
    return None
