"""Pictures and files: kept with the demand that they belong to, or until there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intents.conversation import Conversation, FormDraft
from intents.form import reask
from intents.turn import (
    Attachment,
    CancelDemand,
    Forget,
    KeepAttachment,
    OwnDemand,
    Reply,
    Said,
    SaveDraft,
    SubmitDemand,
    Turn,
)
from intents.wording import attachments as say
from knowledge.snapshot import KnowledgeBase

MOST = 9
"""So many are kept until there is a demand."""

_LIVE = ("submitted", "accepted", "returned", "matched")


def received(talk: Conversation, said: Said, kb: KnowledgeBase) -> Turn:
    """The turn of a picture or a file that came without words."""
    assert said.attachment is not None
    turn = Turn(Reply("command", "", intent="attachment"), talk)
    turn = _kept(turn, said.attachment, said.own)
    again = reask(talk, kb)
    text = f"{turn.reply.text}\n\n{again}" if again else turn.reply.text
    options = tuple(item.label for item in talk.menu) if again else ()
    return replace(turn, reply=replace(turn.reply, text=text, options=options))


def along(turn: Turn, said: Said) -> Turn:
    """The turn of a message, with what came along with it and what was kept before."""
    if any(isinstance(effect, Forget) for effect in turn.effects):
        return turn
    if said.attachment is not None:
        turn = _kept(turn, said.attachment, said.own)
    return _given_over(turn, said.own)


def _kept(turn: Turn, sent: Attachment, own: Sequence[OwnDemand]) -> Turn:
    number = _belongs_to(turn, own)
    if number:
        effects = (*turn.effects, KeepAttachment(number, sent))
        return _saying(replace(turn, effects=effects), say.added(sent, number))
    talk = turn.conversation
    if len(talk.kept) >= MOST:
        return _saying(turn, say.no_more_kept(len(talk.kept)))
    text = say.kept(sent) if talk.form is None else say.will_be_added(sent)
    return _saying(replace(turn, conversation=replace(talk, kept=(*talk.kept, sent))), text)


def _given_over(turn: Turn, own: Sequence[OwnDemand]) -> Turn:
    """What was kept goes with the demand that has begun; with one that was called off it goes."""
    talk = turn.conversation
    if not talk.kept:
        return turn
    if any(isinstance(effect, CancelDemand) for effect in turn.effects):
        return replace(turn, conversation=replace(talk, kept=()))
    number = _belongs_to(turn, own)
    if not number:
        return turn
    effects = (*turn.effects, *(KeepAttachment(number, sent) for sent in talk.kept))
    turn = replace(turn, conversation=replace(talk, kept=()), effects=effects)
    return _saying(turn, say.kept_added(len(talk.kept), number))


def _belongs_to(turn: Turn, own: Sequence[OwnDemand]) -> int:
    """The demand in the open form, once something personal may be kept of it; else the one that
    is submitted now; else the newest that staff have not closed; 0 where there is none."""
    saved = [e.entry.number for e in turn.effects if isinstance(e, SaveDraft | SubmitDemand)]
    form = turn.conversation.form
    if form is not None:
        stored = form.number in saved or any(demand.number == form.number for demand in own)
        return form.number if stored and _may_keep(form) else 0
    if saved:
        return saved[-1]
    gone = {e.number for e in turn.effects if isinstance(e, CancelDemand)}
    live = [d.number for d in own if d.status in _LIVE and d.number not in gone]
    return max(live, default=0)


def _may_keep(form: FormDraft) -> bool:
    return form.consented or form.editing


def _saying(turn: Turn, text: str) -> Turn:
    whole = f"{turn.reply.text}\n{text}".strip()
    return replace(turn, reply=replace(turn.reply, text=whole))
