"""接: who waits for a person; 接 5: one of them, with whom the member of staff then speaks."""

from __future__ import annotations

from typing import Literal

from bot.handover.telling import wanted_no_more, word_key
from bot.staff.counter.commands import Command
from bot.staff.counter.lists import KNOWN
from bot.staff.counter.serving import Outcome, Serving
from bot.staff.inert import masked, shortened
from intents.wording import handover as to_sender
from intents.wording import staff_talks as say
from intents.wording.staff import COMMAND, STATUS_SHORT
from storage import demands, tickets
from storage.tickets import OPEN, StoredTicket

Taking = Literal["taken", "unknown", "elsewhere", "theirs", "gone", "own", "busy"]
"""What becomes of who wants to take a ticket: it is theirs now | there is none | of another region
| theirs already | somebody else's, or over | they opened it themselves | they speak with another.
"""

_SHOWN, _IN_LIST = 10, 40


async def waiting(at: Serving, _command: Command) -> Outcome:
    """Those of the member's regions, oldest first, without personal data."""
    found = await tickets.listing(at.conn, states=OPEN)
    theirs = [ticket for ticket in found if may_take(at, ticket)]
    lines = [_line(at, ticket) for ticket in theirs if ticket.state == "waiting"]
    held = [await _held_line(at, ticket) for ticket in theirs if ticket.state == "held"]
    return Outcome("\n".join([say.waiting(lines) if lines else say.nobody_waits(), *held]))


async def take(at: Serving, command: Command) -> Outcome:
    """The first who asks gets the ticket; whoever comes later is told who has it."""
    number = command.numbers[0]
    ticket = await tickets.find(at.conn, number)
    taking = await take_up(at, ticket, number)
    if ticket is not None and taking == "taken":
        return Outcome(await greeting(at, ticket))
    return Outcome(await _not_taken(at, taking, number))


async def take_up(at: Serving, ticket: StoredTicket | None, number: int) -> Taking:
    """The ticket, if there is one of that number, is theirs if nothing is in the way; what is
    refused goes on record, and so does what is taken."""
    if ticket is None:
        return "unknown"
    if not may_take(at, ticket):
        await at.refuse(COMMAND["take"], say.not_yours(number, at.staff.regions))
        return "elsewhere"
    if ticket.state == "held" and ticket.staff == at.staff.sender:
        return "theirs"
    if ticket.state != "waiting":
        return "gone"
    if ticket.sender == at.staff.sender:
        return "own"
    if at.holding is not None:
        return "busy"
    if not await tickets.take(at.conn, number, at.staff.sender, at.now):
        return "gone"
    await wanted_no_more(at.conn, number)
    await at.record("take", None, f"ticket {number}")
    told = to_sender.taken_up(at.staff.name)
    key = word_key(number, f"taken:{at.message}")
    await at.wire.tell(ticket.sender, told, key, ticket.region)
    return "taken"


def may_take(at: Serving, ticket: StoredTicket) -> bool:
    """Who is from nobody knows where is everybody's."""
    return ticket.region is None or at.reach.has_region(ticket.region, at.kb)


async def greeting(at: Serving, ticket: StoredTicket) -> str:
    """What who takes the talk must know: who it is, what was said, and how to go on."""
    said = await tickets.said(at.conn, ticket.id, _SHOWN)
    words = [
        say.word(await _called(at, ticket, word.by), at.when(word.at), word.text) for word in said
    ]
    where = ticket.region or say.nowhere()
    told = say.taken(ticket.id, where, at.when(ticket.at), ticket.about)
    filed = await _filed(at, ticket)
    reached = "" if await at.wire.reaches(ticket.sender) else say.not_reached()
    return "\n".join(filter(None, [told, filed, reached, say.how_to_talk(), *words]))


async def _filed(at: Serving, ticket: StoredTicket) -> str:
    """Which demands they have entered, as far as the member of staff may see them."""
    own = (await demands.of_senders(at.conn, [ticket.sender])).get(ticket.sender, [])
    seen = [d for d in own if d.status in KNOWN and at.reach.has(d.bureau)]
    return say.filed([(d.id, STATUS_SHORT[d.status]) for d in seen]) if seen else ""


async def _called(at: Serving, ticket: StoredTicket, by: str) -> str:
    return say.enterprise() if by == ticket.sender else await at.name_of(by)


async def _not_taken(at: Serving, taking: Taking, number: int) -> str:
    match taking:
        case "unknown":
            return say.no_ticket(number)
        case "elsewhere":
            return say.not_yours(number, at.staff.regions)
        case "theirs":
            return say.yours_already(number)
        case "own":
            return say.your_own(number)
        case "busy" if at.holding is not None:
            return say.one_at_a_time(at.holding.id, number)
    return await _gone(at, number)


async def _gone(at: Serving, number: int) -> str:
    ticket = await tickets.find(at.conn, number)
    if ticket is None or ticket.state != "held" or ticket.staff is None:
        return say.over(number)
    return say.held_by(number, await at.name_of(ticket.staff))


def _line(at: Serving, ticket: StoredTicket) -> str:
    about = shortened(masked(ticket.about), _IN_LIST)
    return say.waiting_line(ticket.id, ticket.region or say.nowhere(), at.when(ticket.at), about)


async def _held_line(at: Serving, ticket: StoredTicket) -> str:
    by = await at.name_of(ticket.staff or "")
    return say.held_line(ticket.id, ticket.region or say.nowhere(), by)
