"""Messages that must still be sent: each key once, tried until sent or given up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, delete, false, func, or_, select, update

from storage import pace
from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import outbox
from storage.sealing import Keyring, SealError, keyring_of

PAYLOAD = "outbox.payload"
State = Literal["waiting", "sent", "left", "dead"]
"""left: not sent, for it is told otherwise; dead: given up, which staff should know."""

_BETWEEN = "、"

ERASED = "erased"
"""The error of what was emptied before it was sent."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """`key` names what is sent, such as a period's digest to one target: it is sent once.

    Of a `queue` nothing is sent before what was put into it earlier. `region` is that of what it is
    about, else of whom it is for, by its full name; several as `joined` makes them.
    """

    key: str
    target: str
    payload: dict[str, Any]
    due: datetime
    channel: str = "robot"
    queue: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """`due` is when it is tried next, or was settled. `payload` is None where no key opens it."""

    id: int
    key: str
    target: str
    channel: str
    payload: dict[str, Any] | None
    state: State
    due: datetime
    attempts: int
    error: str | None
    sent: datetime | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Sending:
    """A `StoredMessage` without its words."""

    id: int
    key: str
    target: str
    channel: str
    state: State
    due: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; None is all. `kinds` begin keys; `targets` and `besides` are whose it
    may be and whose it may not; `regions` are as they are stored. `since` and `until` (not
    included) bound `due`; `before` is an id.
    """

    kinds: Collection[str] | None = None
    targets: Collection[str] | None = None
    besides: Collection[str] = ()
    channels: Collection[str] | None = None
    states: Collection[State] | None = None
    regions: Collection[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


_STORED = [outbox.c[name] for name in StoredMessage.__dataclass_fields__]
_SENDING = [outbox.c[name] for name in Sending.__dataclass_fields__]


async def add(conn: AsyncConnection, rows: Sequence[OutboxRow]) -> None:
    """A key that is known, waiting or sent long ago, is left as it is."""
    if not rows:
        return
    seal = keyring_of(conn).seal_json
    statement = insert_into(conn, outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])
    new = [
        {
            "key": row.key,
            "target": row.target,
            "payload": seal(row.payload, PAYLOAD),
            "due": row.due,
            "channel": row.channel,
            "queue": row.queue,
            "region": row.region,
            "state": "waiting",
            "attempts": 0,
            "holds": False,
        }
        for row in rows
    ]
    await conn.execute(statement, new)


async def revive(
    conn: AsyncConnection,
    ids: Collection[int],
    now: datetime,
    regions: Collection[str] | None = None,
) -> list[int]:
    """Those of the ids that had been given up, which are now tried anew from the beginning; None
    of `regions` is all, also what is of none."""
    given_up = outbox.c.id.in_(list(ids)) & (outbox.c.state == "dead") & (outbox.c.error != ERASED)
    if regions is not None:
        given_up &= outbox.c.region.in_(list(regions))
    anew = update(outbox).where(given_up).values(state="waiting", due=now, attempts=0, error=None)
    return sorted((await conn.execute(anew.returning(outbox.c.id))).scalars())


async def blank(conn: AsyncConnection, targets: Collection[str]) -> None:
    """Empties all that was ever sent to the targets; what was still waiting is given up."""
    if targets:
        of_them = outbox.c.target.in_(list(targets))
        given_up = update(outbox).where(of_them, outbox.c.state.in_(["waiting", "dead"]))
        await conn.execute(given_up.values(state="dead", error=ERASED))
        await conn.execute(update(outbox).where(of_them).values(payload={}))


async def blank_keys(conn: AsyncConnection, prefixes: Collection[str]) -> None:
    """`blank` for the messages whose keys begin so."""
    for prefix in prefixes:
        of_them = outbox.c.key.startswith(prefix, autoescape=True)
        given_up = update(outbox).where(of_them, outbox.c.state.in_(["waiting", "dead"]))
        await conn.execute(given_up.values(state="dead", error=ERASED))
        await conn.execute(update(outbox).where(of_them).values(payload={}))


async def purge(conn: AsyncConnection, before: datetime, repeated: datetime) -> int:
    """Removes, and counts, what was settled before `before` or waits so long for somebody to carry
    it; replies settled before `repeated`, from which on their messages may come once more."""
    reply = outbox.c.key.startswith("reply:") & (outbox.c.state != "waiting")
    old = or_(outbox.c.due < before, reply & (outbox.c.due < repeated))
    await pace.forget(conn, repeated)
    return (await conn.execute(delete(outbox).where(old))).rowcount


async def failed(
    conn: AsyncConnection, since: datetime, regions: Collection[str] | None = None
) -> int:
    """How many were given up since then; `regions` as in `Sought`."""
    sought = Sought(states=["dead"], regions=regions, since=since)
    statement = select(func.count()).select_from(outbox).where(*_conditions(sought))
    return (await conn.execute(statement)).scalar_one()


async def regions(conn: AsyncConnection) -> list[str]:
    """All that are stored, each once: the index is leapt along, not read."""
    found = select(func.min(outbox.c.region).label("region")).cte(recursive=True)
    after = select(func.min(outbox.c.region)).where(outbox.c.region > found.c.region)
    found = found.union_all(select(after.scalar_subquery()).where(found.c.region.is_not(None)))
    told = select(found.c.region).where(found.c.region.is_not(None))
    return list((await conn.execute(told)).scalars())


def joined(regions: Sequence[str]) -> str | None:
    """Several regions as one row keeps them; None of none."""
    return _BETWEEN.join(regions) or None


def apart(region: str) -> list[str]:
    """What `joined` put together."""
    return region.split(_BETWEEN)


async def listing(
    conn: AsyncConnection, states: Collection[State] | None = None
) -> list[StoredMessage]:
    """All of them, or those in some states, in the order in which they came."""
    statement = select(*_STORED).order_by(outbox.c.id)
    if states is not None:
        statement = statement.where(outbox.c.state.in_(list(states)))
    keys = keyring_of(conn)
    return [
        StoredMessage(**{**row, "payload": opened(keys, row["payload"])})
        for row in (await conn.execute(statement)).mappings()
    ]


async def search(conn: AsyncConnection, sought: Sought, limit: int) -> list[Sending]:
    """The newest first; without what was emptied before it was sent."""
    statement = select(*_SENDING).where(*_conditions(sought)).order_by(outbox.c.id.desc())
    return [Sending(*row) for row in await conn.execute(statement.limit(limit))]


async def find(conn: AsyncConnection, id_: int) -> StoredMessage | None:
    found = (await conn.execute(select(*_STORED).where(outbox.c.id == id_))).mappings().first()
    if found is None:
        return None
    return StoredMessage(**{**found, "payload": opened(keyring_of(conn), found["payload"])})


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    yield func.coalesce(outbox.c.error, "") != ERASED
    if sought.kinds is not None:
        begun = (outbox.c.key.startswith(f"{kind}:", autoescape=True) for kind in sought.kinds)
        yield or_(false(), *begun)
    if sought.targets is not None:
        yield outbox.c.target.in_(list(sought.targets))
    if sought.besides:
        yield outbox.c.target.not_in(list(sought.besides))
    if sought.channels is not None:
        yield outbox.c.channel.in_(list(sought.channels))
    if sought.states is not None:
        yield outbox.c.state.in_(list(sought.states))
    if sought.regions is not None:
        yield outbox.c.region.in_(list(sought.regions))
    if sought.since is not None:
        yield outbox.c.due >= sought.since
    if sought.until is not None:
        yield outbox.c.due < sought.until
    if sought.before is not None:
        yield outbox.c.id < sought.before


async def of_target(conn: AsyncConnection, target: str, limit: int = 50) -> list[tuple[int, str]]:
    """Ids and keys of what was sent to the target, the newest first."""
    statement = select(outbox.c.id, outbox.c.key).where(
        outbox.c.target == target, outbox.c.state == "sent"
    )
    found = await conn.execute(statement.order_by(outbox.c.id.desc()).limit(limit))
    return [(row.id, row.key) for row in found]


def opened(keys: Keyring, stored: Any) -> dict[str, Any] | None:
    """A payload as it lies there, None where no key opens it."""
    try:
        payload: dict[str, Any] = keys.open_json(stored, PAYLOAD)
    except SealError:
        return None
    return payload
