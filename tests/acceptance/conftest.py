"""The platforms on loopback, and who posts to the real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession

from tests.platform.loopback import serving
from tests.platform.qyapi import QyApi


@pytest.fixture
async def wecom() -> AsyncIterator[QyApi]:
    async with serving(QyApi(lambda: datetime.now(UTC))) as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session
