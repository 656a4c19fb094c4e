"""The platforms that the settings name: connected, and kept so while the assistant runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from aiohttp import web

from bot.channels.connection import Connection, House
from bot.settings import Settings


def connect(settings: Settings, house: House) -> list[Connection]:
    """One for each platform in the settings, with nothing running yet.

    What no platform in the settings needs is not imported: it is a tenth of a server's start.
    """
    hosts = settings.hosts
    connections = []
    if settings.digest.targets:
        from bot.channels import robot

        connections.append(robot.connect(settings.digest.targets, hosts, house))
    if settings.wecom:
        from bot.channels.wecom.connect import connect as connect_wecom

        connections.append(connect_wecom(settings.wecom, hosts, house))
    if settings.wechat:
        from bot.channels.wechat.connect import connect as connect_wechat

        connections.append(connect_wechat(settings.wechat, hosts, house))
    if settings.kf:
        from bot.channels.kf.connect import connect as connect_kf

        connections.append(connect_kf(settings.kf, hosts, house))
    if settings.aibot:
        from bot.channels.aibot.connect import connect as connect_aibot

        connections.append(connect_aibot(settings.aibot, hosts, house))
    if settings.dingtalk:
        from bot.channels.dingtalk.connect import connect as connect_dingtalk

        connections.append(connect_dingtalk(settings.dingtalk, hosts, house))
    return connections


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
