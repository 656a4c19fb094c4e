"""What a sender must still be told: each note once, with the next reply."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import notes
from storage.sealing import keyring_of

TEXT = "notes.text"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """`demand` is the id of the one that it is about, if it is about one."""

    sender: str
    text: str
    at: datetime
    demand: int | None = None


@dataclass(frozen=True, slots=True)
class StoredNote:
    id: int
    text: str
    at: datetime
    demand: int | None


async def add(conn: AsyncConnection, rows: Sequence[NoteRow]) -> None:
    if rows:
        keys = keyring_of(conn)
        values = [{**asdict(row), "text": keys.seal(row.text, TEXT)} for row in rows]
        await conn.execute(insert(notes), values)


async def waiting(conn: AsyncConnection, senders: Collection[str]) -> dict[str, list[StoredNote]]:
    """What each sender was not told yet, oldest first; senders without any are absent."""
    if not senders:
        return {}
    keys = keyring_of(conn)
    columns = (notes.c.sender, notes.c.id, notes.c.text, notes.c.at, notes.c.demand)
    statement = select(*columns).where(notes.c.sender.in_(list(senders)), notes.c.told.is_(None))
    found: dict[str, list[StoredNote]] = {}
    for row in await conn.execute(statement.order_by(notes.c.id).with_for_update()):
        note = StoredNote(row.id, keys.open(row.text, TEXT), row.at, row.demand)
        found.setdefault(row.sender, []).append(note)
    return found


async def told(conn: AsyncConnection, ids: Collection[int], at: datetime) -> None:
    if ids:
        await conn.execute(update(notes).where(notes.c.id.in_(list(ids))).values(told=at))


async def blank(conn: AsyncConnection, senders: Collection[str]) -> None:
    """Nothing is left of what the senders were told or were to be told."""
    if senders:
        await conn.execute(delete(notes).where(notes.c.sender.in_(list(senders))))


async def purge(conn: AsyncConnection, before: datetime) -> int:
    """Removes what is older, told or not: who was to be told never came back; how many."""
    return (await conn.execute(delete(notes).where(notes.c.at < before))).rowcount
