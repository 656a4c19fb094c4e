"""The machine's clock is set back: nothing is sent twice, nothing waits for the old time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.courier import Rate
from bot.delivery.outcome import Retry
from bot.platforms.tokens import Fetched, NoToken, Token
from bot.settings import SubscriptionSettings
from knowledge.snapshot import KnowledgeBase
from storage import leases
from storage.database import Database
from tests.bot.delivery.carrying import (
    NOW,
    WHO,
    NotingCourier,
    letter,
    put,
    states,
    until_idle,
    worker_of,
)
from tests.bot.push import office
from tests.clock import Clock

ONE_HOUR, A_YEAR = {"hours": -1}, {"days": -365}


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.mark.parametrize("back", [ONE_HOUR, A_YEAR], ids=["an hour", "a year"])
async def test_what_was_sent_is_not_sent_again_and_what_comes_now_goes_at_once(
    db: Database, clock: Clock, back: dict[str, float]
) -> None:
    courier = NotingCourier(rates=[Rate(2, timedelta(minutes=1))])
    worker = worker_of(db, clock, courier)
    await put(db, letter("甲"), letter("乙"))
    await until_idle(worker)
    clock.passes(**back)
    await put(db, letter("丙", due=clock.now))
    await until_idle(worker)
    clock.passes(minutes=5)
    await until_idle(worker)
    assert sorted(courier.texts) == sorted(["甲", "乙", "丙"])


@pytest.mark.parametrize("back", [ONE_HOUR, A_YEAR], ids=["an hour", "a year"])
async def test_what_was_waiting_goes_out_in_hours_and_in_order(
    db: Database, clock: Clock, back: dict[str, float]
) -> None:
    courier = NotingCourier()
    worker = worker_of(db, clock, courier)
    courier.outcomes.append(Retry(timedelta(minutes=1), "HTTP 500", all_wait=True))
    await put(db, letter("先", queue=WHO), letter("后", queue=WHO))
    await until_idle(worker)
    clock.passes(**back)
    for _ in range(3):
        await until_idle(worker)
        clock.passes(hours=1)
    assert courier.texts == ["先", "先", "后"]
    assert await states(db) == [("sent", None), ("sent", None)]


async def test_a_digest_is_not_made_a_second_time(db: Database, kb: KnowledgeBase) -> None:
    told = office.settings(
        SubscriptionSettings(to=office.FANG, kinds=("daily",), at="09:00", empty=True)
    )
    house = office.House(db, kb, told)
    made = await house.at(9, 30)
    assert len(made) == 1
    assert await house.at(8, 30) == made
    assert await house.at(9, 30) == made


async def test_a_lease_of_somebody_killed_before_it_is_free_soon_after(
    db: Database, clock: Clock
) -> None:
    seconds = timedelta(seconds=10)

    async def hold(owner: str) -> bool:
        async with db.transaction() as conn:
            return await leases.hold(conn, "aibot", owner, clock.now, seconds)

    assert await hold("killed")
    assert not await hold("another")
    clock.passes(hours=-1)
    assert await hold("another")
    assert not await hold("a third")


async def test_a_platform_that_gave_no_token_is_asked_again(clock: Clock, tmp_path: Path) -> None:
    asked = 0

    async def fetch(_dead: str) -> Fetched:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise NoToken("HTTP 500")
        return Fetched("a-token", timedelta(hours=2))

    token = Token("wecom", fetch, clock)
    with pytest.raises(NoToken):
        await token.current()
    clock.passes(days=-365)
    assert await token.current() == "a-token"
