"""Who looked at, changed or was refused what: only ever added to, which the database enforces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import RowMapping, insert, select

from storage.connection import AsyncConnection
from storage.schema import audit
from storage.sealing import keyring_of

DETAIL = "audit.detail"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`actor` is a sender's key or an account of the machine; `act` one word, such as ``look``."""

    at: datetime
    actor: str
    act: str
    demand: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StoredAudit:
    id: int
    at: datetime
    actor: str
    act: str
    demand: int | None
    detail: str


_COLUMNS = [audit.c[name] for name in StoredAudit.__dataclass_fields__]


async def record(conn: AsyncConnection, rows: Sequence[AuditRow]) -> None:
    if rows:
        keys = keyring_of(conn)
        values = [{**asdict(row), "detail": keys.seal(row.detail, DETAIL)} for row in rows]
        await conn.execute(insert(audit), values)


async def lookers(conn: AsyncConnection, demands: Collection[int]) -> list[str]:
    """Who looked at any of the demands in full, or handled it, and was told of that."""
    if not demands:
        return []
    statement = select(audit.c.actor).where(audit.c.demand.in_(list(demands)))
    return list((await conn.execute(statement.distinct())).scalars())


async def listing(
    conn: AsyncConnection, *, since: datetime | None = None, demand: int | None = None
) -> list[StoredAudit]:
    """Oldest first; `since` is included. Raises SealError."""
    statement = select(*_COLUMNS).order_by(audit.c.id)
    if since is not None:
        statement = statement.where(audit.c.at >= since)
    if demand is not None:
        statement = statement.where(audit.c.demand == demand)
    return _opened(conn, (await conn.execute(statement)).mappings())


async def search(
    conn: AsyncConnection,
    *,
    actor: str | None = None,
    act: str | None = None,
    demand: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[StoredAudit]:
    """The newest first, `limit` at most, from before the id `before` on; `until` is not included.

    Raises SealError.
    """
    conditions = [
        None if actor is None else audit.c.actor == actor,
        None if act is None else audit.c.act == act,
        None if demand is None else audit.c.demand == demand,
        None if since is None else audit.c.at >= since,
        None if until is None else audit.c.at < until,
        None if before is None else audit.c.id < before,
    ]
    given = [one for one in conditions if one is not None]
    statement = select(*_COLUMNS).where(*given).order_by(audit.c.id.desc()).limit(limit)
    return _opened(conn, (await conn.execute(statement)).mappings())


def _opened(conn: AsyncConnection, rows: Iterable[RowMapping]) -> list[StoredAudit]:
    keys = keyring_of(conn)
    return [StoredAudit(**{**row, "detail": keys.open(row["detail"], DETAIL)}) for row in rows]
