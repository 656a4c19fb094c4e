"""Who has asked to be pushed what: one row a target and kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select

from storage import periods
from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.keys import key_of
from storage.schema import subscriptions

Kind = Literal["daily", "weekly", "national", "handoff", "deadline"]


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """`target` is a sender's key, or ``robot:`` and a name. `time` is ``08:30``, local; `weekday`
    from 1, Monday; None is the usual one. `regions` by full name and `tasks` by title narrow it,
    none is all that the target may see. `empty`: also when there is nothing to tell."""

    target: str
    kind: Kind
    at: datetime
    time: str | None = None
    weekday: int | None = None
    regions: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    empty: bool = False


def period(kind: Kind, target: str) -> str:
    """What the periods of the target's digests are called in `storage.periods`."""
    return key_of(f"digest:{kind}:{target}")


_COLUMNS = [subscriptions.c[name] for name in SubscriptionRow.__dataclass_fields__]


async def put(conn: AsyncConnection, row: SubscriptionRow) -> None:
    """Adds it, or changes it as a whole."""
    values = {**asdict(row), "regions": list(row.regions), "tasks": list(row.tasks)}
    statement = insert_into(conn, subscriptions).values(**values)
    new = {name: value for name, value in values.items() if name not in ("target", "kind")}
    await conn.execute(statement.on_conflict_do_update(index_elements=["target", "kind"], set_=new))


async def remove(
    conn: AsyncConnection, target: str, kinds: Collection[Kind] | None = None
) -> list[Kind]:
    """Those that were there, of the kinds, else all; whoever subscribes anew begins anew."""
    statement = delete(subscriptions).where(subscriptions.c.target == target)
    if kinds is not None:
        statement = statement.where(subscriptions.c.kind.in_(list(kinds)))
    gone = sorted(await conn.scalars(statement.returning(subscriptions.c.kind)))
    for kind in gone:
        await periods.forget(conn, period(kind, target))
    return gone


async def listing(
    conn: AsyncConnection,
    *,
    target: str | None = None,
    kinds: Collection[Kind] | None = None,
) -> list[SubscriptionRow]:
    """In the order of their targets; of one target alone, of some kinds."""
    statement = select(*_COLUMNS)
    if target is not None:
        statement = statement.where(subscriptions.c.target == target)
    if kinds is not None:
        statement = statement.where(subscriptions.c.kind.in_(list(kinds)))
    found = [
        SubscriptionRow(**{**row, "regions": tuple(row["regions"]), "tasks": tuple(row["tasks"])})
        for row in (await conn.execute(statement)).mappings()
    ]
    return sorted(found, key=lambda row: (row.target, row.kind))
