"""The platforms that the settings name: connected, and kept so while the assistant runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from aiohttp import web

from bot.channels.connection import Connection, House
from bot.channels.wecom.connect import connect as connect_wecom
from bot.settings import Settings


def connect(settings: Settings, house: House) -> list[Connection]:
    """One for each platform in the settings, with nothing running yet."""
    hosts = settings.hosts
    return [
        *([connect_wecom(settings.wecom, hosts, house)] if settings.wecom else []),
    ]


def running_ctx(
    connections: Sequence[Connection],
) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `app.cleanup_ctx`: the connections' loops run from start to end of the application."""
    return partial(_running, connections)


async def _running(connections: Sequence[Connection], _app: web.Application) -> AsyncIterator[None]:
    tasks = [
        asyncio.ensure_future(loop()) for connection in connections for loop in connection.loops
    ]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
