"""A message of the outbox is one worker's from its claim until it is settled or its lease ends.

What is settled later than that, by a worker that was thought dead, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, exists, or_, select, update

from storage import pace
from storage.connection import AsyncConnection
from storage.outbox import opened
from storage.pace import Rate
from storage.schema import outbox
from storage.sealing import Keyring, keyring_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of one channel at most `number` messages, and to each target no faster than `rates`."""

    number: int
    rates: Sequence[Rate] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message to send now. `attempts` counts this one too; `interrupted`: nobody knows what
    became of the one before. `payload` is None where no key opens it."""

    id: int
    key: str
    target: str
    channel: str
    payload: dict[str, Any] | None
    attempts: int
    interrupted: bool


_CLAIMED = [outbox.c[n] for n in ("id", "key", "target", "channel", "payload", "attempts", "tried")]
_WAITING = outbox.c.state == "waiting"

LONGEST_WAIT = timedelta(hours=2)
"""No message is ever put off for longer. What is due later than that was put off by a clock that
has been set back since, and is due now."""
_EARLIER, _HOLDING = outbox.alias("earlier"), outbox.alias("holding")
_IS_HEAD = or_(
    outbox.c.queue.is_(None),
    ~exists().where(
        _EARLIER.c.queue == outbox.c.queue,
        _EARLIER.c.state == "waiting",
        _EARLIER.c.id < outbox.c.id,
    ),
)


async def claim(
    conn: AsyncConnection, now: datetime, wanted: Mapping[str, Wanted], lease: timedelta
) -> list[Claimed]:
    """What is due of the wanted channels, for this worker alone until `now + lease`.

    Earliest first, and of each queue its head alone. What a rate does not let through yet is due
    when it does. A worker that is killed before it settles what it claimed leaves it due again
    after the lease.
    """
    claimed: list[Claimed] = []
    for channel, want in wanted.items():
        claimed += await _claim_of(conn, now, channel, want, now + lease)
    return claimed


async def sent(conn: AsyncConnection, one: Claimed, at: datetime) -> bool:
    """As all that settle: False where the message is this worker's no more."""
    return await _settle(conn, one, state="sent", sent=at, due=at, error=None)


async def retry(
    conn: AsyncConnection, one: Claimed, due: datetime, error: str, *, holds: bool = False
) -> bool:
    """Due again at its moment. `holds`: until then nothing else goes to its target either."""
    return await _settle(conn, one, due=due, error=error, holds=holds)


async def left(conn: AsyncConnection, one: Claimed, at: datetime, why: str) -> bool:
    """Not to be sent any more, and no failure: what it says is told otherwise."""
    return await _settle(conn, one, state="left", due=at, error=why)


async def dead(conn: AsyncConnection, one: Claimed, at: datetime, error: str) -> bool:
    return await _settle(conn, one, state="dead", due=at, error=error)


async def recall(conn: AsyncConnection, id_: int) -> Claimed | None:
    """What counted as sent, to be settled otherwise in the same transaction; None where it is not
    counted as sent any more."""
    back = update(outbox).where(outbox.c.id == id_, outbox.c.state == "sent")
    back = back.values(state="waiting", sent=None).returning(*_CLAIMED)
    row = (await conn.execute(back)).one_or_none()
    if row is None:
        return None
    payload = opened(keyring_of(conn), row.payload)
    return Claimed(row.id, row.key, row.target, row.channel, payload, row.attempts, False)


async def _claim_of(
    conn: AsyncConnection, now: datetime, channel: str, want: Wanted, until: datetime
) -> list[Claimed]:
    taken: list[Claimed] = []
    busy: set[str] = set()
    keys = keyring_of(conn)
    while (room := want.number - len(taken)) > 0:
        due = _due(channel, now, busy).limit(room)
        rows = (await conn.execute(due)).all()
        turns = await pace.admit(conn, [row.target for row in rows], want.rates, now)
        of = list(zip(rows, turns, strict=True))
        mine = [row for row, turn in of if turn == now]
        busy |= {row.target for row, turn in of if turn is None}
        await _lease(conn, [row.id for row in mine], now, until)
        late = {row.target: turn for row, turn in reversed(of) if turn and turn > now}
        for target, turn in late.items():
            await _put_off(conn, channel, target, now, turn)
        taken += [_claimed(row, keys) for row in mine]
        if len(rows) < room:
            break
    return taken


def _due(channel: str, now: datetime, busy: Iterable[str]) -> Select[Any]:
    held = exists().where(
        _HOLDING.c.target == outbox.c.target,
        _HOLDING.c.state == "waiting",
        _HOLDING.c.holds,
        _HOLDING.c.due > now,
        _HOLDING.c.due <= now + LONGEST_WAIT,
    )
    is_due = or_(outbox.c.due <= now, outbox.c.due > now + LONGEST_WAIT)
    statement = select(*_CLAIMED).where(outbox.c.channel == channel, _WAITING, is_due)
    statement = statement.where(_IS_HEAD, ~held)
    if busy:
        statement = statement.where(outbox.c.target.not_in(list(busy)))
    statement = statement.order_by(outbox.c.due, outbox.c.id)
    return statement.with_for_update(of=outbox, skip_locked=True)


def _claimed(row: Row[Any], keys: Keyring) -> Claimed:
    payload, again = opened(keys, row.payload), row.tried is not None
    return Claimed(row.id, row.key, row.target, row.channel, payload, row.attempts + 1, again)


async def _lease(conn: AsyncConnection, ids: Sequence[int], now: datetime, until: datetime) -> None:
    if ids:
        taken = update(outbox).where(outbox.c.id.in_(ids))
        attempts = outbox.c.attempts + 1
        await conn.execute(taken.values(due=until, tried=now, attempts=attempts, holds=False))


async def _put_off(
    conn: AsyncConnection, channel: str, target: str, now: datetime, turn: datetime
) -> None:
    """All that is due for the target waits for its turn, so that it is in nobody's way."""
    due = select(outbox.c.id).where(
        outbox.c.channel == channel, outbox.c.target == target, _WAITING, outbox.c.due <= now
    )
    ids = (await conn.execute(due.with_for_update(skip_locked=True))).scalars().all()
    await conn.execute(update(outbox).where(outbox.c.id.in_(ids)).values(due=turn))


async def _settle(conn: AsyncConnection, one: Claimed, **values: Any) -> bool:
    mine = (outbox.c.id == one.id) & (outbox.c.attempts == one.attempts) & _WAITING
    changed = await conn.execute(update(outbox).where(mine).values(tried=None, **values))
    return bool(changed.rowcount)
