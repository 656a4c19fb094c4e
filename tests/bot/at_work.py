"""The assistant at work on one platform: its connection, its desk, its outbox, nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import cast

from aiohttp import ClientSession, DummyCookieJar, web
from aiohttp.test_utils import TestServer

from bot.channels.connection import Connection, House
from bot.channels.envelope import MAX_BODY
from bot.connections import running_ctx
from bot.current import Current
from bot.delivery.worker import Worker, delivery_ctx
from bot.desk import Desk, Respond
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.stand_in import respond as stand_in


@asynccontextmanager
async def at_work(
    connect: Callable[[House], Connection],
    db: Database,
    clock: Callable[[], datetime],
    respond: Respond = stand_in,
    *,
    delivers: bool = True,
) -> AsyncIterator[str]:
    """The address of its server, while it runs. Unless it `delivers`, the outbox lies still."""
    news = asyncio.Event()
    desk = Desk(db, Current(cast(KnowledgeBase, None)), clock, respond, wake=news.set)
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        connection = connect(House(desk, db, session, clock, lambda: 0.0, news.set))
        app = web.Application(client_max_size=MAX_BODY)
        if connection.add_routes:
            connection.add_routes(app)
        couriers = connection.couriers if delivers else ()
        app.cleanup_ctx.append(delivery_ctx(Worker(db, couriers, clock, wake=news)))
        app.cleanup_ctx.append(running_ctx([connection]))
        async with TestServer(app) as server:
            yield str(server.make_url("")).rstrip("/")
        await desk.close()
