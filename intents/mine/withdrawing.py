"""撤回需求3: asked once more, then done. Nobody's demand is touched but the sender's own."""

from __future__ import annotations

from dataclasses import replace

from intents.conversation import Conversation, MenuItem
from intents.filling import acts
from intents.filling.pieces import tidy
from intents.mine import owned
from intents.mine.wish import LAST, read
from intents.moment import Moment
from intents.replying import done, then_form
from intents.slots import choice
from intents.turn import CancelDemand, OwnDemand, Turn
from intents.wording import mine as say


def ask(moment: Moment, demand: OwnDemand) -> Turn:
    """Whether the demand is really to be withdrawn; what is over is not."""
    if demand.status in ("closed", "cancelled"):
        return then_form(moment, done(moment, "withdraw", say.over(demand.number, demand.status)))
    text = say.sure_to_withdraw(demand.number, owned.need_of(demand, moment.kb))
    options = (say.yes_withdraw(), say.no_withdraw())
    turn = done(moment, "withdraw", text)
    talk = replace(turn.conversation, withdrawing=demand.number)
    if talk.form is not None:  # its options stay on offer
        return Turn(turn.reply, replace(talk, menu=moment.conversation.menu))
    menu = tuple(MenuItem(option, option) for option in options)
    return Turn(replace(turn.reply, options=options), replace(talk, menu=menu))


def settled(moment: Moment) -> Turn | None:
    """The answer to that question; None for whatever else is said."""
    number = moment.conversation.withdrawing
    demand = next((d for d in moment.own if d.number == number), None)
    answer = _answer(moment.text, numbered=moment.conversation.form is None)
    if demand is None or answer is None or _of_another(moment.text, number):
        return None
    talk = replace(moment.conversation, withdrawing=0)
    moment = replace(moment, conversation=talk)
    if not answer:
        return then_form(moment, done(moment, "withdraw", say.not_withdrawn(number)))
    if demand.status in ("closed", "cancelled"):
        return then_form(moment, done(moment, "withdraw", say.over(number, demand.status)))
    moment = replace(moment, conversation=_without(talk, number))
    turn = then_form(moment, done(moment, "withdraw", say.withdrawn(number)))
    return replace(turn, effects=(CancelDemand(number),))


def _answer(text: str, *, numbered: bool) -> bool | None:
    said = tidy(text).strip(" 。.！!")
    if numbered and (number := choice.ordinal(said)) in (1, 2):
        return number == 1
    if acts.confirms_withdrawal(said):
        return True
    act = acts.act_of(said)
    if act in ("agree", "want", "submit"):
        return True
    return False if act in ("refuse", "wrong", "keep") or said == say.no_withdraw() else None


def _of_another(text: str, number: int) -> bool:
    """撤回需求2, while the question is about 需求1."""
    wish = read(text)
    return wish is not None and wish.number not in (None, LAST, number)


def _without(talk: Conversation, number: int) -> Conversation:
    """The talk as if the demand had never been filed; a form that edits it is closed."""
    editing = talk.form is not None and talk.form.editing and talk.form.number == number
    last = None if talk.last and talk.last.number == number else talk.last
    return replace(
        talk,
        form=talk.aside if editing else talk.form,
        aside=None if editing else talk.aside,
        menu=() if editing else talk.menu,
        last=last,
        filed=0 if talk.filed == number else talk.filed,
    )
