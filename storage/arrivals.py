"""What was fetched from a platform and waits to be taken, and how far each source was read.

A page and the cursor behind it are stored together: what lies before the cursor is here, or was
taken.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import arrivals, cursors
from storage.sealing import keyring_of

PAYLOAD = "arrivals.payload"


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """`key` is the platform's own id, which makes it one message however often it is fetched."""

    key: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredArrival:
    id: int
    key: str
    payload: dict[str, Any]


async def note(conn: AsyncConnection, source: str, at: datetime) -> None:
    """The source is there, read from its beginning; one that is known stays as it is."""
    new = insert_into(conn, cursors).values(name=source, cursor="", at=at)
    await conn.execute(new.on_conflict_do_nothing(index_elements=["name"]))


async def sources(conn: AsyncConnection, prefix: str) -> list[str]:
    """The known ones whose names begin so."""
    found = await conn.scalars(select(cursors.c.name).order_by(cursors.c.name))
    return [name for name in found if name.startswith(prefix)]


async def cursor(conn: AsyncConnection, source: str) -> str:
    """How far the source was read; nothing for its beginning."""
    found = await conn.scalar(select(cursors.c.cursor).where(cursors.c.name == source))
    return found or ""


async def read_at(conn: AsyncConnection, source: str) -> datetime | None:
    """When the source was last read, or noted; None where it is not known."""
    return await conn.scalar(select(cursors.c.at).where(cursors.c.name == source))


async def keep(
    conn: AsyncConnection, source: str, rows: Sequence[ArrivalRow], cursor: str, at: datetime
) -> None:
    """A page of the source, in its order, and the cursor behind it. A known key is left alone."""
    if rows:
        seal = keyring_of(conn).seal_json
        values = [
            {"channel": source, "key": r.key, "payload": seal(r.payload, PAYLOAD), "at": at}
            for r in rows
        ]
        known = ["channel", "key"]
        statement = insert_into(conn, arrivals).on_conflict_do_nothing(index_elements=known)
        await conn.execute(statement, values)
    statement = insert_into(conn, cursors).values(name=source, cursor=cursor, at=at)
    new = {"cursor": statement.excluded.cursor, "at": statement.excluded.at}
    await conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_=new))


async def waiting(conn: AsyncConnection, source: str, limit: int) -> list[StoredArrival]:
    """What of the source was not taken yet, in its order."""
    columns = (arrivals.c.id, arrivals.c.key, arrivals.c.payload)
    statement = select(*columns).where(arrivals.c.channel == source).order_by(arrivals.c.id)
    open_json = keyring_of(conn).open_json
    found = (await conn.execute(statement.limit(limit))).all()
    return [StoredArrival(row.id, row.key, open_json(row.payload, PAYLOAD)) for row in found]


async def taken(conn: AsyncConnection, ids: Collection[int]) -> None:
    """They wait no longer, and nothing is left of them."""
    if ids:
        await conn.execute(delete(arrivals).where(arrivals.c.id.in_(list(ids))))
