"""The platforms that the settings name: connected, and kept so while the assistant runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from aiohttp import web

from bot.channels.aibot.connect import connect as connect_aibot
from bot.channels.connection import Connection, House
from bot.channels.dingtalk.connect import connect as connect_dingtalk
from bot.channels.kf.connect import connect as connect_kf
from bot.channels.robot import connect as connect_robots
from bot.channels.wechat.connect import connect as connect_wechat
from bot.channels.wecom.connect import connect as connect_wecom
from bot.settings import Settings


def connect(settings: Settings, house: House) -> list[Connection]:
    """One for each platform in the settings, with nothing running yet."""
    hosts = settings.hosts
    return [
        *(
            [connect_robots(settings.digest.targets, hosts, house)]
            if settings.digest.targets
            else []
        ),
        *([connect_wecom(settings.wecom, hosts, house)] if settings.wecom else []),
        *([connect_wechat(settings.wechat, hosts, house)] if settings.wechat else []),
        *([connect_kf(settings.kf, hosts, house)] if settings.kf else []),
        *([connect_aibot(settings.aibot, hosts, house)] if settings.aibot else []),
        *([connect_dingtalk(settings.dingtalk, hosts, house)] if settings.dingtalk else []),
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
