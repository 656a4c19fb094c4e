"""Commands and small talk: as the lexicon has them, or in anyone's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intents import opening
from intents.conversation import Conversation
from intents.filling import acts
from intents.filling.pieces import pieces, tidy
from intents.form import cancel_form, continue_form
from intents.mine import asked as mine
from intents.mine import standing
from intents.moment import Moment
from intents.recognise import Table, bare, entry_of, meant_as
from intents.replying import chat, done, paged, then_form
from intents.turn import Forget, HandOff, Reply, Turn
from intents.wording import handover
from intents.wording import talk as say
from knowledge.late import late


def command(moment: Moment) -> Turn | None:
    name = _entry(moment, "commands")
    return _COMMANDS[name](moment) if name in _COMMANDS else None


def call_with_words(moment: Moment) -> Turn | None:
    """转人工，我的电话是…: a call for a person, and behind it what they are to know.

    What is told so changes no entry, open or filed.
    """
    call, _, rest = _JOINT.sub("\n", moment.text.strip()).partition("\n")
    calls = moment.kb.lexicon.commands.get("human")
    if not rest or rest.startswith("智能") or calls is None or bare(call) not in calls.words:
        return None
    return _handed_over(moment, moment.text)


def small_talk(moment: Moment) -> Turn | None:
    intent = _entry(moment, "talk")
    if intent not in _SMALLTALK:
        return None
    if moment.conversation.form is not None and (intent in _ENDING or _tells(moment)):
        return None
    turn = chat(moment.conversation, intent, _SMALLTALK[intent]())
    return then_form(moment, turn)


def everyday(moment: Moment) -> Turn | None:
    """A command or small talk in anyone's words: 你是真人还是机器, 我的进度到哪了."""
    if moment.conversation.form is not None or _goes_on(moment):
        return None
    name = meant_as(moment.said)
    if name in _COMMANDS:
        return _COMMANDS[name](moment)
    asked = moment.asked
    if asked.scope.campaign or asked.scope.notices or name not in _SMALLTALK:
        return None  # 喂你好，万里行是干啥的
    if name == "chat" and (asked.values or asked.outside):
        return None  # 税务登记
    return chat(moment.conversation, name, _SMALLTALK[name]())


def bare_word(moment: Moment) -> Turn | None:
    """对, 不用了, 算了，不办了, with nothing open that it could answer."""
    if moment.conversation.form is not None or moment.conversation.asked_back:
        return None
    said = {acts.act_of(piece.text) for piece in pieces(tidy(moment.text), ())}
    if said and said <= {"cancel", "refuse"} and "cancel" in said:
        return _cancel(moment)
    if not said or not said <= _ANSWERS:
        return None
    return chat(moment.conversation, "ok", say.ok())


def aside(moment: Moment) -> Turn | None:
    """The same in an open form, for what neither answers it nor ends it."""
    name = meant_as(moment.text) if moment.conversation.form is not None else ""
    if name in ("help", "human"):
        return _COMMANDS[name](moment)
    if name not in _SMALLTALK or name in _ENDING:
        return None
    return then_form(moment, chat(moment.conversation, name, _SMALLTALK[name]()))


def _tells(moment: Moment) -> bool:
    """A polite word and a value behind it: 谢谢，我叫游六."""
    talk = moment.conversation
    filled = continue_form(talk, moment.text, moment.kb, moment.now, moment.own)
    after = filled.conversation.form if filled else None
    return bool(after and talk.form and after.values != talk.form.values)


def _entry(moment: Moment, table: Table) -> str:
    """The command or small talk that a message is: as typed, else as it was meant."""
    found = entry_of(moment.bare, table, moment.kb)
    return found or entry_of(bare(moment.said), table, moment.kb)


def _goes_on(moment: Moment) -> bool:
    """Whether the message asks on about what was spoken of (过了没), and that is known, or is
    known to be asked for (传真呢)."""
    talked, asked = moment.conversation.topic is not None, moment.asked
    if talked and asked.continues and (asked.values or asked.ways):
        return True
    return bool(talked and (asked.asks or asked.continues) and moment.kind == "answer")


def _cancel(moment: Moment) -> Turn | None:
    if moment.conversation.form is not None:
        if acts.act_of(tidy(moment.text)) == "refuse":
            return None  # 不填: what was asked for, not the form
        return cancel_form(moment.conversation, moment.kb)
    return mine.last_one(moment) or done(moment, "cancel", say.nothing_to_cancel())


def _more(moment: Moment) -> Turn | None:
    if not moment.conversation.more and moment.conversation.form is not None:
        return None
    if not moment.conversation.more:
        return done(moment, "more", say.no_more())
    return paged(moment.conversation, Reply("answer", ""), moment.conversation.more)


def _human(moment: Moment) -> Turn:
    last = moment.conversation.topic.question if moment.conversation.topic else ""
    return _handed_over(moment, last or moment.text)


def _handed_over(moment: Moment, said: str) -> Turn:
    if moment.handed is not None:
        waiting = handover.handed_before(moment.opens, moment.now)
        return then_form(moment, done(moment, "human", waiting))
    told = handover.handed(moment.opens, moment.now)
    turn = then_form(moment, done(moment, "human", told))
    return replace(turn, effects=(HandOff(said, moment.region),))


def _forget(moment: Moment) -> Turn:
    told = say.forgotten()
    if moment.handed is not None:
        told += handover.over_with_it(held=bool(moment.handed.by))
    turn = Turn(Reply("command", told, intent="forget"), Conversation())
    conversation = replace(turn.conversation, demands=moment.conversation.demands)
    return replace(turn, conversation=conversation, effects=(Forget(),))


def _progress(moment: Moment) -> Turn:
    """How far the sender's demands have come, as far as the talk knows."""
    talk = moment.conversation
    if talk.form is not None:
        return then_form(moment, done(moment, "progress", say.still_filling()))
    if moment.own:
        return standing.of_all(moment)
    return done(moment, "progress", say.progress(filed=talk.filed > 0, any_=talk.demands > 0))


_COMMANDS: dict[str, Callable[[Moment], Turn | None]] = {
    "help": lambda m: then_form(m, done(m, "help", say.help_())),
    "human": _human,
    "cancel": _cancel,
    "forget": _forget,
    "more": _more,
    "demand": opening.on_command,
    "progress": _progress,
}
_SMALLTALK: dict[str, Callable[[], str]] = {
    "greet": say.greet,
    "thanks": say.thanks,
    "bye": say.bye,
    "ok": say.ok,
    "who_are_you": say.who_are_you,
    "praise": say.praise,
    "complaint": say.complaint,
    "slower": say.slower,
    "chat": say.chat,
}
_ANSWERS: frozenset[acts.Act | None] = frozenset(
    {"agree", "done", "refuse", "want", "keep", "pause"}
)
_JOINT = late(r"[\s,，。;；:：!！]+")
_ENDING = ("ok", "praise", "complaint", "bye")
"""In an open form, these may be answers to what it asks."""
