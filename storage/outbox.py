"""Messages that must still be sent: each key once, tried until sent or given up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import outbox

State = Literal["waiting", "sent", "dead"]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """`key` names what is sent, such as a period's digest to one target: it is sent once.

    Of a `queue` nothing is sent before what was put into it earlier.
    """

    key: str
    target: str
    payload: dict[str, Any]
    due: datetime
    channel: str = "robot"
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message to send now. `attempts` counts this one too."""

    id: int
    key: str
    target: str
    payload: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class StoredMessage:
    id: int
    key: str
    target: str
    payload: dict[str, Any]
    state: State
    due: datetime
    attempts: int
    error: str | None
    sent: datetime | None


_COLUMNS = [outbox.c[name] for name in StoredMessage.__dataclass_fields__]


async def add(conn: AsyncConnection, rows: Sequence[OutboxRow]) -> None:
    """A key that is known, waiting or sent long ago, is left as it is."""
    if rows:
        dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])
        new = {"state": "waiting", "attempts": 0}
        await conn.execute(statement, [{**asdict(row), **new} for row in rows])


async def claim(
    conn: AsyncConnection, now: datetime, limit: int, lease: timedelta
) -> list[Claimed]:
    """What is due, earliest first, for this worker alone until `now + lease`.

    A worker that is killed before it says `sent` leaves the message due again after its lease.
    """
    columns = (outbox.c.id, outbox.c.key, outbox.c.target, outbox.c.payload, outbox.c.attempts)
    statement = select(*columns).where(outbox.c.state == "waiting", outbox.c.due <= now)
    statement = statement.order_by(outbox.c.due, outbox.c.id).limit(limit)
    found = (await conn.execute(statement.with_for_update(skip_locked=True))).all()
    if not found:
        return []
    taken = update(outbox).where(outbox.c.id.in_([row.id for row in found]))
    await conn.execute(taken.values(due=now + lease, attempts=outbox.c.attempts + 1))
    return [Claimed(row.id, row.key, row.target, row.payload, row.attempts + 1) for row in found]


async def sent(conn: AsyncConnection, ids: Collection[int], at: datetime) -> None:
    if ids:
        statement = update(outbox).where(outbox.c.id.in_(list(ids)))
        await conn.execute(statement.values(state="sent", sent=at, error=None))


async def retry(conn: AsyncConnection, rows: Sequence[tuple[int, datetime, str]]) -> None:
    """Each id is due again at its moment; the error says what went wrong."""
    if rows:
        changes = [{"of": id_, "due": due, "error": error} for id_, due, error in rows]
        await conn.execute(update(outbox).where(outbox.c.id == bindparam("of")), changes)


async def dead(conn: AsyncConnection, rows: Sequence[tuple[int, str]]) -> None:
    """Each id is given up, for the error."""
    if rows:
        changes = [{"of": id_, "state": "dead", "error": error} for id_, error in rows]
        await conn.execute(update(outbox).where(outbox.c.id == bindparam("of")), changes)


async def blank(conn: AsyncConnection, targets: Collection[str]) -> None:
    """Empties all that was ever sent to the targets; what was still waiting is given up."""
    if targets:
        of_them = outbox.c.target.in_(list(targets))
        waiting = of_them & (outbox.c.state == "waiting")
        await conn.execute(update(outbox).where(waiting).values(state="dead", error="erased"))
        await conn.execute(update(outbox).where(of_them).values(payload={}))


async def listing(conn: AsyncConnection) -> list[StoredMessage]:
    """All of them, in the order in which they came."""
    found = await conn.execute(select(*_COLUMNS).order_by(outbox.c.id))
    return [StoredMessage(**row) for row in found.mappings()]
