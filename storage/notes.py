"""What a sender must still be told: each note once, with the next reply."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import notes
from storage.sealing import keyring_of

TEXT = "notes.text"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """`demand` is the id of the one that it is about, if it is about one. Of a `key` there is one
    note for ever. `region` is for the push that tells it (`storage.outbox`): a note keeps none."""

    sender: str
    text: str
    at: datetime
    demand: int | None = None
    key: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class StoredNote:
    id: int
    text: str
    at: datetime
    demand: int | None


async def add(conn: AsyncConnection, rows: Sequence[NoteRow]) -> list[int | None]:
    """Their ids, in order; None where there was a note of that key."""
    statement = insert_into(conn, notes).on_conflict_do_nothing(index_elements=[notes.c.key])
    keys = keyring_of(conn)
    ids: list[int | None] = []
    for row in rows:  # a few: RETURNING tells of many at once only where none is left out
        values = {**asdict(row), "text": keys.seal(row.text, TEXT)}
        del values["region"]
        added = await conn.execute(statement.returning(notes.c.id), values)
        ids.append(added.scalar_one_or_none())
    return ids


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


async def keys_untold(
    conn: AsyncConnection, senders: Collection[str], before: datetime
) -> list[str]:
    """The keys of the notes that the senders were to be told before then, and were not yet."""
    if not senders:
        return []
    late = notes.c.sender.in_(list(senders)) & notes.c.told.is_(None) & (notes.c.at < before)
    return list((await conn.execute(select(notes.c.key).where(late, notes.c.key != ""))).scalars())


async def known(conn: AsyncConnection, key: str) -> bool:
    """Whether there is, or was, a note of that key."""
    return (await conn.execute(select(notes.c.id).where(notes.c.key == key))).first() is not None


async def told(conn: AsyncConnection, ids: Collection[int], at: datetime) -> None:
    if ids:
        await conn.execute(update(notes).where(notes.c.id.in_(list(ids))).values(told=at))


async def take(conn: AsyncConnection, id_: int, at: datetime) -> bool:
    """Told from now on; False where it has been told, or is gone."""
    statement = update(notes).where(notes.c.id == id_, notes.c.told.is_(None))
    return bool((await conn.execute(statement.values(told=at))).rowcount)


async def untell(conn: AsyncConnection, id_: int) -> None:
    """It did not arrive, and is told with the next reply."""
    await conn.execute(update(notes).where(notes.c.id == id_).values(told=None))


async def blank(conn: AsyncConnection, senders: Collection[str]) -> None:
    """Nothing is left of what the senders were told or were to be told."""
    if senders:
        await conn.execute(delete(notes).where(notes.c.sender.in_(list(senders))))


async def blank_keys(conn: AsyncConnection, prefixes: Collection[str]) -> None:
    """Nothing is left of the notes whose keys begin so, whoever was told them."""
    for prefix in prefixes:
        of_them = notes.c.key.startswith(prefix, autoescape=True)
        await conn.execute(delete(notes).where(of_them))


async def withdraw(conn: AsyncConnection, keys: Collection[str]) -> None:
    """Those of the keys that were not told yet are told no more."""
    if keys:
        untold = notes.c.key.in_(list(keys)) & notes.c.told.is_(None)
        await conn.execute(delete(notes).where(untold))


async def purge(conn: AsyncConnection, before: datetime) -> int:
    """Removes what is older, told or not: who was to be told never came back; how many."""
    return (await conn.execute(delete(notes).where(notes.c.at < before))).rowcount
