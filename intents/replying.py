"""Turns made out of answers and sentences: what every step of `intents/respond.py` ends with."""

from __future__ import annotations

from dataclasses import replace

from intents.conversation import Conversation, MenuItem
from intents.followup import topic_of
from intents.form import reask
from intents.moment import Moment
from intents.result import Answer
from intents.turn import Citation, OpenQuestion, Reply, Turn
from intents.wording import talk as say


def answered(moment: Moment, said: Answer | None = None) -> Turn:
    """The turn that tells the answer; or `said`, which the moment's question is the last of."""
    result = said or moment.answer
    reply = Reply(result.kind, "", tuple(m.label for m in result.menu), result.citations)
    conversation = replace(
        moment.conversation,
        topic=topic_of(moment.query, moment.answer, moment.kb),
        menu=result.menu,
        refusals=0,
        asked_back=result.kind == "clarify",
    )
    return paged(conversation, reply, result.pages)


def paged(conversation: Conversation, reply: Reply, pages: tuple[str, ...]) -> Turn:
    first, *rest = pages
    text = f"{first}\n{say.more_hint()}" if rest else first
    return Turn(replace(reply, text=text), replace(conversation, more=tuple(rest)))


def chat(conversation: Conversation, intent: str, text: str, options: tuple[str, ...] = ()) -> Turn:
    menu = tuple(MenuItem(option, option) for option in options)
    return Turn(Reply("smalltalk", text, options, intent=intent), replace(conversation, menu=menu))


def done(moment: Moment, intent: str, text: str) -> Turn:
    return Turn(Reply("command", text, intent=intent), replace(moment.conversation, menu=()))


def then_form(moment: Moment, turn: Turn) -> Turn:
    """After a word in between, the open form asks its question again."""
    if moment.conversation.form is None:
        return turn
    again = reask(moment.conversation, moment.kb)
    reply = replace(turn.reply, text=f"{turn.reply.text}\n\n{again}", options=())
    return replace(
        turn, reply=reply, conversation=replace(turn.conversation, menu=moment.conversation.menu)
    )


def open_question(moment: Moment) -> OpenQuestion:
    refused = moment.answer
    near: Citation | None = refused.citations[0] if refused.citations else None
    return OpenQuestion(moment.text, refused.lacks or "", near, moment.region)
