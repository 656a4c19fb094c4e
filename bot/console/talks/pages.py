"""Who waits for a person and who has whom; one talk, with what was said before it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.answered import from_json
from bot.console.talks.watch import untold
from bot.console.visit import Answer, Page, Visit
from bot.staff.counter.lists import KNOWN
from bot.staff.counter.people import may_take
from bot.staff.counter.reach import reach_of
from bot.staff.counter.serving import Serving
from bot.staff.inert import masked, shortened
from bot.staff.members import everyone
from intents.wording import staff_talks as say
from intents.wording.staff import COMMAND
from storage import demands, inbox, tickets
from storage.connection import AsyncConnection
from storage.staff import StaffRow
from storage.tickets import OPEN, StoredTicket, StoredWord

_IN_LIST, _BEFORE, _WORDS = 60, 20, 300
_YESTERDAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A talk as lists show it: without personal data."""

    ticket: StoredTicket
    about: str
    holder: str

    @property
    def channel(self) -> str:
        return self.ticket.sender.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody said to the assistant, and what it answered."""

    at: datetime
    said: str
    answer: str


async def talk_list(visit: Visit) -> Answer:
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        found = [one for one in await tickets.listing(conn, states=OPEN) if may_take(at, one)]
        rows = [await _row(at, one) for one in found]
    me = visit.staff.sender
    context = {
        "waiting": [row for row in rows if row.ticket.state == "waiting"],
        "mine": [row for row in rows if row.ticket.staff == me],
        "others": [row for row in rows if row.ticket.staff not in (None, me)],
        "ended": visit.asked("ended")[:9],
        "passed": visit.asked("passed")[:9],
    }
    return Page("talks.html", context)


async def talk(visit: Visit) -> Answer:
    return await shown(visit)


async def may_see(at: Serving, number: int) -> StoredTicket | Page:
    """The ticket, or the page that says why they cannot have it."""
    ticket = await tickets.find(at.conn, number)
    if ticket is None:
        return Page("problem.html", {"status": 404}, 404)
    if not may_take(at, ticket):
        await at.refuse(COMMAND["take"], say.not_yours(number, at.staff.regions))
        return Page("refused.html", {"why": "region", "what": f"T{number}"}, 403)
    return ticket


async def at_the_talk(visit: Visit, conn: AsyncConnection, message: str = "") -> Serving:
    """As at the counter in chat: with the talk that they have, which nobody else changes until
    the commit."""
    at = visit.serving(conn)
    found = await tickets.concerning(conn, [visit.staff.sender])
    mine = next((one for one in found if one.staff == visit.staff.sender), None)
    return replace(at, holding=mine, message=message)


async def shown(visit: Visit, said: Mapping[str, Any] | None = None, status: int = 200) -> Answer:
    """The page of the talk; `said` is what it says of what was just tried."""
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        ticket = await may_see(at, visit.number)
        if isinstance(ticket, Page):
            return ticket
        await at.record("look", None, f"ticket {ticket.id}")
        context = await _context(visit, at, ticket)
    return Page("talk.html", {**context, "problem": "", "kept": "", **(said or {})}, status)


async def spoken(at: Serving, ticket: StoredTicket, word: StoredWord) -> dict[str, Any]:
    theirs = word.by == ticket.sender
    return {
        "id": word.id,
        "theirs": theirs,
        "who": say.enterprise() if theirs else await at.name_of(word.by),
        "at": at.when(word.at),
        "text": word.text,
    }


async def _context(visit: Visit, at: Serving, ticket: StoredTicket) -> dict[str, Any]:
    words = await tickets.said(at.conn, ticket.id, _WORDS)
    mine = ticket.state == "held" and ticket.staff == visit.staff.sender
    return {
        "row": await _row(at, ticket),
        "ticket": ticket,
        "words": [await spoken(at, ticket, word) for word in words],
        "last": words[-1].id if words else 0,
        "before": await _before(at, ticket),
        "filed": await _filed(at, ticket),
        "mine": mine,
        "colleagues": await _colleagues(at, ticket) if mine else (),
        "reaches": ticket.state == "closed" or await at.wire.reaches(ticket.sender),
        "unread": (await untold(at.conn, [ticket], visit.now))[ticket.id],
        "canned": visit.kb.canned,
        "once": secrets.token_hex(8),
    }


async def _row(at: Serving, ticket: StoredTicket) -> Row:
    holder = await at.name_of(ticket.staff) if ticket.staff else ""
    return Row(ticket, shortened(masked(ticket.about), _IN_LIST), holder)


async def _before(at: Serving, ticket: StoredTicket) -> Sequence[Before]:
    """The last that was said to the assistant since yesterday, before people were asked for."""
    midnight = at.now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = await inbox.of_sender(at.conn, ticket.sender, midnight - _YESTERDAY, ticket.at, _BEFORE)
    past = [(row.at, from_json(row.reply)) for row in rows if row.kind is not None]
    return [Before(at_, turn.said, turn.reply.plain) for at_, turn in past if turn.said]


async def _filed(at: Serving, ticket: StoredTicket) -> list[tuple[int, str]]:
    """Numbers and statuses of the demands that they have entered and the member may see."""
    own = (await demands.of_senders(at.conn, [ticket.sender])).get(ticket.sender, [])
    return [(d.id, d.status) for d in own if d.status in KNOWN and at.reach.has(d.bureau)]


async def _colleagues(at: Serving, ticket: StoredTicket) -> list[StaffRow]:
    """Who serves the region."""
    people = await everyone(at.conn, at.provided.listed)
    return [
        one
        for one in people
        if one.sender not in (at.staff.sender, ticket.sender)
        and (ticket.region is None or reach_of(one, at.kb).has_region(ticket.region, at.kb))
    ]
