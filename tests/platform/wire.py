"""The platform's end of a WebSocket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable

from aiohttp import WSMsgType, web

from tests.platform.faults import broken
from tests.platform.loopback import Json


class Wire:
    """`silent()`: whether it stays open but does nothing, not even answer a ping."""

    def __init__(self, request: web.Request, silent: Callable[[], bool]) -> None:
        self._request, self._silent = request, silent
        self.socket = web.WebSocketResponse(autoping=False)

    async def open(self) -> None:
        await self.socket.prepare(self._request)

    async def texts(self) -> AsyncIterator[str]:
        """What the client sends, until it or the connection ends."""
        async for message in self.socket:
            if self._silent():
                continue
            if message.type is WSMsgType.PING:
                await self.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                yield message.data

    async def send(self, frame: Json) -> bool:
        """Whether there was anybody to send it to."""
        return await self.say(json.dumps(frame))

    async def say(self, text: str) -> bool:
        """Any text, a frame or not."""
        if self._silent() or self.socket.closed:
            return False
        try:
            await self.socket.send_str(text)
        except ConnectionError:
            return False
        return True

    async def close(self) -> None:
        await self.socket.close()

    def cut(self) -> None:
        """It breaks without a word."""
        broken(self._request)
