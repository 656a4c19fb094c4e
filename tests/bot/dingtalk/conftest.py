"""DingTalk's side on loopback, and a desk that notes what reaches it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.bot.noting_desk import NotingDesk
from tests.platform.dingtalk import DingTalk
from tests.platform.loopback import serving

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(lambda: NOW)) as fake:
        yield fake


@pytest.fixture
def desk() -> NotingDesk:
    return NotingDesk()
