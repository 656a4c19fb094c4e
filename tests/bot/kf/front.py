"""微信客服 connected as the settings say, at work: callback, puller and outbox worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.connection import House
from bot.channels.envelope import MAX_BODY
from bot.channels.kf.connect import PATH, connect
from bot.current import Current
from bot.delivery.worker import Worker
from bot.desk import Desk
from bot.http import border, well_formed
from bot.limits.addresses import CALLBACKS, Addresses
from bot.limits.allowance import Allowance
from bot.settings import HostsSettings, KfSettings
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.stand_in import respond
from tests.clock import Clock
from tests.platform.kf_customers import Wake
from tests.platform.qyapi import SECRET, QyApi
from tests.platform.wecom import Callback

Client = TestClient[web.Request, web.Application]


class Front:
    def __init__(self, wecom: QyApi, client: Client) -> None:
        self._wecom = wecom
        self.client = client

    async def woken(self, wake: Wake) -> tuple[int, bytes]:
        return await self.post(self._wecom.kf_callback(wake))

    async def post(self, sent: Callback) -> tuple[int, bytes]:
        response = await self.client.post(sent.at(PATH), data=sent.body)
        return response.status, await response.read()


@asynccontextmanager
async def at_work(
    wecom: QyApi, db: Database, session: ClientSession, clock: Clock, **more: Any
) -> AsyncIterator[Front]:
    """`more` are settings. Ends as the application does: loops first, then the desk."""
    wake = asyncio.Event()
    desk = Desk(db, Current(cast(KnowledgeBase, None)), clock, respond, wake=wake.set)
    house = House(desk, db, session, clock, lambda: 0.0, wake.set)
    connection = connect(settings(wecom, **more), HostsSettings(wecom=wecom.base), house)
    worker = Worker(db, connection.couriers, clock, wake=wake)
    alike = Addresses(Allowance(0)).alike
    middlewares = [border, alike, well_formed]
    app = web.Application(client_max_size=MAX_BODY, middlewares=middlewares)
    app[CALLBACKS] = frozenset({"/kf"})
    assert connection.add_routes
    connection.add_routes(app)
    loops = [asyncio.ensure_future(loop()) for loop in (*connection.loops, worker.run)]
    try:
        async with TestClient(TestServer(app)) as client:
            yield Front(wecom, client)
    finally:
        await stopped(loops)
        await desk.close()


async def stopped(loops: Sequence[asyncio.Future[None]]) -> None:
    for loop in loops:
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)


def settings(wecom: QyApi, **more: Any) -> KfSettings:
    ours = wecom.callbacks
    given = {
        "corp_id": ours.corp_id,
        "secret": SECRET,
        "token": ours.token,
        "aes_key": ours.aes_key,
    }
    return KfSettings(**{**given, **more})
