"""Who is signed in to the console: sessions by the hash of their token, until they expire."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, insert, not_, select, update

from storage.connection import AsyncConnection
from storage.schema import sessions

IDLE = timedelta(hours=8)
"""So long after the last page a session ends."""

WHOLE = timedelta(days=7)
"""So long after signing in it ends in any case."""

_NOTED_EVERY = timedelta(minutes=1)


async def begin(conn: AsyncConnection, token: str, account: str, now: datetime) -> None:
    """`token` is what the browser holds; only its hash is stored."""
    await conn.execute(delete(sessions).where(not_(_alive(now))))
    row = {"token": _hashed(token), "account": account, "at": now, "seen": now}
    await conn.execute(insert(sessions).values(row))


async def account_of(conn: AsyncConnection, token: str, now: datetime) -> str | None:
    """Whose session it is, which goes on from now; None where there is none (any more)."""
    mine = sessions.c.token == _hashed(token)
    statement = select(sessions.c.account, sessions.c.seen).where(mine, _alive(now))
    found = (await conn.execute(statement)).one_or_none()
    if found is None:
        return None
    if found.seen < now - _NOTED_EVERY:
        await conn.execute(update(sessions).where(mine).values(seen=now))
    account: str = found.account
    return account


async def alive(conn: AsyncConnection, tokens: Collection[str], now: datetime) -> set[str]:
    """Those of the tokens whose sessions go on; looking makes none go on for longer."""
    of = {_hashed(token): token for token in tokens}
    if not of:
        return set()
    statement = select(sessions.c.token).where(sessions.c.token.in_(list(of)), _alive(now))
    return {of[row.token] for row in await conn.execute(statement)}


async def end(conn: AsyncConnection, token: str) -> None:
    await conn.execute(delete(sessions).where(sessions.c.token == _hashed(token)))


async def end_all(conn: AsyncConnection, account: str) -> None:
    """On every machine on which the account is signed in."""
    await conn.execute(delete(sessions).where(sessions.c.account == account))


def _alive(now: datetime) -> ColumnElement[bool]:
    return and_(sessions.c.seen > now - IDLE, sessions.c.at > now - WHOLE)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
