"""What an enterprise and staff said live that a demand came out of, or that touched it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bot.staff.counter.people import may_take
from bot.staff.counter.serving import Serving
from knowledge.late import late
from storage import tickets
from storage.demands import StoredDemand
from storage.tickets import StoredTicket, StoredWord

_BEFORE = timedelta(days=1)
"""So long after a talk with people an entry that is begun counts as come out of it."""
_NAMED = late(r"(?<!\d)(\d{1,9})\s*号|需求\s*(\d{1,9})(?!\d)")


async def words_about(
    at: Serving, demand: StoredDemand, handed_in: datetime, touched: Collection[datetime]
) -> list[StoredWord]:
    """Oldest first, of the talks that the member of staff may see. A talk is about the demand if it
    went on while the entry was filled in, or ended within a day before; if one of the moments
    `touched`, at which something became of the demand, lies in it; or if a word in it names the
    demand by its number."""
    found = await tickets.of_sender(at.conn, demand.sender, demand.created - _BEFORE)
    theirs = [one for one in found if may_take(at, one)]
    words = await tickets.heard(at.conn, {one.id: 0 for one in theirs})
    named = {word.ticket for word in words if _names(word.text, demand)}
    about = {one.id for one in theirs if one.id in named or _is_in(one, demand, handed_in, touched)}
    return [word for word in words if word.ticket in about]


def _is_in(
    ticket: StoredTicket, demand: StoredDemand, handed_in: datetime, touched: Iterable[datetime]
) -> bool:
    end = ticket.closed or datetime.max.replace(tzinfo=ticket.at.tzinfo)
    if ticket.at <= handed_in and end >= demand.created - _BEFORE:
        return True
    return any(ticket.at <= moment <= end for moment in touched)


def _names(text: str, demand: StoredDemand) -> bool:
    """By staff's number, or by its sender's own."""
    told = {int(one or other) for one, other in _NAMED.findall(text)}
    return not told.isdisjoint((demand.id, demand.number))
