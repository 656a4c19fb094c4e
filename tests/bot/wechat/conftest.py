"""A 公众号 of which the simulated platform and our callback know the same keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.connection import House
from bot.channels.envelope import MAX_BODY
from bot.channels.wechat.connect import PATH, connect
from bot.http import border, well_formed
from bot.limits.addresses import CALLBACKS, Addresses
from bot.limits.allowance import Allowance
from bot.settings import HostsSettings, WeChatSettings
from storage.database import Database
from tests.bot.noting_desk import NotingDesk
from tests.clock import Clock
from tests.platform.loopback import serving
from tests.platform.wecom import Callback, new_aes_key
from tests.platform.weixin import SECRET, Weixin
from tests.platform.weixin_account import WeixinAccount

PREVIOUS = new_aes_key()


@dataclass
class Served:
    """Our callback, the platform that posts to it, and the desk behind it."""

    weixin: Weixin
    desk: NotingDesk
    client: TestClient[web.Request, web.Application]

    async def reads(self, sent: Callback) -> str | None:
        """What the user reads of our answer."""
        url = str(self.client.make_url(PATH))
        return await self.weixin.post(self.client.session, url, sent)

    async def answer(self, sent: Callback) -> tuple[int, bytes]:
        response = await self.client.post(sent.at(PATH), data=sent.body)
        return response.status, await response.read()


Serving = Callable[..., Awaitable[Served]]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def desk() -> NotingDesk:
    return NotingDesk()


@pytest.fixture
async def served_as(clock: Clock, desk: NotingDesk) -> AsyncIterator[Serving]:
    async with AsyncExitStack() as opened:

        async def serve(account: WeixinAccount | None = None, **settings: Any) -> Served:
            weixin = await opened.enter_async_context(serving(Weixin(clock, account)))
            ours = _settings(weixin.account, **settings)
            session = await opened.enter_async_context(ClientSession())
            db = cast(Database, None)
            house = House(desk, db, session, clock, lambda: 0.0, lambda: None)
            connection = connect(ours, HostsSettings(wechat=weixin.base), house)
            alike = Addresses(Allowance(0)).alike
            middlewares = [border, alike, well_formed]
            app = web.Application(client_max_size=MAX_BODY, middlewares=middlewares)
            app[CALLBACKS] = frozenset({"/wechat"})
            assert connection.add_routes
            connection.add_routes(app)
            client = await opened.enter_async_context(TestClient(TestServer(app)))
            return Served(weixin, desk, client)

        yield serve


@pytest.fixture
async def served(served_as: Serving) -> Served:
    return await served_as()


def _settings(account: WeixinAccount, **more: Any) -> WeChatSettings:
    given = {
        "app_id": account.app_id,
        "token": account.token,
        "aes_key": account.aes_key,
        "previous_aes_key": PREVIOUS,
        "secret": SECRET,
        "original_id": account.original_id,
        "mode": account.mode,
        **more,
    }
    return WeChatSettings(**given)
