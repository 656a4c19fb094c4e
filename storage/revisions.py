"""What was published: numbered from 1 without a gap, never changed, each with all its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, insert, select

from storage import signals
from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import revision_files, revisions, texts


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """`restores` is the number of the revision whose files these are again: 0 is none at all."""

    number: int
    at: datetime
    note: str
    author: str | None = None
    restores: int | None = None


_COLUMNS = [revisions.c[name] for name in RevisionRow.__dataclass_fields__]
_NEWEST = select(func.max(revisions.c.number))


async def newest(conn: AsyncConnection) -> int:
    """The number of the newest revision; 0 where nothing was published yet."""
    number: int | None = (await conn.execute(_NEWEST)).scalar_one()
    return number or 0


async def add(conn: AsyncConnection, row: RevisionRow, files: Mapping[str, str]) -> None:
    """`files` maps each file's name to its text; a text that is known is not stored again. All
    workers are told (`storage.signals`).

    A number that another worker has taken meanwhile makes the transaction raise Conflict.
    """
    digest_of = {name: _digest(text) for name, text in files.items()}
    await _add_texts(conn, {digest_of[name]: text for name, text in files.items()})
    await conn.execute(insert(revisions), asdict(row))
    held = [
        {"revision": row.number, "name": name, "digest": digest}
        for name, digest in sorted(digest_of.items())
    ]
    if held:
        await conn.execute(insert(revision_files), held)
    await signals.send(conn, signals.PUBLISHED)


async def files(conn: AsyncConnection, number: int) -> dict[str, str]:
    """The revision's files by name; none for a number that there is not."""
    joined = revision_files.join(texts, revision_files.c.digest == texts.c.digest)
    statement = select(revision_files.c.name, texts.c.text).select_from(joined)
    statement = statement.where(revision_files.c.revision == number)
    found = await conn.execute(statement.order_by(revision_files.c.name))
    return {name: text for name, text in found}


async def digests(conn: AsyncConnection) -> dict[int, dict[str, str]]:
    """Of each revision that has files: their names, with what tells their texts apart."""
    held: dict[int, dict[str, str]] = {}
    for number, name, digest in await conn.execute(select(revision_files)):
        held.setdefault(number, {})[name] = digest
    return held


async def listing(conn: AsyncConnection) -> list[RevisionRow]:
    """All of them, oldest first."""
    found = await conn.execute(select(*_COLUMNS).order_by(revisions.c.number))
    return [RevisionRow(**row) for row in found.mappings()]


async def _add_texts(conn: AsyncConnection, new: Mapping[str, str]) -> None:
    """In sorted order, so that two workers cannot wait for each other."""
    if new:
        statement = insert_into(conn, texts).on_conflict_do_nothing(index_elements=["digest"])
        rows = [{"digest": digest, "text": text} for digest, text in sorted(new.items())]
        await conn.execute(statement, rows)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
