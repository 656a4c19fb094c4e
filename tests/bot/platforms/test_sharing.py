"""Workers share a platform's token: one of them asks, and a dead one is replaced once for all."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.platforms.sharing import Shared
from bot.platforms.tokens import Fetched, NoToken, Token
from storage.database import Database
from tests.clock import Clock

HOURS = timedelta(hours=2)


class Platform:
    """Gives `token-1`, `token-2`, …; `away` for so many questions."""

    def __init__(self, away: int = 0) -> None:
        self.asked, self.away = 0, away

    async def __call__(self) -> Fetched:
        self.asked += 1
        await asyncio.sleep(0)
        if self.asked <= self.away:
            raise NoToken("HTTP 500")
        return Fetched(f"token-{self.asked}", HOURS)


def worker(db: Database, platform: Platform, clock: Clock, name: str = "wecom ww1") -> Token:
    """What a worker of its own has."""
    shared = Shared(db, clock)

    async def fetch(dead: str) -> Fetched:
        return await shared.fetched(name, dead, platform)

    return Token("wecom", fetch, clock)


async def test_one_of_all_workers_asks_the_platform(db: Database, clock: Clock) -> None:
    platform = Platform()
    workers = [worker(db, platform, clock) for _ in range(4)]
    assert set(await asyncio.gather(*(one.current() for one in workers))) == {"token-1"}
    assert await worker(db, platform, clock).current() == "token-1"
    assert platform.asked == 1


async def test_a_dead_one_is_replaced_once_for_all_workers(db: Database, clock: Clock) -> None:
    platform = Platform()
    workers = [worker(db, platform, clock) for _ in range(3)]
    [dead, *_] = [await one.current() for one in workers]
    new = [await one.instead_of(dead) for one in workers]
    assert new == ["token-2"] * 3
    assert platform.asked == 2


async def test_it_is_replaced_in_time_by_whoever_needs_it_first(db: Database, clock: Clock) -> None:
    platform = Platform()
    one, other = worker(db, platform, clock), worker(db, platform, clock)
    await one.current()
    clock.passes(minutes=116)
    assert [await other.current(), await one.current()] == ["token-2", "token-2"]


async def test_who_got_none_leaves_the_next_worker_to_ask(db: Database, clock: Clock) -> None:
    platform = Platform(away=1)
    with pytest.raises(NoToken, match="HTTP 500"):
        await worker(db, platform, clock).current()
    assert await worker(db, platform, clock).current() == "token-2"


async def test_two_applications_have_a_token_each(db: Database, clock: Clock) -> None:
    platform = Platform()
    assert await worker(db, platform, clock, "wecom ww1").current() == "token-1"
    assert await worker(db, platform, clock, "kf ww1").current() == "token-2"
