"""What of the claimed messages may go now, decided in the transaction of the claim.

A note is told from here on, so that no reply tells it while it is on its way. What a window
lets through is counted here, so that a kill after this costs one send and never exceeds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.courier import Courier, Parcel
from bot.delivery.letters import Letter
from bot.delivery.outcome import Closed
from bot.delivery.recording import letter_of, patience, record
from storage import claims, notes, windows
from storage.claims import Claimed
from storage.connection import AsyncConnection

TOLD = "told with a reply"
NO_WINDOW = "the platform lets nobody write to them before they do"


@dataclass(frozen=True, slots=True)
class InHand:
    """A claimed message, who carries it, what they are given; this worker's until `until`."""

    row: Claimed
    courier: Courier
    parcel: Parcel
    until: datetime


async def take_up(
    conn: AsyncConnection,
    couriers: Mapping[str, Courier],
    claimed: Sequence[Claimed],
    now: datetime,
    until: datetime,
) -> list[InHand]:
    """Those of the claimed that are to be sent; of the others it is recorded why not."""
    in_hand = [await _taken(conn, couriers[row.channel], row, now, until) for row in claimed]
    return [one for one in in_hand if one is not None]


async def _taken(
    conn: AsyncConnection, courier: Courier, row: Claimed, now: datetime, until: datetime
) -> InHand | None:
    letter = letter_of(row)
    if letter is None or (row.interrupted and row.attempts > patience(row.key)):
        why = "cannot be read" if letter is None else "never came to an end"
        await claims.dead(conn, row, now, why)
        return None
    if not await _is_untold(conn, row, letter, now):
        await claims.left(conn, row, now, TOLD)
        return None
    one = InHand(row, courier, Parcel(row.key, row.target, letter, row.attempts), until)
    if await _is_barred(conn, one, now):
        await record(conn, row, letter, Closed(NO_WINDOW), now)
        return None
    return one


async def _is_untold(conn: AsyncConnection, row: Claimed, letter: Letter, now: datetime) -> bool:
    """After an attempt that was cut off, the note was marked as told by that attempt."""
    if letter.note is None or row.interrupted:
        return True
    return await notes.take(conn, letter.note, now)


async def _is_barred(conn: AsyncConnection, one: InHand, now: datetime) -> bool:
    """Whether no window of the platform's is open; later attempts were counted with the first."""
    if not one.courier.windowed or one.row.attempts > 1:
        return False
    return not await windows.use(conn, one.row.target, now)
