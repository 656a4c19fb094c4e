"""A message of a member of staff: their command done, or None for the assistant to answer it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channels.render import split
from bot.staff.counter import live
from bot.staff.counter.activities import keep
from bot.staff.counter.commands import Command, Name
from bot.staff.counter.drafting import draft
from bot.staff.counter.exporting import export_form
from bot.staff.counter.failures import failures
from bot.staff.counter.figures import figures
from bot.staff.counter.lists import find, show, todo
from bot.staff.counter.matching import match
from bot.staff.counter.people import take as take_ticket
from bot.staff.counter.people import waiting
from bot.staff.counter.questions import answer, open_questions
from bot.staff.counter.reading import fold, read
from bot.staff.counter.roles import may
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.spoken import asks_which, spoken
from bot.staff.counter.steps import take, transfer
from bot.staff.counter.subscribing import own_subscriptions, subscribe, unsubscribe
from bot.staff.counter.verbs import WITH_NUMBERS
from intents.conversation import Conversation, MenuItem
from intents.turn import Reply, Turn
from intents.wording import staff as say
from intents.wording import staff_talks as say_talks
from intents.wording.talk import more_hint
from knowledge.late import late
from knowledge.normalise import normalise, number
from storage.tickets import StoredTicket

_PAGE = 1700
"""Bytes of UTF-8 of a reply at most, so that the shortest platform carries it with what is due."""
_ONLY_NUMBERS = late(r"[\s\d第#号、,，和与到至~-]+")
_PICK = late(r"(?:第|选)?\s*(\d{1,2}|[一二三四五六七八九十])\s*[个项号条]?")


async def serve(at: Serving, text: str, talk: Conversation) -> Turn | None:
    """The turn that a command makes, without effects: what it does is done in `at.conn`.

    None for what is no command of staff's, also where it answers a form that they fill in: the
    assistant answers it, and what was begun is dropped. Who speaks with somebody speaks to them.
    """
    if at.holding is not None and (ticket := await live.held(at)) is not None:
        return await _in_a_talk(at, ticket, text, talk)
    return await _at_the_counter(at, text, talk)


async def _in_a_talk(
    at: Serving, ticket: StoredTicket, text: str, talk: Conversation
) -> Turn | None:
    said = spoken(text, talk.menu, talk.begun)
    match said.kind:
        case "words" if not said.text or (talk.more and said.text in say.MORE):
            return None
        case "words":
            outcome = await live.pass_words(at, ticket, said.text)
        case "end":
            outcome = await live.end(at, ticket, said)
        case "pass":
            outcome = await live.hand_on(at, ticket, said, text.strip())
        case "which":
            outcome = live.ask_which(ticket, said.text, begun=talk.begun)
        case "command":
            offered = () if asks_which(talk.menu) else talk.menu
            return await _at_the_counter(at, said.text, replace(talk, menu=offered))
    return _turn(outcome, talk)


async def _at_the_counter(at: Serving, text: str, talk: Conversation) -> Turn | None:
    command = _meant(text, talk)
    if command is None and talk.begun:
        return await _after_begun(at, text, talk)
    if command is None:
        over = talk.form is None and spoken(text).kind == "end" and not await live.asks(at)
        return _turn(Outcome(say_talks.no_talk()), talk) if over else None
    outcome = await _served(at, command)
    return _turn(outcome, talk) if outcome else None


def _meant(text: str, talk: Conversation) -> Command | None:
    """What the message asks for, as picked from a menu or as typed."""
    if picked := _picked(text, talk.menu):
        return read(picked)
    command = read(text)
    if command is None and (named := _named(text, talk.menu)):
        return read(named)
    bare = command is not None and _ONLY_NUMBERS.fullmatch(fold(text))
    if bare and (talk.form is not None or talk.begun or not _of_commands(talk.menu)):
        return None
    return command


def _named(text: str, menu: tuple[MenuItem, ...]) -> str:
    """What the one item stands for in which these words are, as a resource's name may be."""
    said = normalise(text)
    held = [item.says for item in menu if len(said) > 1 and said in normalise(item.says)]
    return held[0] if len(held) == 1 and _of_commands(menu) else ""


def _of_commands(menu: tuple[MenuItem, ...]) -> bool:
    """Whether it offers nothing but commands of staff's, or nothing at all."""
    return all(read(item.says) for item in menu)


def _picked(text: str, menu: tuple[MenuItem, ...]) -> str:
    """What the item picked stands for; nothing where none is, or the menu is not of commands."""
    for item in menu:
        if text.strip() == item.label:
            return item.says
    found = _PICK.fullmatch(fold(text).strip(" 。.，,"))
    place = number(found[1]) if found else None
    return menu[place - 1].says if place and place <= len(menu) else ""


async def _after_begun(at: Serving, text: str, talk: Conversation) -> Turn | None:
    """The rest of a command, or that it is called off; None for something else altogether."""
    bare = fold(text).strip(" 。.!！吧")
    if bare in say.CALL_OFF:
        return _turn(Outcome(say.called_off()), talk)
    begun = "" if bare in say.SMALL_TALK else talk.begun
    whole = begun.replace("#", text, 1) if "#" in begun else f"{begun} {text}"
    command = read(whole)
    missing = command is None or (command.name in WITH_NUMBERS and not command.numbers)
    outcome = None if command is None or missing else await _served(at, command)
    return _turn(outcome, talk) if outcome else None


async def _served(at: Serving, command: Command) -> Outcome | None:
    if not may(at.staff.role, command.name):
        why = say.may_not(command.name, at.staff.role)
        return Outcome(await at.refuse(say.COMMAND[command.name], why))
    if command.name in WITH_NUMBERS and not command.numbers:
        begun = f"{say.COMMAND[command.name]} # {command.rest}".strip()
        return Outcome(say.which(command.name), begun=begun)
    return await _DOING[command.name](at, command)


def _turn(outcome: Outcome, talk: Conversation) -> Turn:
    """Long texts by pages, as of any reply; an open form goes on after it."""
    first, *rest = split(outcome.text, _PAGE) or [""]
    options = tuple(item.label for item in outcome.menu)
    shown = f"{first}\n{more_hint()}" if rest else first
    menu = outcome.menu or (talk.menu if talk.form is not None else ())
    more = tuple(rest) if outcome.text else talk.more
    after = replace(talk, menu=menu, more=more, begun=outcome.begun)
    return Turn(Reply("command", shown, options, intent="staff", file=outcome.file), after)


async def _help(at: Serving, _command: Command) -> Outcome:
    text, entries = say.help_([name for name in _DOING if may(at.staff.role, name)])
    return Outcome(text, tuple(MenuItem(label, says) for label, says in entries))


async def _nothing(_at: Serving, command: Command) -> Outcome:
    return Outcome(say.nothing_done(command.numbers))


async def _two(_at: Serving, command: Command) -> Outcome:
    return Outcome(say.one_at_a_time(command.numbers))


_DOING: dict[Name, Callable[[Serving, Command], Awaitable[Outcome | None]]] = {
    "todo": todo,
    "show": show,
    "accept": take,
    "return": take,
    "match": match,
    "close": take,
    "reply": take,
    "transfer": transfer,
    "note": take,
    "open": open_questions,
    "answer": answer,
    "draft": draft,
    "figures": figures,
    "export": export_form,
    "activity": keep,
    "failed": failures,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "subscriptions": own_subscriptions,
    "help": _help,
    "find": find,
    "take": take_ticket,
    "waiting": waiting,
    "not": _nothing,
    "two": _two,
}
