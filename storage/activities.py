"""What bureaus did for enterprises, as staff record it for the summary form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select

from storage.connection import AsyncConnection
from storage.schema import activities


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """`form` was held `times` times for `enterprises` of them; `other` are further results."""

    actor: str
    bureau: str | None
    task: str
    form: str
    times: int
    enterprises: int
    other: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredActivity(ActivityRow):
    id: int


_COLUMNS = [activities.c[name] for name in StoredActivity.__dataclass_fields__]


async def add(conn: AsyncConnection, row: ActivityRow) -> int:
    """The new activity's id."""
    statement = insert(activities).values(**asdict(row)).returning(activities.c.id)
    id_: int = (await conn.execute(statement)).scalar_one()
    return id_


async def listing(
    conn: AsyncConnection,
    *,
    bureaus: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[StoredActivity]:
    """Oldest first, of these bureaus ("" among them: of none); `since` included, `until` not."""
    statement = select(*_COLUMNS).order_by(activities.c.at, activities.c.id)
    if bureaus is not None:
        named = activities.c.bureau.in_([bureau for bureau in bureaus if bureau])
        of_none = activities.c.bureau.is_(None)
        statement = statement.where(or_(named, of_none) if "" in bureaus else named)
    if since is not None:
        statement = statement.where(activities.c.at >= since)
    if until is not None:
        statement = statement.where(activities.c.at < until)
    return [StoredActivity(**row) for row in (await conn.execute(statement)).mappings()]


async def remove(conn: AsyncConnection, id_: int) -> bool:
    """False where there is none of that id."""
    return (await conn.execute(delete(activities).where(activities.c.id == id_))).rowcount > 0
