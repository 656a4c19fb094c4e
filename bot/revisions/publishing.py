"""Publish, history, rollback: revisions are only ever added, the newest is in force."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.current import Current
from bot.revisions.readying import readied
from bot.revisions.served import Revision
from bot.revisions.wording import restored_note
from bot.settings import Settings
from storage import revisions
from storage.connection import AsyncConnection
from storage.database import Conflict, Database
from storage.revisions import RevisionRow

TRIES = 5
"""Times that somebody else may publish at the same moment."""

Also = Callable[[AsyncConnection, RevisionRow], Awaitable[None]]


class RevisionError(Exception):
    """What was asked for cannot be; `str` is one line."""


class PublishedMeanwhile(Exception):
    """Somebody has published since what was decided upon was looked at."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Why, by whom and when."""

    note: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: names of the files that this revision adds, changes and drops."""

    row: RevisionRow
    added: tuple[str, ...]
    changed: tuple[str, ...]
    dropped: tuple[str, ...]
    in_force: bool


async def publish(db: Database, texts: Mapping[str, str], signed: Signed) -> int:
    """Stores what was checked as the next revision, in one transaction; returns its number.

    The number of what is in force where that is the same. Raises Conflict where others publish
    all the time.
    """
    for _ in range(TRIES):
        with suppress(Conflict):
            return await _publish(db, texts, signed)
    return await _publish(db, texts, signed)


async def _publish(db: Database, texts: Mapping[str, str], signed: Signed) -> int:
    async with db.transaction() as conn:
        return await publish_in(conn, texts, signed)


async def publish_in(
    conn: AsyncConnection, texts: Mapping[str, str], signed: Signed, upon: int | None = None
) -> int:
    """`publish` within a transaction, whose end it shares.

    Raises Conflict where `upon`, a revision, is the newest no more.
    """
    newest = await revisions.newest(conn)
    if upon is not None and newest != upon:
        raise Conflict(f"revision {newest} was published meanwhile")
    if await revisions.files(conn, newest) == texts:
        return newest
    row = RevisionRow(newest + 1, signed.at, signed.note, signed.author)
    await revisions.add(conn, row, texts)
    return row.number


async def _nothing(_conn: AsyncConnection, _row: RevisionRow) -> None:
    pass


async def rollback(
    settings: Settings,
    db: Database,
    wanted: int | None,
    signed: Signed,
    also: Also = _nothing,
    upon: int | None = None,
    current: Current | None = None,
) -> RevisionRow | None:
    """Stores the files of `wanted` once more as the next revision; by default of the one that
    was in force before what is. 0 is the shipped notices alone. `also` shares the transaction.
    `current` is what this process serves, if it does.

    None where the same is in force already. Raises PublishedMeanwhile where `upon`, a revision, is
    the newest no more; RevisionError where there is no such revision, KnowledgeError where this
    program cannot load it any more.
    """
    for _ in range(TRIES):
        with suppress(Conflict):
            return await _rollback(settings, db, wanted, signed, also, upon, current)
    return await _rollback(settings, db, wanted, signed, also, upon, current)


async def _rollback(
    settings: Settings,
    db: Database,
    wanted: int | None,
    signed: Signed,
    also: Also,
    upon: int | None,
    current: Current | None,
) -> RevisionRow | None:
    async with db.transaction() as conn:
        rows = await revisions.listing(conn)
        if upon is not None and upon != len(rows):
            raise PublishedMeanwhile(f"the newest is {len(rows)}, not {upon}")
        target = _origin(rows, _target(rows, wanted))
        texts = await revisions.files(conn, target)
        if texts == await revisions.files(conn, len(rows)):
            return None
    note = signed.note or restored_note(target)
    row = RevisionRow(len(rows) + 1, signed.at, note, signed.author, restores=target)
    # A Conflict where somebody has published meanwhile.
    becomes = Revision(target, texts)
    async with readied(settings, becomes, current, signed.at), db.transaction() as conn:
        await revisions.add(conn, row, texts)
        await also(conn, row)
    return row


def _target(rows: Sequence[RevisionRow], wanted: int | None) -> int:
    if wanted is not None:
        if not 0 <= wanted <= len(rows):
            raise RevisionError(f"kb rollback: no revision {wanted}, the newest is {len(rows)}")
        return wanted
    in_force = _origin(rows, len(rows))
    if in_force == 0:
        raise RevisionError("kb rollback: nothing was published before what is in force")
    return in_force - 1


def _origin(rows: Sequence[RevisionRow], number: int) -> int:
    """The revision whose files these were at first: a second rollback goes further back."""
    while number and (restores := rows[number - 1].restores) is not None:
        number = restores
    return number


async def revision(db: Database, number: int) -> Revision:
    """Raises RevisionError where there is none of this number; 0 is the shipped notices alone."""
    async with db.transaction() as conn:
        newest = await revisions.newest(conn)
        if number > newest:
            raise RevisionError(f"no revision {number}, the newest is {newest}")
        return Revision(number, await revisions.files(conn, number))


async def history(db: Database) -> list[Entry]:
    """Newest first."""
    async with db.transaction() as conn:
        rows = await revisions.listing(conn)
        held = await revisions.digests(conn)
    return [_entry(row, held, len(rows)) for row in reversed(rows)]


def _entry(row: RevisionRow, held: Mapping[int, Mapping[str, str]], newest: int) -> Entry:
    before, now = held.get(row.number - 1, {}), held.get(row.number, {})
    return Entry(
        row,
        added=tuple(name for name in now if name not in before),
        changed=tuple(name for name in now if name in before and now[name] != before[name]),
        dropped=tuple(name for name in before if name not in now),
        in_force=row.number == newest,
    )
