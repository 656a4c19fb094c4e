"""One account of 微信客服: fetched and taken, by one worker at a time.

A page is stored together with the cursor behind it, before anything of it is taken: whatever is
killed when, nothing is lost, and the desk knows what it has taken.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.channels.connection import House
from bot.channels.kf.fetching import Page, page
from bot.channels.kf.people import NAME
from bot.channels.kf.taking import Taking
from bot.channels.objects import storable, text_of
from bot.platforms.qyapi import QyApi
from storage import arrivals, leases
from storage.arrivals import ArrivalRow
from storage.connection import AsyncConnection

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=5)
"""A worker that was killed holds up the others for so long. Two that are at it at once, since one
took longer, do the same twice, which cursor and desk bear."""

_TOKEN_LASTS = timedelta(minutes=10)
_LONGEST_ID = 128


class Busy(Exception):
    """Another worker is at it."""


class NotTaken(Exception):
    """Something is still waiting: the desk could not take it."""


class Account:
    """`source` names it in the database: ``kf:wk…``. `news` is set once there is something to
    fetch, with the `token` of the last callback."""

    def __init__(self, house: House, api: QyApi, taking: Taking, id_: str, owner: str) -> None:
        self._house = house
        self._api = api
        self._taking = taking
        self._id = id_
        self._owner = owner
        self._token, self._token_until = "", house.clock()
        self.source = source_of(id_)
        self.news = asyncio.Event()

    def woken(self, token: str) -> None:
        self._token, self._token_until = token, self._house.clock() + _TOKEN_LASTS
        self.news.set()

    async def serve(self) -> None:
        """Fetches and takes all that is there; what waits for one customer holds up no other.

        Raises Busy, NotTaken, NotFetched, Unreachable, NoToken, what the database raises.
        """
        async with self._alone():
            more, all_taken = True, await self._taking.take(self.source)
            while more:
                more = await self._fetch()
                all_taken = await self._taking.take(self.source)
        if not all_taken:
            raise NotTaken

    async def was_read(self, within: timedelta) -> bool:
        """Whether some worker has asked for news of it just now."""
        async with self._house.db.transaction() as conn:
            at = await arrivals.read_at(conn, self.source)
        return at is not None and self._house.clock() - at < within

    async def _fetch(self) -> bool:
        """Whether there is another page."""
        async with self._house.db.transaction() as conn:
            cursor = await arrivals.cursor(conn, self.source)
        token = self._token if self._house.clock() < self._token_until else ""
        fetched = await page(self._api, self._id, cursor, token)
        async with self._house.db.transaction() as conn:
            await self._hold(conn)
            now = self._house.clock()
            await arrivals.keep(conn, self.source, _rows(fetched), fetched.cursor, now)
        return fetched.more

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        async with self._house.db.transaction() as conn:
            await self._hold(conn)
        try:
            yield
        finally:
            async with self._house.db.transaction() as conn:
                await leases.release(conn, self.source, self._owner)

    async def _hold(self, conn: AsyncConnection) -> None:
        if not await leases.hold(conn, self.source, self._owner, self._house.clock(), LEASE):
            raise Busy


def source_of(account: str) -> str:
    return f"{NAME}:{account}"


def _rows(fetched: Page) -> list[ArrivalRow]:
    """What has no id of its own could not be told from another, and is left out."""
    ids = [text_of(message, "msgid") for message in fetched.messages]
    rows = {
        id_: ArrivalRow(id_, storable(message))
        for id_, message in zip(ids, fetched.messages, strict=True)
        if 0 < len(id_) <= _LONGEST_ID
    }
    if left_out := sum(not 0 < len(id_) <= _LONGEST_ID for id_ in ids):
        log.warning("%s: %d messages without an id are left out", NAME, left_out)
    return list(rows.values())
