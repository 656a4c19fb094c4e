"""One access token for all workers: the first who needs another one asks the platform for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from bot.platforms.tokens import EARLY, Fetched, NoToken
from storage import leases, tokens
from storage.connection import AsyncConnection
from storage.database import Database
from storage.keys import key_of
from storage.tokens import StoredToken

_ASKING = timedelta(seconds=20)
"""Longer than a platform takes to give a token; whoever dies meanwhile is waited for so long."""
_AGAIN = 0.2
_TRIES = 60

Fetch = Callable[[], Awaitable[Fetched]]


class Sharing(Protocol):
    async def fetched(self, name: str, dead: str, fetch: Fetch) -> Fetched:
        """A token other than `dead`, by `fetch` where nobody has one. Raises NoToken."""
        ...


class Alone:
    """Nobody else needs it."""

    async def fetched(self, name: str, dead: str, fetch: Fetch) -> Fetched:
        return await fetch()


ALONE = Alone()


class Shared:
    """Among the workers of a database."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._owner = uuid4().hex

    async def fetched(self, name: str, dead: str, fetch: Fetch) -> Fetched:
        """As `Sharing.fetched`; what the database raises, too."""
        name = key_of(f"token:{name}")
        for _ in range(_TRIES):
            known, mine = await self._known(name, dead)
            if known is not None:
                return known
            if mine:
                return await self._asked(name, fetch)
            await asyncio.sleep(_AGAIN)
        raise NoToken("another worker asks for it")

    async def _known(self, name: str, dead: str) -> tuple[Fetched | None, bool]:
        """Or whether it is this worker's turn to ask."""
        now = self._clock()
        async with self._db.transaction() as conn:
            good = await _good(conn, name, dead, now)
            mine = good is None and await leases.hold(conn, name, self._owner, now, _ASKING)
            if mine:  # another one may have got it since the first look
                good = await _good(conn, name, dead, now)
                if good is not None:
                    await leases.release(conn, name, self._owner)
            return good, mine

    async def _asked(self, name: str, fetch: Fetch) -> Fetched:
        try:
            fetched = await fetch()
        except BaseException:
            async with self._db.transaction() as conn:
                await leases.release(conn, name, self._owner)
            raise
        async with self._db.transaction() as conn:
            until = self._clock() + fetched.good_for
            await tokens.put(conn, name, StoredToken(fetched.value, until))
            await leases.release(conn, name, self._owner)
        return fetched


async def _good(conn: AsyncConnection, name: str, dead: str, now: datetime) -> Fetched | None:
    stored = await tokens.find(conn, name)
    if stored is None or stored.value == dead or stored.until <= now + EARLY:
        return None
    return Fetched(stored.value, stored.until - now)
