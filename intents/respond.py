"""The order of decisions: one list, tried from the top, for every message.

Pure: (conversation, what was said, knowledge base, now) -> Turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from intents.conversation import Conversation, MenuItem
from intents.form import cancel_form, continue_form, open_form, reask
from intents.guessing import guessed
from intents.moment import Moment
from intents.needs import looks_like_question, wants_form
from intents.recognise import Table, bare, entry_of, meant_as, need_in
from intents.replying import answered, chat, done, open_question, paged, then_form
from intents.together import several
from intents.turn import (
    Effect,
    Forget,
    HandOff,
    OpenQuestion,
    Reply,
    Said,
    SubmitDemand,
    Turn,
)
from intents.wording import talk as say
from knowledge.snapshot import KnowledgeBase

LONGEST = 2000
_PICK = re.compile(
    r"^(?:那|就|是|嗯|对|选择?|要|我)*第?([1-9]|1\d|[一二三四五六七八九])(?:个|项|号|条|种)?(?:吧|的|那个|啊|呢)*$"
)

Step = Callable[[Moment], Turn | None]


def respond(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Turn:
    """The turn that follows. `now` is aware, in the bureau's time zone. Raises nothing of its own.

    An event (a user coming in, a picture) is answered without touching what is being talked about.
    """
    if conversation.form is not None and not kb.has_form:  # the last notice with one was taken out
        conversation = replace(conversation, form=None, menu=())
    if said.event != "text":
        return _event(conversation, said, kb)
    if len(said.text) > LONGEST:
        return chat(conversation, "too_long", say.too_long())
    moment = Moment(conversation, said.text, kb, now)
    if not moment.bare:
        return chat(conversation, "empty", say.empty())
    turn = next(turn for step in _STEPS if (turn := step(moment)) is not None)
    return _remembering(turn, moment)


def _remembering(turn: Turn, moment: Moment) -> Turn:
    """Where the sender is from stays known, once it was said or a demand was filed from there."""
    if any(isinstance(effect, Forget) for effect in turn.effects):
        return turn
    filed = [e.entry.region for e in turn.effects if isinstance(e, SubmitDemand)]
    region = moment.asked.scope.home or next(filter(None, filed), None)
    if region is None:
        return turn
    return replace(turn, conversation=replace(turn.conversation, region=region))


def _event(conversation: Conversation, said: Said, kb: KnowledgeBase) -> Turn:
    """Who comes in is welcomed; who is in the middle of a form is shown where it stands."""
    if said.event == "unsupported":
        turn = chat(conversation, "unsupported", say.unsupported())
        return replace(turn, conversation=conversation)
    examples = kb.lexicon.examples
    if conversation.form is None:
        welcome = say.welcome(examples[-1] if examples else None)
        return chat(conversation, "greet", welcome, say.starters(examples))
    options = tuple(item.label for item in conversation.menu)
    text = f"{say.welcome_back()}{reask(conversation, kb)}"
    return Turn(Reply("smalltalk", text, options, intent="greet"), conversation)


def _menu(moment: Moment) -> Turn | None:
    """A pending option, by its number or its text: said in full, as if the user had typed it."""
    menu = moment.conversation.menu
    if not menu:
        return None
    item = _picked(moment, menu)
    if item is None:
        return _past_the_last(moment, menu)
    cleared = replace(moment.conversation, menu=())
    return respond(cleared, Said(item.says), moment.kb, moment.now)


def _picked(moment: Moment, menu: tuple[MenuItem, ...]) -> MenuItem | None:
    for item in menu:
        if moment.text.strip() == item.label and item.says != moment.text:
            return item
    match = _PICK.match(moment.bare)
    if match is None:
        return None
    number = "一二三四五六七八九".find(match[1]) + 1 or int(match[1])
    return menu[number - 1] if number <= len(menu) else None


def _past_the_last(moment: Moment, menu: tuple[MenuItem, ...]) -> Turn | None:
    """A number that no option has: the options are shown again."""
    if moment.conversation.form is not None or not moment.bare.isdigit() or len(moment.bare) > 2:
        return None
    options = tuple(item.label for item in menu)
    return Turn(Reply("clarify", say.pick_by_number(len(menu)), options), moment.conversation)


def _command(moment: Moment) -> Turn | None:
    name = _entry(moment, "commands")
    return _COMMANDS[name](moment) if name in _COMMANDS else None


def _entry(moment: Moment, table: Table) -> str:
    """The command or small talk that a message is: as typed, else as it was meant."""
    found = entry_of(moment.bare, table, moment.kb)
    return found or entry_of(bare(moment.said), table, moment.kb)


def _cancel(moment: Moment) -> Turn:
    if moment.conversation.form is None:
        return done(moment, "cancel", say.nothing_to_cancel())
    return cancel_form(moment.conversation, moment.kb)


def _more(moment: Moment) -> Turn | None:
    if not moment.conversation.more and moment.conversation.form is not None:
        return None
    if not moment.conversation.more:
        return done(moment, "more", say.no_more())
    return paged(moment.conversation, Reply("answer", ""), moment.conversation.more)


def _human(moment: Moment) -> Turn:
    last = moment.conversation.topic.question if moment.conversation.topic else ""
    turn = done(moment, "human", say.human())
    return replace(then_form(moment, turn), effects=(HandOff(last or moment.text),))


def _forget(moment: Moment) -> Turn:
    turn = Turn(Reply("command", say.forgotten(), intent="forget"), Conversation())
    conversation = replace(turn.conversation, demands=moment.conversation.demands)
    return replace(turn, conversation=conversation, effects=(Forget(),))


def _demand(moment: Moment) -> Turn | None:
    if moment.conversation.form is not None:
        return None
    if moment.form is None:
        return done(moment, "demand", say.no_form())
    return open_form(moment.conversation, moment.text, moment.kb, moment.now)


def _talk(moment: Moment) -> Turn | None:
    intent = _entry(moment, "talk")
    if intent not in _SMALLTALK:
        return None
    if moment.conversation.form is not None and intent in _ENDING:
        return None
    turn = chat(moment.conversation, intent, _SMALLTALK[intent]())
    return then_form(moment, turn)


def _everyday(moment: Moment) -> Turn | None:
    """A command or small talk in anyone's words: 你是真人还是机器, 我的进度到哪了."""
    if moment.conversation.form is not None or _goes_on(moment):
        return None
    name = meant_as(moment.said)
    if name in _COMMANDS:
        return _COMMANDS[name](moment)
    return chat(moment.conversation, name, _SMALLTALK[name]()) if name in _SMALLTALK else None


def _goes_on(moment: Moment) -> bool:
    """Whether the message asks on about what was spoken of (过了没), and that is known."""
    talked = moment.conversation.topic is not None
    asks = moment.asked.asks or moment.asked.continues
    return bool(talked and asks and moment.answer.kind == "answer")


def _aside(moment: Moment) -> Turn | None:
    """The same in an open form, for what neither answers it nor ends it."""
    name = meant_as(moment.text) if moment.conversation.form is not None else ""
    if name in ("help", "human"):
        return _COMMANDS[name](moment)
    if name not in _SMALLTALK or name in _ENDING:
        return None
    return then_form(moment, chat(moment.conversation, name, _SMALLTALK[name]()))


def _progress(moment: Moment) -> Turn:
    """How far the sender's demands have come, as far as the talk knows."""
    talk = moment.conversation
    if talk.form is not None:
        return then_form(moment, done(moment, "progress", say.still_filling()))
    return done(moment, "progress", say.progress(filed=talk.filed > 0, any_=talk.demands > 0))


def _whereabouts(moment: Moment) -> Turn | None:
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


def _question(moment: Moment) -> Turn | None:
    """An answerable question, also in the middle of a form, which then asks again."""
    if moment.conversation.form is not None and not looks_like_question(moment.text):
        return None
    if not moment.asks and _need(moment) is not None:
        return None
    if moment.answer.kind == "refuse" or (
        moment.answer.kind == "clarify" and moment.conversation.asked_back
    ):
        return None
    if moment.conversation.form is None and _confident_need(moment):
        return None
    turn = answered(moment)
    return _beside(moment, turn) or then_form(moment, turn)


def _beside(moment: Moment, answered: Turn) -> Turn | None:
    """What the same message told the open form besides the question: 联系人吴三，几号截止？"""
    if moment.conversation.form is None:
        return None
    filled = continue_form(moment.conversation, moment.text, moment.kb, moment.now)
    if filled is None or filled.conversation.form is None:
        return None
    reply = replace(
        answered.reply,
        text=f"{answered.reply.text}\n\n{filled.reply.text}",
        options=filled.reply.options,
    )
    talk = replace(filled.conversation, topic=answered.conversation.topic)
    return Turn(reply, talk, filled.effects)


def _asked_back_before(moment: Moment) -> Turn | None:
    """Never asked back twice in a row: the likeliest is answered, the others are offered."""
    if not moment.conversation.asked_back or moment.answer.kind != "clarify":
        return None
    menu = moment.answer.menu
    for item in menu:
        likeliest = Moment(moment.conversation, item.says, moment.kb, moment.now)
        if likeliest.answer.kind == "answer":
            others = tuple(other for other in menu if other is not item)
            return then_form(moment, answered(likeliest, replace(likeliest.answer, menu=others)))
    return None


def _fill(moment: Moment) -> Turn | None:
    return continue_form(moment.conversation, moment.text, moment.kb, moment.now)


def _opened(moment: Moment) -> Turn | None:
    """The form is opened by a command in any words: 还想报个需求, 帮我登记一下，….."""
    if moment.conversation.form is not None or not wants_form(moment.said):
        return None
    return _collected(moment)


def _collected(moment: Moment) -> Turn:
    """The form, opened with what the message tells; a question for staff where there is none."""
    if moment.form is None:
        turn = chat(moment.conversation, "", say.need_to_staff())
        reply = replace(turn.reply, kind="refuse", intent=None)
        return replace(turn, reply=reply, effects=(OpenQuestion(moment.text, say.NEED),))
    return open_form(moment.conversation, moment.text, moment.kb, moment.now, moment.said)


def _need(moment: Moment) -> Turn | None:
    """A need worth collecting opens the form with what it already tells."""
    if moment.conversation.form is not None or need_in(moment.said, moment.kb) is None:
        return None
    return _collected(moment)


def _confident_need(moment: Moment) -> bool:
    """A need is one's own; who names a year, a notice or a clause asks about the rules."""
    scope = moment.query.scope
    if scope.years or scope.notices or scope.labels:
        return False
    need = need_in(moment.said, moment.kb)
    return need is not None and need.sure


def _refuse(moment: Moment) -> Turn:
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
    return then_form(moment, Turn(turn.reply, conversation, effects))


_COMMANDS: dict[str, Callable[[Moment], Turn | None]] = {
    "help": lambda m: then_form(m, done(m, "help", say.help_())),
    "human": _human,
    "cancel": _cancel,
    "forget": _forget,
    "more": _more,
    "demand": _demand,
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
_ENDING = ("ok", "praise", "complaint", "bye")
"""In an open form, these may be answers to what it asks."""
_STEPS: tuple[Step, ...] = (
    _menu, _command, _opened, _talk, _everyday, _whereabouts, several, _asked_back_before,
    _question, _fill, _aside, _need, guessed, _refuse,
)  # fmt: skip
