"""What is known of a batch's senders before any of them is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from intents.conversation import FRESH, Conversation, from_json
from intents.turn import OwnDemand
from storage import conversations, demands, events, notes, staff, tickets
from storage.connection import AsyncConnection
from storage.demands import StoredDemand
from storage.life import EDITABLE, Status
from storage.notes import StoredNote
from storage.staff import StaffRow
from storage.tickets import StoredTicket

_TAKEN_UP: tuple[Status, ...] = ("accepted", "matched")

StillOpen = Callable[[Sequence[StoredTicket]], Awaitable[list[StoredTicket]]]
"""Ends those of some tickets whose time is over, and returns the others."""


@dataclass(frozen=True, slots=True)
class Known:
    """One sender: `own` demands and `notes` that still must be told, both oldest first.

    `ticket` is theirs while they want a person, `holder` the name of who has it; `holding` is that
    of somebody else, with whom they speak as a member of staff.
    """

    talk: Conversation = FRESH
    own: tuple[OwnDemand, ...] = ()
    notes: tuple[StoredNote, ...] = ()
    staff: StaffRow | None = None
    ticket: StoredTicket | None = None
    holder: str = ""
    holding: StoredTicket | None = None


async def of_senders(
    conn: AsyncConnection,
    senders: Collection[str],
    listed: Mapping[str, StaffRow],
    still_open: StillOpen,
) -> dict[str, Known]:
    """All of the senders; `listed` are staff whom no database needs to know.

    Until the commit no other worker changes a conversation, a demand or a ticket of theirs.
    """
    met = await conversations.meet(conn, senders)
    talks = {sender: from_json(one.state) for sender, one in met.items()}
    members = {**await staff.of(conn, [who for who, one in met.items() if one.staff]), **listed}
    talking = [who for who, one in met.items() if one.ticket]
    found = await still_open(await tickets.concerning(conn, talking)) if talking else []
    noted = [who for who, one in met.items() if one.notes or one.ticket]
    told = await notes.waiting(conn, noted)
    own = await _own(conn, [sender for sender, talk in talks.items() if talk.demands])
    known = {
        sender: Known(talk, own.get(sender, ()), tuple(told.get(sender, ())), members.get(sender))
        for sender, talk in talks.items()
    }
    return await _talking(conn, known, found, listed) if found else known


async def _talking(
    conn: AsyncConnection,
    known: Mapping[str, Known],
    found: Sequence[StoredTicket],
    listed: Mapping[str, StaffRow],
) -> dict[str, Known]:
    """The same, with the tickets: of several that somebody holds, the oldest."""
    holders = [ticket.staff for ticket in found if ticket.staff]
    members = {**await staff.of(conn, holders), **listed}
    left = [t.id for t in found if t.state == "held" and t.staff not in members]
    await tickets.release(conn, left)  # whoever had them works here no more
    waiting = (replace(t, state="waiting", staff=None) if t.id in left else t for t in found)
    ordered = sorted(waiting, key=attrgetter("id"), reverse=True)
    theirs = {ticket.sender: ticket for ticket in ordered}
    holding = {ticket.staff: ticket for ticket in ordered if ticket.state == "held"}
    return {
        sender: replace(
            one,
            ticket=(ticket := theirs.get(sender)),
            holder=members[ticket.staff].name if ticket and ticket.staff else "",
            holding=holding.get(sender),
        )
        for sender, one in known.items()
    }


async def _own(conn: AsyncConnection, senders: Collection[str]) -> dict[str, tuple[OwnDemand, ...]]:
    stored = await demands.of_senders(conn, senders, hold=True)
    ids = [demand.id for entries in stored.values() for demand in entries]
    told = await events.last_words(conn, ids)
    taken_up = [d for entries in stored.values() for d in entries if d.status in _TAKEN_UP]
    asked = await events.unanswered(conn, {d.id: d.sender for d in taken_up if d.id in told})
    return {
        sender: tuple(as_own(d, told.get(d.id, ""), unanswered=d.id in asked) for d in entries)
        for sender, entries in stored.items()
    }


def as_own(demand: StoredDemand, told: str, *, unanswered: bool) -> OwnDemand:
    """As a turn may know of it: see `OwnDemand`."""
    return OwnDemand(
        id=demand.id,
        number=demand.number,
        status=demand.status,
        editable=demand.status in EDITABLE,
        notice=demand.notice,
        created=demand.created,
        fields={name: value for name, value in demand.fields.items() if value is not None},
        region=demand.region,
        told=told,
        unanswered=unanswered,
    )
