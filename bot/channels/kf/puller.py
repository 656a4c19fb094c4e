"""Follows all accounts of 微信客服: fetches when a callback says that there is news, and once a
minute, for all workers together, what a callback that was lost would have told of.

An account is noted in the database before its callback is answered, so that after a kill the next
start looks for its news. Another worker's accounts are found within a minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from bot.channels.connection import House
from bot.channels.kf.account import Account, Busy, source_of
from bot.channels.kf.fetching import NotFetched
from bot.channels.kf.people import NAME
from bot.channels.kf.receive import News
from bot.channels.kf.taking import Taking
from bot.delivery.outcome import backoff
from bot.platforms.calls import Unreachable
from bot.platforms.qyapi import QyApi
from bot.platforms.tokens import NoToken
from storage import arrivals

log = logging.getLogger(__name__)

POLL = timedelta(minutes=1)
AGAIN = timedelta(seconds=1)
"""When to look whether another worker has finished: it may have looked before our news came."""


class Puller:
    """`owner` names this process among the workers; `accounts` are followed, or without any all
    that somebody was ever woken for."""

    def __init__(
        self,
        house: House,
        api: QyApi,
        taking: Taking,
        owner: str,
        accounts: Collection[str] = (),
        poll: timedelta = POLL,
    ) -> None:
        self._house = house
        self._api = api
        self._taking = taking
        self._owner = owner
        self._poll = poll
        self._of_all = not accounts
        self._accounts: dict[str, Account] = {}
        self._new: asyncio.Queue[Account] = asyncio.Queue()
        for account in accounts:
            self._account(account)

    async def woken(self, news: News | None) -> bytes:
        """The answer to a callback: nothing, once the account is sure to be looked at."""
        if news is None:
            log.info("%s: nothing to fetch", NAME)
            return b""
        if news.account not in self._accounts:
            async with self._house.db.transaction() as conn:
                await arrivals.note(conn, source_of(news.account), self._house.clock())
        self._account(news.account).woken(news.token)
        log.info("%s: news", NAME)
        return b""

    async def run(self) -> None:
        """Never ends; cancel it."""
        async with asyncio.TaskGroup() as followers:
            if self._of_all:
                followers.create_task(self._find())
            while True:
                account = await self._new.get()
                followers.create_task(self._follow(account))

    def _account(self, id_: str) -> Account:
        if id_ not in self._accounts:
            account = Account(self._house, self._api, self._taking, id_, self._owner)
            self._accounts[id_] = account
            self._new.put_nowait(account)
        return self._accounts[id_]

    async def _find(self) -> None:
        """Accounts that another worker, or an earlier run, was woken for."""
        while True:
            try:
                async with self._house.db.transaction() as conn:
                    known = await arrivals.sources(conn, source_of(""))
            except Exception as problem:  # border: the database may be away for a while
                log.error("%s: %s", NAME, type(problem).__name__)
                known = []
            for source in known:
                self._account(source.removeprefix(source_of("")))
            await asyncio.sleep(self._poll.total_seconds())

    async def _follow(self, account: Account) -> None:
        """The first look is for what came while nobody was there."""
        failures, needed = 0, True
        while True:
            account.news.clear()
            try:
                if needed or not await account.was_read(within=self._poll * 0.75):
                    await account.serve()
                failures, needed, pause = 0, False, self._poll
            except Busy:
                pause = AGAIN if needed else self._poll
            except Exception as problem:  # border: the platform or the database may be away
                failures, needed = failures + 1, True
                log.warning("%s: not fetched: %s", NAME, _reason(problem))
                pause = self._pause(problem, failures)
            needed |= await _came(account.news, pause)

    def _pause(self, problem: Exception, failures: int) -> timedelta:
        wished = problem.after if isinstance(problem, NotFetched | NoToken) else timedelta()
        return max(wished, min(backoff(failures, self._house.jitter), self._poll))


async def _came(news: asyncio.Event, within: timedelta) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within.total_seconds()):  # `wait_for` may swallow a cancellation
            await news.wait()
    return news.is_set()


def _reason(problem: Exception) -> str:
    if isinstance(problem, NotFetched | NoToken | Unreachable):
        return problem.reason
    return type(problem).__name__
