"""Who signs in to the console: a name, whose of the staff it is, and the password's hash."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from storage import sessions
from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import accounts


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`staff` is the key of a sender; one of the staff has one account at most. `hash` is as
    argon2 writes it, "" where no password opens the account. `temporary`: the password must be
    changed before anything else. `at` is when it was set."""

    name: str
    staff: str
    hash: str
    temporary: bool
    at: datetime


_COLUMNS = [accounts.c[name] for name in AccountRow.__dataclass_fields__]


async def add(conn: AsyncConnection, row: AccountRow) -> bool:
    """False where there is one of that name, or of that member of staff."""
    statement = insert_into(conn, accounts).values(**asdict(row)).on_conflict_do_nothing()
    return (await conn.execute(statement)).rowcount > 0


async def find(conn: AsyncConnection, name: str) -> AccountRow | None:
    return await _one(conn, accounts.c.name == name)


async def of_staff(conn: AsyncConnection, staff: str) -> AccountRow | None:
    return await _one(conn, accounts.c.staff == staff)


async def any_at_all(conn: AsyncConnection) -> bool:
    return (await conn.execute(select(accounts.c.name).limit(1))).first() is not None


async def set_password(
    conn: AsyncConnection, name: str, hash_: str, at: datetime, *, temporary: bool
) -> None:
    """Who is signed in with the old one is signed out everywhere."""
    values = {"hash": hash_, "temporary": temporary, "at": at}
    await conn.execute(update(accounts).where(accounts.c.name == name).values(**values))
    await sessions.end_all(conn, name)


async def remove_of(conn: AsyncConnection, staff: str) -> None:
    """The account of who leaves the staff, and the sessions of it."""
    account = await of_staff(conn, staff)
    if account is not None:
        await sessions.end_all(conn, account.name)
        await conn.execute(delete(accounts).where(accounts.c.name == account.name))


async def _one(conn: AsyncConnection, which: ColumnElement[bool]) -> AccountRow | None:
    row = (await conn.execute(select(*_COLUMNS).where(which))).mappings().one_or_none()
    return AccountRow(**row) if row else None
