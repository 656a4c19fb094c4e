"""Words of a talk that could not be sent: whoever said them learns that they wait."""

from __future__ import annotations

from datetime import datetime

from bot.staff.members import has_chat
from intents.wording.staff_talks import missed as say_missed
from knowledge.late import late
from storage import notes, tickets
from storage.claims import Claimed
from storage.connection import AsyncConnection
from storage.notes import NoteRow

_WORDS = late(r"talk:(\d+):(?!wanted:|missed:)")


async def missed(conn: AsyncConnection, row: Claimed, now: datetime) -> None:
    """Nothing for what is no word of a talk that somebody still has, or was for that somebody."""
    found = _WORDS.match(row.key)
    ticket = await tickets.find(conn, int(found[1])) if found else None
    if ticket is None or ticket.staff is None or ticket.state != "held":
        return
    if row.target == ticket.sender and has_chat(ticket.staff):
        key = f"talk:{ticket.id}:missed:{row.id}"
        told = NoteRow(ticket.staff, say_missed(ticket.id), now, key=key)
        await notes.add(conn, [told])
