"""Clients that we did not write, sent to the simulated platforms instead of the real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession
from wechatpy.enterprise import WeChatClient

from tests.clock import Clock
from tests.platform.loopback import serving
from tests.platform.qyapi import SECRET, QyApi
from tests.simulated.detour import send_around


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def qyapi(clock: Clock) -> AsyncIterator[QyApi]:
    async with serving(QyApi(clock)) as fake:
        yield fake


@pytest.fixture
def wecom(qyapi: QyApi) -> Any:
    """wechatpy's client of the simulated qyapi; it blocks, so call it with `to_thread`."""
    client = WeChatClient(qyapi.callbacks.corp_id, SECRET, timeout=5)
    send_around(client._http, "https://qyapi.weixin.qq.com", qyapi.base)
    return client
