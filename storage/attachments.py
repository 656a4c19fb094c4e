"""Pictures and files that were sent along with a demand: where the platform keeps each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.connection import AsyncConnection
from storage.schema import attachments
from storage.sealing import keyring_of

REF, NAME = "attachments.ref", "attachments.name"


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """`demand` is its id; `kind` one of ``image``, ``file``, ``video``; `ref` is what the platform
    gives the thing out for, `name` its file's."""

    sender: str
    demand: int
    kind: str
    ref: str
    name: str
    at: datetime


_COLUMNS = [attachments.c[name] for name in AttachmentRow.__dataclass_fields__]


async def add(conn: AsyncConnection, rows: Sequence[AttachmentRow]) -> None:
    if rows:
        seal = keyring_of(conn).seal
        values = [
            {**asdict(row), "ref": seal(row.ref, REF), "name": seal(row.name, NAME)} for row in rows
        ]
        await conn.execute(insert(attachments), values)


async def of_demand(conn: AsyncConnection, demand: int) -> list[AttachmentRow]:
    """In the order in which they came."""
    statement = select(*_COLUMNS).where(attachments.c.demand == demand)
    found = (await conn.execute(statement.order_by(attachments.c.id))).mappings()
    open_ = keyring_of(conn).open
    return [
        AttachmentRow(**{**row, "ref": open_(row["ref"], REF), "name": open_(row["name"], NAME)})
        for row in found
    ]


async def blank(conn: AsyncConnection, demands: Collection[int]) -> None:
    """They go with what else is personal in their demands."""
    if demands:
        await conn.execute(delete(attachments).where(attachments.c.demand.in_(list(demands))))
