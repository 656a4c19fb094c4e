"""The order of decisions: one list, tried from the top, for every message.

Pure: (conversation, what was said, knowledge base, now) -> Turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from intents import asking, attachments, commands, handover, menu, opening
from intents.conversation import Conversation
from intents.filling import acts
from intents.filling.pieces import tidy
from intents.form import continue_form, reask
from intents.guessing import guessed
from intents.mine import asked as mine
from intents.mine import changing, withdrawing
from intents.moment import Moment
from intents.reminding.asked import reminding
from intents.replying import chat
from intents.together import several
from intents.turn import Forget, Reply, Said, SubmitDemand, Turn
from intents.wording import talk as say
from knowledge.snapshot import KnowledgeBase

LONGEST = 2000
_AWAY = timedelta(hours=12)
"""Who comes back to an open form after so long is welcomed."""

Step = Callable[[Moment], Turn | None]

Rule = Literal[
    "with people",
    "not text",
    "too long",
    "empty",
    "withdrawing",
    "menu",
    "a person, with words",
    "reminding",
    "own demands",
    "changing, placed",
    "changing, corrected",
    "command",
    "form asked for",
    "act on the form",
    "small talk",
    "everyday",
    "form by names",
    "whereabouts",
    "supplied",
    "bare word",
    "several",
    "asked back before",
    "question",
    "slot of the form",
    "aside",
    "need",
    "form by names at least",
    "guessed",
    "refusal",
]
"""What may take a message, in the order in which it is tried."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A turn, and the rules that made it: a picked option leads on to what it says. `moment` is
    what the last of them looked at, None where none looked at the words."""

    turn: Turn
    rules: tuple[Rule, ...]
    moment: Moment | None = None


def respond(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Turn:
    """The turn that follows. `now` is aware, in the bureau's time zone. Raises nothing of its own.

    An event (a user coming in, a picture) is answered without touching what is being talked about.
    What people have taken over is theirs to answer.
    """
    return decided(conversation, said, kb, now).turn


def decided(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Decided:
    """`respond`, with how it came to it."""
    if not kb.has_form:  # the last notice with one was taken out
        conversation = _without_forms(conversation)
    turn = handover.with_people(conversation, said, kb)
    if turn is not None:
        return Decided(turn, ("with people",))
    found = _answered(conversation, said, kb, now)
    return replace(found, turn=handover.told_meanwhile(found.turn, said))


def _answered(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Decided:
    if said.event != "text":
        return Decided(_event(conversation, said, kb), ("not text",))
    if len(said.text) > LONGEST:
        return Decided(chat(conversation, "too_long", say.too_long()), ("too long",))
    moment = Moment(
        conversation,
        said.text,
        kb,
        now,
        own=said.own,
        kept_days=said.kept_days,
        handed=said.handed,
        opens=said.opens,
        pushed=said.pushed,
    )
    if not moment.bare:
        return Decided(chat(conversation, "empty", say.empty()), ("empty",))
    turn = withdrawing.settled(moment) if conversation.withdrawing else None
    if turn is not None:
        found = Decided(turn, ("withdrawing",))
    else:
        if conversation.withdrawing:
            moment = replace(moment, conversation=replace(conversation, withdrawing=0))
        found = _decided(moment)
    turn = attachments.along(_remembering(found.turn, moment), said)
    return replace(found, turn=_dated(turn, conversation, now))


def _decided(moment: Moment) -> Decided:
    """A pending option is said in full, as if the user had typed it."""
    item = menu.picked(moment) if moment.conversation.menu else None
    if item is not None:
        cleared = replace(moment.conversation, menu=())
        found = _decided(moment.saying(item.says, cleared))
        return replace(found, rules=("menu", *found.rules))
    found_by = ((turn, rule) for rule, step in _STEPS if (turn := step(moment)) is not None)
    turn, rule = next(found_by)
    return Decided(turn, (rule,), moment)


def _without_forms(conversation: Conversation) -> Conversation:
    if conversation.form is None and conversation.aside is None:
        return conversation
    return replace(conversation, form=None, aside=None, queue=(), menu=())


def _remembering(turn: Turn, moment: Moment) -> Turn:
    """Where the sender is from stays known, once it was said or a demand was filed from there."""
    if any(isinstance(effect, Forget) for effect in turn.effects):
        return turn
    filed = [e.entry.region for e in turn.effects if isinstance(e, SubmitDemand)]
    region = moment.asked.scope.home or next(filter(None, filed), None)
    if region is None or region == turn.conversation.region:
        return turn
    return replace(turn, conversation=replace(turn.conversation, region=region))


def _dated(turn: Turn, before: Conversation, now: datetime) -> Turn:
    """An open form knows when it was last spoken to, and welcomes who comes back to it."""
    open_ = turn.conversation.form is not None
    if not open_ and turn.conversation.at is None:
        return turn
    talk = replace(turn.conversation, at=now if open_ else None)
    if not open_ or before.form is None or before.at is None or now - before.at < _AWAY:
        return replace(turn, conversation=talk)
    text = f"{say.back_to_the_form()}\n{turn.reply.text}"
    return replace(turn, reply=replace(turn.reply, text=text), conversation=talk)


def _event(conversation: Conversation, said: Said, kb: KnowledgeBase) -> Turn:
    """Who comes in is welcomed; who is in the middle of a form is shown where it stands."""
    if said.event == "attachment" and said.attachment is not None:
        return attachments.received(conversation, said, kb)
    if said.event in ("attachment", "unsupported"):
        turn = chat(conversation, "unsupported", say.unsupported())
        return replace(turn, conversation=conversation)
    examples = kb.lexicon.examples
    if conversation.form is None:
        welcome = say.welcome(examples[-1] if examples else None)
        return chat(conversation, "greet", welcome, say.starters(examples))
    options = tuple(item.label for item in conversation.menu)
    text = f"{say.welcome_back()}{reask(conversation, kb)}"
    return Turn(Reply("smalltalk", text, options, intent="greet"), conversation)


def _past_the_menu(moment: Moment) -> Turn | None:
    return menu.past_the_last(moment) if moment.conversation.menu else None


def _act(moment: Moment) -> Turn | None:
    """What is done to an open form as a whole, though it may look like a question: 能不能不填."""
    plain = acts.act_of(tidy(moment.text)) in _PLAIN
    return _fill(moment) if moment.conversation.form is not None and plain else None


def _fill(moment: Moment) -> Turn | None:
    return continue_form(moment.conversation, moment.text, moment.kb, moment.now, moment.own)


_PLAIN: tuple[acts.Act | None, ...] = ("why", "show", "pause", "keep")
_STEPS: tuple[tuple[Rule, Step], ...] = (
    ("menu", _past_the_menu),
    ("a person, with words", commands.call_with_words),
    ("reminding", reminding),
    ("own demands", mine.asked),
    ("changing, placed", changing.placed),
    ("changing, corrected", changing.corrected),
    ("command", commands.command),
    ("form asked for", opening.in_words),
    ("act on the form", _act),
    ("small talk", commands.small_talk),
    ("everyday", commands.everyday),
    ("form by names", opening.by_names),
    ("whereabouts", asking.whereabouts),
    ("supplied", changing.supplied),
    ("bare word", commands.bare_word),
    ("several", several),
    ("asked back before", asking.asked_back_before),
    ("question", asking.question),
    ("slot of the form", _fill),
    ("aside", commands.aside),
    ("need", opening.by_need),
    ("form by names at least", opening.by_names_at_least),
    ("guessed", guessed),
    ("refusal", asking.refuse),
)
