"""What an importer read out of a notice for a file of a draft, and whether it was looked over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import case, func, insert, select, update

from storage.connection import AsyncConnection
from storage.schema import draft_readings, drafts

State = Literal["waiting", "looked", "dropped"]
"""Nobody has looked yet | somebody has, the file says what is right | the file holds it no more."""


@dataclass(frozen=True, slots=True)
class StoredReading:
    """`number` counts from 0 in the order of the notice; `reading` is the importer's to shape."""

    number: int
    reading: Mapping[str, Any]
    state: State


async def add(
    conn: AsyncConnection, draft: int, name: str, readings: Sequence[Mapping[str, Any]]
) -> None:
    """Those of a file that was just put into the draft."""
    rows = [
        {"draft": draft, "name": name, "number": number, "reading": one, "state": "waiting"}
        for number, one in enumerate(readings)
    ]
    if rows:
        await conn.execute(insert(draft_readings), rows)


async def listing(conn: AsyncConnection, draft: int, name: str) -> list[StoredReading]:
    """In the order of the notice; none for a file that nothing was read for."""
    columns = [draft_readings.c[field] for field in StoredReading.__dataclass_fields__]
    of_it = (draft_readings.c.draft == draft) & (draft_readings.c.name == name)
    found = await conn.execute(select(*columns).where(of_it).order_by(draft_readings.c.number))
    return [StoredReading(**row) for row in found.mappings()]


async def waiting(conn: AsyncConnection) -> dict[tuple[int, str], tuple[int, int]]:
    """Of each file of an open draft that was read: how many values, and how many still wait."""
    waits = case((draft_readings.c.state == "waiting", 1), else_=0)
    of_it = (draft_readings.c.draft, draft_readings.c.name)
    statement = (
        select(*of_it, func.count(), func.sum(waits))
        .join(drafts, drafts.c.id == draft_readings.c.draft)
        .where(drafts.c.state == "open")
        .group_by(*of_it)
        .order_by(*of_it)
    )
    found = await conn.execute(statement)
    return {(draft, name): (total, int(left)) for draft, name, total, left in found}


async def mark(
    conn: AsyncConnection, draft: int, name: str, numbers: Sequence[int], state: State
) -> None:
    of_them = draft_readings.c.number.in_(list(numbers))
    of_it = (draft_readings.c.draft == draft) & (draft_readings.c.name == name) & of_them
    await conn.execute(update(draft_readings).where(of_it).values(state=state))
