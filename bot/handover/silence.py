"""A talk in which nobody says anything any more goes back to the assistant; both are told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.handover.telling import Wire, word_key
from intents.wording import handover as say
from intents.wording import staff_talks
from storage import tickets
from storage.tickets import StoredTicket


async def still_open(
    wire: Wire, found: Sequence[StoredTicket], silence: timedelta
) -> list[StoredTicket]:
    """Those of the tickets that did not fall silent; of the others both sides are told."""
    return [ticket for ticket in found if not await _ended(wire, ticket, silence)]


async def end_all(wire: Wire, silence: timedelta) -> int:
    """How many talks have fallen silent since the last look."""
    found = await tickets.listing(wire.conn, states=["held"], before=wire.now - silence)
    return len(found) - len(await still_open(wire, found, silence))


async def _ended(wire: Wire, ticket: StoredTicket, silence: timedelta) -> bool:
    since = wire.now - silence
    if ticket.state != "held" or ticket.staff is None or ticket.last >= since:
        return False
    if not await tickets.close(wire.conn, ticket.id, "silence", wire.now, silent_since=since):
        return False
    minutes = int(silence / timedelta(minutes=1))
    key = word_key(ticket.id, "silence")
    to_sender, to_staff = f"{key}:sender", f"{key}:staff"
    await wire.tell(ticket.sender, say.ended_by_silence(minutes), to_sender, ticket.region)
    told = staff_talks.ended_by_silence(ticket.id, minutes)
    await wire.tell(ticket.staff, told, to_staff, ticket.region)
    return True
