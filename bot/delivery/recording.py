"""What is stored of what became of a send."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from bot.delivery.letters import REPLY, Letter, from_json, kind_of
from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent
from bot.handover.missed import missed
from intents.turn import Reply
from storage import claims, notes
from storage.claims import Claimed
from storage.connection import AsyncConnection
from storage.notes import NoteRow

GIVE_UP = 20
"""Attempts, which with their waits make about half a day."""
GIVE_UP_REPLY = 10
"""About an hour and a half: nobody waits longer for an answer, and what is behind it waits too."""

_EMPTY = Letter(Reply("command", ""))


def patience(key: str) -> int:
    """How often a message is tried."""
    return GIVE_UP_REPLY if kind_of(key) == REPLY else GIVE_UP


async def record(
    conn: AsyncConnection, row: Claimed, letter: Letter, outcome: Outcome, now: datetime
) -> None:
    """Nothing where the message is this worker's no more, or was erased meanwhile.

    A note that did not arrive is told with the next reply, also while it waits to be tried again:
    whichever comes first. So is a reply to somebody who may not be written to any more. Who said
    words of a talk that are given up is told so.
    """
    match outcome:
        case Sent():
            await claims.sent(conn, row, now)
            return
        case Retry(after, reason, all_wait) if row.attempts < patience(row.key):
            if await claims.retry(conn, row, now + after, reason, holds=all_wait):
                await _untold(conn, letter)
            return
        case Closed(reason) if letter.note is not None or kind_of(row.key) == REPLY:
            mine = await claims.left(conn, row, now, reason)
            if mine and letter.note is None and letter.reply.plain.strip():
                await notes.add(conn, [_note(row, letter, now)])
        case Retry(_, reason) | Closed(reason) | Refused(reason):
            mine = await claims.dead(conn, row, now, reason)
    if mine:
        await _untold(conn, letter)
        await missed(conn, row, now)


async def _untold(conn: AsyncConnection, letter: Letter) -> None:
    if letter.note is not None:
        await notes.untell(conn, letter.note)


async def bounced(
    conn: AsyncConnection, id_: int, outcome: Closed | Refused, now: datetime
) -> None:
    """The platform says by and by that what it took did not reach anybody."""
    row = await claims.recall(conn, id_)
    if row is not None:
        await record(conn, row, letter_of(row) or _EMPTY, outcome, now)


def letter_of(row: Claimed) -> Letter | None:
    """None where it cannot be read."""
    try:
        return from_json(row.payload) if row.payload is not None else None
    except ValidationError:
        return None


def _note(row: Claimed, letter: Letter, now: datetime) -> NoteRow:
    return NoteRow(row.target, letter.reply.plain, now, key=f"undelivered:{row.key}")
