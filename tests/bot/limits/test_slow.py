"""Who holds connections open and never asks is cut; who has asked keeps theirs."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.limits.slow import HEARD, cutting, hearing


async def test_a_head_that_never_ends_is_cut_and_who_has_asked_is_not() -> None:
    async def fine(_request: web.Request) -> web.Response:
        return web.Response(text="fine")

    app = web.Application(middlewares=[hearing])
    app[HEARD] = set()
    app.router.add_get("/", fine)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    assert runner.server is not None
    async with cutting(runner.server, app[HEARD], seconds=0.2):
        good, to_good = await asyncio.open_connection("127.0.0.1", port)
        to_good.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in await good.readline()
        silent, to_silent = await asyncio.open_connection("127.0.0.1", port)
        slow, to_slow = await asyncio.open_connection("127.0.0.1", port)
        to_slow.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-A")
        async with asyncio.timeout(30):
            assert await silent.read() == b""
            assert await slow.read() == b""
        to_good.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"fine" in await good.read()
    for writer in (to_good, to_silent, to_slow):
        writer.close()
    await runner.cleanup()


async def test_a_connection_that_is_gone_is_not_remembered() -> None:
    app = web.Application(middlewares=[hearing])
    app[HEARD] = set()
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert runner.server is not None
    async with cutting(runner.server, app[HEARD], seconds=0.05):
        reader, writer = await asyncio.open_connection("127.0.0.1", runner.addresses[0][1])
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readline()
        assert len(app[HEARD]) == 1
        writer.close()
        for _ in range(3_000):
            if not app[HEARD]:
                break
            await asyncio.sleep(0.01)
        assert not app[HEARD]
    await runner.cleanup()
