"""Demands as staff, exports and their own senders read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, union

from storage.connection import AsyncConnection
from storage.demand_rows import COLUMNS, FIELDS, Fields, StoredDemand, opened
from storage.life import Status
from storage.schema import demands
from storage.sealing import Keyring, keyring_of


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a demand lies in clear, and is read without a key."""

    id: int
    status: Status
    bureau: str | None
    created: datetime
    moved: datetime


@dataclass(frozen=True, slots=True)
class Unopened:
    """A demand of which nobody has needed the fields yet; they may be opened in any thread."""

    id: int
    notice: str
    sealed: Any = field(repr=False)
    keys: Keyring = field(repr=False)

    @property
    def fields(self) -> Fields:
        """Opened at each look. Raises SealError."""
        fields: Fields = self.keys.open_json(self.sealed, FIELDS)
        return fields


_OUTLINE = [demands.c[name] for name in Outline.__dataclass_fields__]


async def outlines(conn: AsyncConnection, after: int, limit: int) -> list[Outline]:
    """Of all but drafts, the next `limit` after the id `after`."""
    statement = select(*_OUTLINE).where(demands.c.id > after, demands.c.status != "draft")
    found = await conn.execute(statement.order_by(demands.c.id).limit(limit))
    return [Outline(*row) for row in found]


async def unopened(conn: AsyncConnection, ids: Sequence[int]) -> list[Unopened]:
    """Those of the ids that there are."""
    columns = (demands.c.id, demands.c.notice, demands.c.fields)
    keys = keyring_of(conn)
    found = await conn.execute(select(*columns).where(demands.c.id.in_(ids)))
    return [Unopened(id_, notice, sealed, keys) for id_, notice, sealed in found]


async def find(conn: AsyncConnection, id_: int, *, hold: bool = False) -> StoredDemand | None:
    """With `hold` no other worker changes it until the commit."""
    statement = select(*COLUMNS).where(demands.c.id == id_)
    found = await _read(conn, statement.with_for_update() if hold else statement)
    return found[0] if found else None


async def some(conn: AsyncConnection, ids: Sequence[int]) -> list[StoredDemand]:
    """Those of the ids that there are, in the order of the ids."""
    found = await _read(conn, select(*COLUMNS).where(demands.c.id.in_(ids)))
    by_id = {demand.id: demand for demand in found}
    return [by_id[id_] for id_ in ids if id_ in by_id]


async def changed(
    conn: AsyncConnection, since: datetime | None, known: int, after: int, limit: int
) -> list[StoredDemand]:
    """What changed at or after `since` or has an id above `known`, else all; the next `limit`
    after the id `after`."""
    statement = select(*COLUMNS).where(demands.c.id > after).order_by(demands.c.id).limit(limit)
    if since is not None:
        late = select(demands.c.id).where(demands.c.updated >= since)
        new = select(demands.c.id).where(demands.c.id > known)
        statement = statement.where(demands.c.id.in_(union(late, new)))  # each by its own index
    return await _read(conn, statement)


async def of_senders(
    conn: AsyncConnection, senders: Collection[str], *, hold: bool = False
) -> dict[str, list[StoredDemand]]:
    """All that each sender ever entered, oldest first, drafts too; senders without any are absent.

    With `hold` no other worker changes them until the commit.
    """
    if not senders:
        return {}
    statement = select(*COLUMNS).where(demands.c.sender.in_(list(senders))).order_by(demands.c.id)
    own: dict[str, list[StoredDemand]] = {}
    for demand in await _read(conn, statement.with_for_update() if hold else statement):
        own.setdefault(demand.sender, []).append(demand)
    return own


async def listing(
    conn: AsyncConnection,
    *,
    statuses: Collection[Status] | None = None,
    bureaus: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[StoredDemand]:
    """In the order in which they came; drafts too, unless `statuses` says otherwise.

    `bureaus` are the ids of those whose demands are wanted, "" among them for demands that no
    bureau is known for. `since` (included) and `until` (not included) bound the moment at which the
    demand came to the status that it has: of a submitted one, when it was submitted.
    """
    statement = select(*COLUMNS).order_by(demands.c.id)
    if statuses is not None:
        statement = statement.where(demands.c.status.in_(list(statuses)))
    if bureaus is not None:
        statement = statement.where(_served_by(bureaus))
    if since is not None:
        statement = statement.where(demands.c.moved >= since)
    if until is not None:
        statement = statement.where(demands.c.moved < until)
    return await _read(conn, statement)


async def stirring(
    conn: AsyncConnection, bureaus: Collection[str], since: datetime
) -> list[StoredDemand]:
    """Those that wait to be taken up, and those in which anything changed at or after `since`.

    In the order in which they came; `bureaus` as for `listing`.
    """
    stirs = (demands.c.status == "submitted") | (demands.c.updated >= since)
    statement = select(*COLUMNS).where(_served_by(bureaus), stirs)
    return await _read(conn, statement.order_by(demands.c.id))


def _served_by(bureaus: Collection[str]) -> ColumnElement[bool]:
    named = demands.c.bureau.in_([bureau for bureau in bureaus if bureau])
    return or_(named, demands.c.bureau.is_(None)) if "" in bureaus else named


async def _read(conn: AsyncConnection, statement: Select[Any]) -> list[StoredDemand]:
    keys = keyring_of(conn)
    return [opened(row, keys) for row in (await conn.execute(statement)).mappings()]
