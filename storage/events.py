"""What was done to each demand, and by whom: added to, never changed but to erase words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, insert, select, tuple_, update

from storage.connection import AsyncConnection
from storage.life import Status, Step
from storage.schema import demand_events as table
from storage.sealing import keyring_of

WHY = "demand_events.why"
_AT_A_TIME = 10_000
_TO_THE_SENDER: tuple[Step, ...] = ("return", "reply")


@dataclass(frozen=True, slots=True)
class EventRow:
    """`step` is None where a draft was begun. `actor` is a sender's key, staff or enterprise."""

    demand: int
    step: Step | None
    status: Status
    at: datetime
    actor: str
    why: str = ""
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """`status` is what the step led to; `actor` is None where no version recorded it."""

    step: Step
    status: Status
    at: datetime
    actor: str | None
    why: str
    resource: str | None


_COLUMNS = [table.c[name] for name in StoredEvent.__dataclass_fields__]


async def record(conn: AsyncConnection, rows: Sequence[EventRow]) -> None:
    if rows:
        keys = keyring_of(conn)
        values = [{**asdict(row), "why": keys.seal(row.why, WHY)} for row in rows]
        await conn.execute(insert(table), values)


async def history(conn: AsyncConnection, demand: int) -> list[StoredEvent]:
    """The demand's steps, oldest first. Raises SealError."""
    return (await histories(conn, [demand])).get(demand, [])


async def histories(
    conn: AsyncConnection, demands: Collection[int]
) -> dict[int, list[StoredEvent]]:
    """`history` of each demand that has one."""
    keys = keyring_of(conn)
    found: dict[int, list[StoredEvent]] = {}
    for some in _chunks(sorted(set(demands))):
        statement = select(table.c.demand, *_COLUMNS).where(
            table.c.demand.in_(some), table.c.step.is_not(None)
        )
        for demand, *values in await conn.execute(statement.order_by(table.c.id)):
            event = StoredEvent(*values)
            opened = replace(event, why=keys.open(event.why, WHY))
            found.setdefault(demand, []).append(opened)
    return found


async def submitted(conn: AsyncConnection, demands: Collection[int]) -> set[int]:
    """Those that were ever submitted; the others were given up as drafts."""
    found: set[int] = set()
    for some in _chunks(sorted(set(demands))):
        statement = select(table.c.demand).where(table.c.demand.in_(some), table.c.step == "submit")
        found |= set(await conn.scalars(statement))
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many at a time as a statement may have parameters on either database."""
    return (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))


async def last_words(conn: AsyncConnection, demands: Collection[int]) -> dict[int, str]:
    """What staff last wrote to the sender of each demand, where they did: in 退回 or 回复."""
    if not demands:
        return {}
    keys = keyring_of(conn)
    statement = select(table.c.demand, table.c.why).where(
        table.c.demand.in_(list(demands)), table.c.step.in_(_TO_THE_SENDER), table.c.why != ""
    )
    found = await conn.execute(statement.order_by(table.c.id))
    last: dict[int, str] = {demand: why for demand, why in found}
    return {demand: keys.open(why, WHY) for demand, why in last.items()}


async def unanswered(conn: AsyncConnection, senders: Mapping[int, str]) -> set[int]:
    """The demands, given with their senders, that were returned and not submitted again since.

    What the sender notes is an answer, which may go on until staff take their next step.
    """
    if not senders:
        return set()
    statement = select(table.c.demand, table.c.step, table.c.actor).where(
        table.c.demand.in_(list(senders)), table.c.step.is_not(None)
    )
    told: dict[int, bool] = {}
    for demand, step, actor in await conn.execute(statement.order_by(table.c.id)):
        if step == "return":
            told[demand] = False
        elif step == "submit" or (actor != senders[demand] and told.get(demand)):
            told.pop(demand, None)
        elif actor == senders[demand] and demand in told:
            told[demand] = True
    return set(told)


async def matched(conn: AsyncConnection, since: datetime | None = None) -> dict[str, int]:
    """How often each resource was matched, at or after `since`."""
    statement = select(table.c.resource, func.count()).where(
        table.c.step == "match", table.c.resource.is_not(None)
    )
    if since is not None:
        statement = statement.where(table.c.at >= since)
    return {name: times for name, times in await conn.execute(statement.group_by(table.c.resource))}


async def blank_notes(conn: AsyncConnection, senders: Collection[tuple[int, str]]) -> None:
    """Empties what the senders noted with their demands; what staff wrote stays."""
    if senders:
        theirs = tuple_(table.c.demand, table.c.actor).in_(list(senders))
        await conn.execute(update(table).where(theirs, table.c.step == "note").values(why=""))


async def blank(conn: AsyncConnection, demands: Collection[int]) -> None:
    """Empties what was written along with the steps; who did what and when stays."""
    if demands:
        statement = update(table).where(table.c.demand.in_(list(demands)), table.c.why != "")
        await conn.execute(statement.values(why=""))
