"""A member of staff in a talk with somebody: their words passed on, the talk ended or handed on."""

from __future__ import annotations

from bot.handover.telling import word_key
from bot.staff.counter.people import greeting
from bot.staff.counter.reach import reach_of
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.counter.spoken import SIGN, WORDS, Spoken
from bot.staff.inert import shortened
from bot.staff.members import everyone
from intents.conversation import MenuItem
from intents.wording import handover as to_sender
from intents.wording import staff_talks as say
from storage import tickets
from storage.staff import StaffRow
from storage.tickets import StoredTicket, WordRow

_QUOTED = 20


async def held(at: Serving) -> StoredTicket | None:
    """The talk that they have, unless it ended while this message was on its way."""
    ticket = await tickets.find(at.conn, at.holding.id) if at.holding else None
    mine = ticket and ticket.state == "held" and ticket.staff == at.staff.sender
    return ticket if mine else None


async def asks(at: Serving) -> bool:
    """Whether it is they who want a person."""
    return bool(await tickets.concerning(at.conn, [at.staff.sender]))


async def pass_words(at: Serving, ticket: StoredTicket, text: str) -> Outcome:
    """Nothing is replied where they arrive at once."""
    await tickets.say(at.conn, [WordRow(ticket.id, at.staff.sender, text, at.now)])
    told = to_sender.from_staff(at.staff.name, text)
    await at.wire.tell(ticket.sender, told, word_key(ticket.id, at.message), ticket.region)
    return Outcome("" if await at.wire.reaches(ticket.sender) else say.not_reached())


async def end(at: Serving, ticket: StoredTicket, spoken: Spoken) -> Outcome:
    if spoken.text and int(spoken.text) != ticket.id:
        return Outcome(say.holding_another(ticket.id, int(spoken.text)))
    await hand_back(at, ticket)
    return Outcome(say.ended(ticket.id))


async def hand_back(at: Serving, ticket: StoredTicket) -> None:
    """The assistant goes on with it."""
    await tickets.close(at.conn, ticket.id, "staff", at.now)
    await at.record("end", None, f"ticket {ticket.id}")
    key = word_key(ticket.id, "ended")
    await at.wire.tell(ticket.sender, to_sender.ended_by_staff(), key, ticket.region)


async def hand_on(at: Serving, ticket: StoredTicket, spoken: Spoken, whole: str) -> Outcome:
    """转给 李四: to a colleague who may have it and speaks with nobody else."""
    people = await everyone(at.conn, at.provided.listed)
    called = [one for one in people if one.name == spoken.text and one.sender != at.staff.sender]
    if len(called) != 1:
        told = say.several_called(spoken.text) if called else say.nobody_called(spoken.text)
        return ask_which(ticket, whole, f"{told}\n")
    [colleague] = called
    if why := await hand_to(at, ticket, colleague):
        return Outcome(why)
    return Outcome(say.passed_to(ticket.id, colleague.name))


async def hand_to(at: Serving, ticket: StoredTicket, colleague: StaffRow) -> str:
    """Why the colleague cannot have it; "" where it is theirs now."""
    if why := await _cannot_have(at, ticket, colleague):
        return why
    await tickets.pass_on(at.conn, ticket.id, at.staff.sender, colleague.sender, at.now)
    await at.record("pass", None, f"ticket {ticket.id}: {colleague.sender}")
    key = word_key(ticket.id, f"passed:{at.message}")
    told = to_sender.passed_to(colleague.name)
    await at.wire.tell(ticket.sender, told, f"{key}:sender", ticket.region)
    greeted = say.handed_to_you(at.staff.name, await greeting(at, ticket))
    await at.wire.tell(colleague.sender, greeted, f"{key}:staff", ticket.region)
    return ""


def ask_which(ticket: StoredTicket, text: str, before: str = "", begun: str = "") -> Outcome:
    """Neither done nor passed on before they say what is meant."""
    quoted = shortened(text, _QUOTED)
    asked = say.which_begun(quoted, begun) if begun else say.which(quoted)
    command = f"{SIGN}{text}"
    menu = (
        MenuItem(say.as_words(ticket.id), f"{WORDS}{text}"),
        MenuItem(say.as_command(), command),
    )
    return Outcome(f"{before}{asked}", menu, begun)


async def _cannot_have(at: Serving, ticket: StoredTicket, colleague: StaffRow) -> str:
    reach = reach_of(colleague, at.kb)
    if ticket.region is not None and not reach.has_region(ticket.region, at.kb):
        return say.colleague_elsewhere(colleague.name, ticket.id)
    busy = await tickets.concerning(at.conn, [colleague.sender])
    other = next((one for one in busy if one.staff == colleague.sender), None)
    return say.colleague_busy(colleague.name, other.id) if other else ""
