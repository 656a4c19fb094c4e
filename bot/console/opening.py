"""Accounts that are opened by command or at the first start, with a one-time password."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.console import passwords
from bot.console.signing import account_key
from storage import accounts, attempts, staff
from storage.accounts import AccountRow
from storage.connection import AsyncConnection
from storage.database import Database
from storage.staff import StaffRow

FIRST = "admin"
_FIRST_OF_STAFF = f"console:{FIRST}"


async def first_password(db: Database, now: datetime) -> str | None:
    """Opens the account ``admin`` where there is none at all; its password, told this once.

    Of several workers that start at once, one tells it.
    """
    async with db.transaction() as conn:
        if await accounts.any_at_all(conn):
            return None
    password = passwords.one_time()
    hash_ = await asyncio.to_thread(passwords.hashed, password)
    async with db.transaction() as conn:
        if not await accounts.add(conn, AccountRow(FIRST, _FIRST_OF_STAFF, hash_, True, now)):
            return None
        await staff.put(conn, StaffRow(_FIRST_OF_STAFF, "管理员", "admin", (), now))
    return password


async def give_password(
    conn: AsyncConnection, sender: str, name: str, now: datetime
) -> tuple[str, str] | None:
    """The member's account, opened as `name` unless there is one, and its one-time password.

    None where somebody else has an account of that name. Who was signed in is so no more, and who
    was locked out is let in again.
    """
    password = passwords.one_time()
    hash_ = passwords.hashed(password)
    known = await accounts.of_staff(conn, sender)
    if known is None:
        if not await accounts.add(conn, AccountRow(name, sender, hash_, True, now)):
            return None
    else:
        name = known.name
        await accounts.set_password(conn, name, hash_, now, temporary=True)
    await attempts.clear(conn, [account_key(name)])
    return name, password
