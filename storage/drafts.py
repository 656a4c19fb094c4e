"""Drafts of revisions: files of the knowledge base that somebody is still working on.

A draft begins from a published revision and holds only the files that it changes. What is in it is
in force nowhere until it is published, and then it is changed no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import draft_files, drafts

State = Literal["open", "published", "discarded"]


class UnknownDraft(Exception):
    """There is no draft of that number."""


class DraftClosed(Exception):
    """It was published or discarded; nothing in it changes any more."""


class ChangedMeanwhile(Exception):
    """Somebody changed the file after it was read; nothing was stored. `now` is how it stands,
    None where the draft does not hold it."""

    def __init__(self, now: DraftFile | None) -> None:
        super().__init__()
        self.now = now


@dataclass(frozen=True, slots=True)
class DraftRow:
    """`author` is a member of staff; `base` the revision that it began from, 0 for none."""

    note: str
    author: str
    at: datetime
    base: int


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """`revision` is what it became, where it was published; `updated` when a file changed last."""

    id: int
    note: str
    author: str
    at: datetime
    updated: datetime
    base: int
    state: State
    revision: int | None


@dataclass(frozen=True, slots=True)
class DraftFile:
    """`text` None drops the file of that name. `source` is the wording of the notice that the file
    was read out of, as its importer saw it; None where nothing was uploaded."""

    name: str
    text: str | None
    source: str | None
    updated: datetime


_DRAFTS = select(*(drafts.c[name] for name in StoredDraft.__dataclass_fields__))
_FILES = select(*(draft_files.c[name] for name in DraftFile.__dataclass_fields__))


async def begin(conn: AsyncConnection, row: DraftRow) -> int:
    """The number of the new, empty draft."""
    values = {**asdict(row), "updated": row.at, "state": "open"}
    id_: int = (
        await conn.execute(insert(drafts).values(values).returning(drafts.c.id))
    ).scalar_one()
    return id_


async def find(conn: AsyncConnection, id_: int) -> StoredDraft | None:
    found = (await conn.execute(_DRAFTS.where(drafts.c.id == id_))).mappings().one_or_none()
    return StoredDraft(**found) if found else None


async def listing(conn: AsyncConnection, states: Sequence[State] = ("open",)) -> list[StoredDraft]:
    """The one that was changed last comes first."""
    statement = _DRAFTS.where(drafts.c.state.in_(states))
    found = await conn.execute(statement.order_by(drafts.c.updated.desc(), drafts.c.id.desc()))
    return [StoredDraft(**row) for row in found.mappings()]


async def files(conn: AsyncConnection, id_: int) -> list[DraftFile]:
    """Those that the draft changes or drops, by name."""
    statement = _FILES.where(draft_files.c.draft == id_).order_by(draft_files.c.name)
    return [DraftFile(**row) for row in (await conn.execute(statement)).mappings()]


async def put(
    conn: AsyncConnection,
    id_: int,
    name: str,
    text: str | None,
    at: datetime,
    *,
    seen: datetime | None,
    source: str | None = None,
) -> None:
    """Stores a file as it is now; None drops it. `seen` is the `updated` that the writer read,
    None where the draft did not hold the file. Without a `source` the old one stays.

    Raises UnknownDraft, DraftClosed, ChangedMeanwhile.
    """
    await _hold(conn, id_)
    before = {file.name: file for file in await files(conn, id_)}.get(name)
    if (before.updated if before else None) != seen:
        raise ChangedMeanwhile(before)
    kept = source if source is not None or before is None else before.source
    values = {"draft": id_, "name": name, "text": text, "source": kept, "updated": at}
    statement = insert_into(conn, draft_files).values(values)
    changed = {key: statement.excluded[key] for key in ("text", "source", "updated")}
    await conn.execute(
        statement.on_conflict_do_update(index_elements=["draft", "name"], set_=changed)
    )
    await _touch(conn, id_, at)


async def leave_out(conn: AsyncConnection, id_: int, name: str, at: datetime) -> None:
    """The file is again as the base has it. Raises UnknownDraft, DraftClosed."""
    await _hold(conn, id_)
    of_it = (draft_files.c.draft == id_) & (draft_files.c.name == name)
    await conn.execute(delete(draft_files).where(of_it))
    await _touch(conn, id_, at)


async def close(
    conn: AsyncConnection, id_: int, state: State, at: datetime, revision: int | None = None
) -> None:
    """Published, as `revision`, or discarded. Raises UnknownDraft, DraftClosed."""
    await _hold(conn, id_)
    values = {"state": state, "updated": at, "revision": revision}
    await conn.execute(update(drafts).where(drafts.c.id == id_).values(values))


async def rebase(conn: AsyncConnection, id_: int, base: int) -> None:
    """From now on it begins from `base`; its files stay. Raises UnknownDraft, DraftClosed."""
    await _hold(conn, id_)
    await conn.execute(update(drafts).where(drafts.c.id == id_).values(base=base))


async def rename(conn: AsyncConnection, id_: int, note: str, at: datetime) -> None:
    """What it is for, in words of its author. Raises UnknownDraft, DraftClosed."""
    await _hold(conn, id_)
    await conn.execute(update(drafts).where(drafts.c.id == id_).values(note=note, updated=at))


async def _hold(conn: AsyncConnection, id_: int) -> None:
    """No other worker changes the draft until the commit."""
    statement = select(drafts.c.state).where(drafts.c.id == id_).with_for_update()
    state = (await conn.execute(statement)).scalar_one_or_none()
    if state is None:
        raise UnknownDraft(id_)
    if state != "open":
        raise DraftClosed(id_)


async def _touch(conn: AsyncConnection, id_: int, at: datetime) -> None:
    await conn.execute(update(drafts).where(drafts.c.id == id_).values(updated=at))
