"""智能机器人's side on loopback, and a desk that notes what reaches it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.bot.noting_desk import NotingDesk
from tests.clock import Clock
from tests.platform.aibot import AiBot
from tests.platform.loopback import serving

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def bot(clock: Clock) -> AsyncIterator[AiBot]:
    async with serving(AiBot(clock)) as fake:
        yield fake


@pytest.fixture
def desk() -> NotingDesk:
    return NotingDesk()
