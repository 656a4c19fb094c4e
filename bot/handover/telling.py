"""What is told to either side of a talk with people: at once where that can be, else later."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.push.notes import tell
from bot.staff.members import has_chat
from storage import notes, outbox, windows
from storage.connection import AsyncConnection
from storage.notes import NoteRow
from storage.tickets import StoredTicket


@dataclass(frozen=True, slots=True)
class Wire:
    """How words travel now: `pushable` are the channels on which people can be written to."""

    conn: AsyncConnection
    now: datetime
    pushable: Collection[str] = frozenset()

    async def reaches(self, person: str) -> bool:
        """Whether what is told them now arrives now, for all that is known."""
        if person.partition(":")[0] not in self.pushable:
            return False
        return not await windows.shut(self.conn, person, self.now)

    async def tell(self, person: str, text: str, key: str, region: str | None) -> None:
        """`key` names what is told: once; `region` is the ticket's. Who only works in the console
        finds it there."""
        if not has_chat(person):
            return
        row = NoteRow(person, text, self.now, key=key, region=region)
        await tell(self.conn, [row], self.now, self.pushable)


def word_key(ticket: int, message: str) -> str:
    """`message` is the key of the message with which it was said, or names the occasion."""
    return f"{_of(ticket)}{message}"


def wanted_key(ticket: int, target: str = "") -> str:
    """Of what those on duty are told; without a target, how all of them begin."""
    return word_key(ticket, f"wanted:{target}")


async def wanted_no_more(conn: AsyncConnection, ticket: int) -> None:
    """Who was not told yet that somebody is wanted need not be told any more."""
    await notes.blank_keys(conn, [wanted_key(ticket)])
    await outbox.blank_keys(conn, [wanted_key(ticket)])


async def unsaid(conn: AsyncConnection, tickets: Iterable[int]) -> None:
    """Nothing that was told in the tickets, or of them, is left or still sent."""
    prefixes = [_of(ticket) for ticket in tickets]
    await notes.blank_keys(conn, prefixes)
    await outbox.blank_keys(conn, prefixes)


def holder_of(ticket: StoredTicket | None) -> str | None:
    """The key of who has the talk now."""
    return ticket.staff if ticket and ticket.state == "held" else None


def _of(ticket: int) -> str:
    return f"talk:{ticket}:"
