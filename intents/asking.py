"""Questions about the notices: answered, asked back, or refused and written down for staff."""

from __future__ import annotations

from dataclasses import replace

from intents import handover
from intents.form import continue_form
from intents.moment import Moment
from intents.needs import looks_like_question
from intents.opening import sure_need
from intents.recognise import need_in
from intents.replying import answered, chat, open_question, then_form
from intents.turn import Effect, Turn
from intents.wording import talk as say


def whereabouts(moment: Moment) -> Turn | None:
    """Who only says where they are from (我们是宁波的企业) is told that it is known now."""
    asked = moment.asked
    if asked.scope.home is None or moment.conversation.form is not None or moment.asks:
        return None
    about = replace(asked.scope, regions=())
    if asked.asks or asked.segments or asked.values or not about.empty:
        return None
    if asked.scope.regions and moment.conversation.topic is not None:
        return None  # 那我们浙江呢: the same question, of another place
    return chat(moment.conversation, "place", say.home_known(asked.scope.home))


def question(moment: Moment) -> Turn | None:
    """An answerable question, also in the middle of a form, which then asks again."""
    if moment.conversation.form is not None and not looks_like_question(moment.text):
        return None
    states = moment.conversation.form is None and need_in(moment.said, moment.kb) is not None
    if not moment.asks and states:
        return None
    if moment.kind == "refuse" or (moment.kind == "clarify" and moment.conversation.asked_back):
        return None
    if moment.conversation.form is None and sure_need(moment):
        return None
    turn = answered(moment)
    return _beside(moment, turn) or then_form(moment, turn)


def asked_back_before(moment: Moment) -> Turn | None:
    """Never asked back twice in a row: the likeliest is answered, the others are offered."""
    if not moment.conversation.asked_back or moment.kind != "clarify":
        return None
    menu = moment.answer.menu
    for item in menu:
        likeliest = Moment(moment.conversation, item.says, moment.kb, moment.now)
        if likeliest.kind == "answer":
            others = tuple(other for other in menu if other is not item)
            return then_form(moment, answered(likeliest, replace(likeliest.answer, menu=others)))
    return None


def refuse(moment: Moment) -> Turn:
    """What the notices do not hold: said so, and written down for staff unless it is far off."""
    refused = moment.answer
    if moment.conversation.form is not None and not moment.asks:
        return then_form(moment, chat(moment.conversation, "unclear", say.unclear()))
    turn = answered(moment)
    count = moment.conversation.refusals + 1
    effects: tuple[Effect, ...] = ()
    if not refused.far:
        effects = (open_question(moment),)
    elsewhere = refused.far and moment.asked.scope.empty
    topic = moment.conversation.topic if elsewhere else turn.conversation.topic
    conversation = replace(turn.conversation, refusals=count, topic=topic)
    turn = handover.after_refusals(moment, Turn(turn.reply, conversation, effects))
    return then_form(moment, turn)


def _beside(moment: Moment, told: Turn) -> Turn | None:
    """What the same message told the open form besides the question: 联系人吴三，几号截止？"""
    if moment.conversation.form is None:
        return None
    talk = moment.conversation
    filled = continue_form(talk, moment.text, moment.kb, moment.now, moment.own)
    if filled is None or filled.conversation.form is None:
        return None
    reply = replace(
        told.reply,
        text=f"{told.reply.text}\n\n{filled.reply.text}",
        options=filled.reply.options,
    )
    talk = replace(filled.conversation, topic=told.conversation.topic)
    return Turn(reply, talk, filled.effects)
