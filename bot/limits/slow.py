"""Connections that are held open without asking for anything are cut.

aiohttp counts the time from one answer to the next request, which must outlast what a proxy keeps
for us; here the first request's head is awaited, for a shorter time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestHandler

HEAD_SECONDS = 10.0
"""From the connection to the end of its first request's head."""

KEPT_SECONDS = 75.0
"""From an answer to the end of the next request's head; nginx keeps connections for 60 s."""

_LOOK_AGAIN = 1.0

HEARD = web.AppKey("heard", set[RequestHandler])
"""Connections on which the head of a request has come whole."""


@web.middleware
async def hearing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost: whatever becomes of the request, its head is here."""
    request.app[HEARD].add(request.protocol)
    return await handler(request)


@asynccontextmanager
async def cutting(
    server: web.Server, heard: set[RequestHandler], seconds: float = HEAD_SECONDS
) -> AsyncIterator[None]:
    """While it lasts, connections of the server that are not `heard` of in time are cut."""
    task = asyncio.create_task(_cut(server, heard, seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _cut(server: web.Server, heard: set[RequestHandler], seconds: float) -> None:
    """Forgets of `heard` what is gone."""
    since: dict[RequestHandler, float] = {}
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(min(_LOOK_AGAIN, seconds / 2))
        now, connections = loop.time(), set(server.connections)
        heard &= connections
        since = {one: since.get(one, now) for one in connections - heard}
        for one in [one for one, begun in since.items() if now - begun >= seconds]:
            one.force_close()
