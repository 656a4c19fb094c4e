"""What is known of a batch's senders before any of them is answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from intents.conversation import FRESH, Conversation, from_json
from intents.turn import OwnDemand
from storage import conversations, demands, events, notes, staff
from storage.demands import StoredDemand
from storage.life import EDITABLE, Status
from storage.notes import StoredNote
from storage.staff import StaffRow

_TAKEN_UP: tuple[Status, ...] = ("accepted", "matched")


@dataclass(frozen=True, slots=True)
class Known:
    """One sender: `own` demands and `notes` that still must be told, both oldest first."""

    talk: Conversation = FRESH
    own: tuple[OwnDemand, ...] = ()
    notes: tuple[StoredNote, ...] = ()
    staff: StaffRow | None = None


async def of_senders(
    conn: AsyncConnection, senders: Collection[str], listed: Mapping[str, StaffRow]
) -> dict[str, Known]:
    """All of the senders; `listed` are staff whom no database needs to know.

    Until the commit no other worker changes a conversation or a demand of theirs.
    """
    met = await conversations.meet(conn, senders)
    talks = {sender: from_json(one.state) for sender, one in met.items()}
    members = {**await staff.of(conn, [who for who, one in met.items() if one.staff]), **listed}
    told = await notes.waiting(conn, [who for who, one in met.items() if one.notes])
    own = await _own(conn, [sender for sender, talk in talks.items() if talk.demands])
    return {
        sender: Known(talk, own.get(sender, ()), tuple(told.get(sender, ())), members.get(sender))
        for sender, talk in talks.items()
    }


async def _own(conn: AsyncConnection, senders: Collection[str]) -> dict[str, tuple[OwnDemand, ...]]:
    stored = await demands.of_senders(conn, senders, hold=True)
    ids = [demand.id for entries in stored.values() for demand in entries]
    told = await events.last_words(conn, ids)
    taken_up = [d for entries in stored.values() for d in entries if d.status in _TAKEN_UP]
    asked = await events.unanswered(conn, {d.id: d.sender for d in taken_up if d.id in told})
    return {
        sender: tuple(_as_own(d, told.get(d.id, ""), unanswered=d.id in asked) for d in entries)
        for sender, entries in stored.items()
    }


def _as_own(demand: StoredDemand, told: str, *, unanswered: bool) -> OwnDemand:
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
