"""Tokens: fetched once for all, in time, and never asked for in a loop."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.platforms.tokens import Fetched, NoToken, Token, ailing
from tests.clock import Clock

HOURS = timedelta(hours=2)


class Source:
    """Gives `token-1`, `token-2`, …, or what stands in `troubles`, one a question."""

    def __init__(self) -> None:
        self.asked = 0
        self.troubles: list[NoToken] = []
        self.same = False

    async def __call__(self, _dead: str) -> Fetched:
        self.asked += 1
        await asyncio.sleep(0)
        if self.troubles:
            raise self.troubles.pop(0)
        return Fetched("token" if self.same else f"token-{self.asked}", HOURS)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def token(source: Source, clock: Clock) -> Token:
    return Token("wecom", source, clock)


async def test_fifty_who_want_one_at_once_share_one(source: Source, token: Token) -> None:
    assert set(await asyncio.gather(*[token.current() for _ in range(50)])) == {"token-1"}
    assert source.asked == 1


async def test_it_is_replaced_five_minutes_before_its_end(
    source: Source, token: Token, clock: Clock
) -> None:
    await token.current()
    clock.passes(minutes=114, seconds=59)
    assert await token.current() == "token-1"
    clock.passes(seconds=1)
    assert await token.current() == "token-2"


async def test_a_dead_one_is_replaced_once_for_all_who_found_it_dead(
    source: Source, token: Token
) -> None:
    dead = await token.current()
    others = await asyncio.gather(*[token.instead_of(dead) for _ in range(20)])
    assert set(others) == {"token-2"}
    assert source.asked == 2


async def test_tokens_that_keep_dying_are_not_fetched_in_a_loop(
    source: Source, token: Token, clock: Clock
) -> None:
    await token.instead_of(await token.current())
    with pytest.raises(NoToken) as caught:
        await token.instead_of(await token.current())
    assert caught.value.after == timedelta(seconds=5)
    assert source.asked == 2
    clock.passes(seconds=5)
    assert await token.instead_of("token-2") == "token-3"
    with pytest.raises(NoToken) as caught:
        await token.instead_of("token-3")
    assert caught.value.after == timedelta(seconds=10)


async def test_a_platform_that_calls_its_own_token_dead_is_not_asked_for_ever(
    source: Source, token: Token
) -> None:
    source.same = True
    assert await token.instead_of(await token.current()) == "token"
    for _ in range(10):
        with pytest.raises(NoToken):
            await token.instead_of("token")
    assert source.asked == 2


async def test_after_a_failure_nobody_asks_again_before_a_wait_that_doubles(
    source: Source, token: Token, clock: Clock
) -> None:
    source.troubles = [NoToken("HTTP 500"), NoToken("HTTP 502")]
    with pytest.raises(NoToken, match="HTTP 500"):
        await token.current()
    with pytest.raises(NoToken, match="HTTP 500"):
        await token.current()
    assert source.asked == 1
    clock.passes(seconds=5)
    with pytest.raises(NoToken, match="HTTP 502") as caught:
        await token.current()
    assert caught.value.after == timedelta(seconds=10)
    clock.passes(seconds=10)
    assert await token.current() == "token-3"


async def test_trouble_after_a_calm_time_is_the_first_again(
    source: Source, token: Token, clock: Clock
) -> None:
    source.troubles = [NoToken("HTTP 500")] * 3
    for wait in (5, 10, 20):
        with pytest.raises(NoToken):
            await token.current()
        clock.passes(seconds=wait)
    dead = await token.current()
    clock.passes(minutes=11)
    await token.instead_of(dead)
    clock.passes(seconds=5)
    assert await token.instead_of(await token.current()) == "token-6"


async def test_one_who_went_away_leaves_the_others_their_token(
    source: Source, token: Token
) -> None:
    first = asyncio.ensure_future(token.current())
    second = asyncio.ensure_future(token.current())
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).startswith("token-")


async def test_it_is_known_why_there_is_none_until_there_is_one_again(
    source: Source, token: Token, clock: Clock
) -> None:
    source.troubles = [NoToken("errcode 40001")]
    with pytest.raises(NoToken):
        await token.current()
    assert ailing["wecom"] == "errcode 40001"
    clock.passes(seconds=10)
    await token.current()
    assert "wecom" not in ailing
