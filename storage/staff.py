"""Who works here: by the key under which they write, with their role and their regions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import RowMapping, delete, select

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import staff
from storage.sealing import Keyring, keyring_of

Role = Literal["clerk", "head", "admin"]

NAME = "staff.name"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """`sender` is the key of a sender, such as ``wecom:zhangsan``; `regions` are full names."""

    sender: str
    name: str
    role: Role
    regions: tuple[str, ...]
    at: datetime


_COLUMNS = [staff.c[name] for name in StaffRow.__dataclass_fields__]


async def put(conn: AsyncConnection, row: StaffRow) -> None:
    """Adds the member of staff, or changes who they are."""
    values = {
        "name": keyring_of(conn).seal(row.name, NAME),
        "role": row.role,
        "regions": list(row.regions),
        "at": row.at,
    }
    statement = insert_into(conn, staff).values(sender=row.sender, **values)
    await conn.execute(statement.on_conflict_do_update(index_elements=["sender"], set_=values))


async def remove(conn: AsyncConnection, sender: str) -> bool:
    """False where nobody of that key is on the staff."""
    return (await conn.execute(delete(staff).where(staff.c.sender == sender))).rowcount > 0


async def of(conn: AsyncConnection, senders: Collection[str]) -> dict[str, StaffRow]:
    """Those of the senders who are on the staff."""
    if not senders:
        return {}
    found = await conn.execute(select(*_COLUMNS).where(staff.c.sender.in_(list(senders))))
    keys = keyring_of(conn)
    return {row["sender"]: _opened(row, keys) for row in found.mappings()}


async def everyone(conn: AsyncConnection) -> list[StaffRow]:
    """In the order of their keys."""
    found = await conn.execute(select(*_COLUMNS))
    keys = keyring_of(conn)
    rows = [_opened(row, keys) for row in found.mappings()]
    return sorted(rows, key=lambda row: row.sender)


def _opened(row: RowMapping, keys: Keyring) -> StaffRow:
    values = {"name": keys.open(row["name"], NAME), "regions": tuple(row["regions"])}
    return StaffRow(**{**row, **values})
