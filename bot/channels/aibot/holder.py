"""The one connection that a 智能机器人 may have (W101463): held by the worker with the lease.

The others stand by, and take over when it dies. Somebody else's program that connects as our bot
throws us out: then we leave it alone for a while instead of throwing it out in turn, and say so in
the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWSTimeout

from bot.channels.aibot.link import Hear, Link
from bot.channels.intake import Pause
from bot.channels.lease import Lease
from bot.channels.patience import Patience
from bot.platforms.calls import Unreachable

log = logging.getLogger(__name__)

STAND_BY = 2.0
OUSTED = 300.0
BEAT = 30.0
IDLE = 75.0
"""Seconds: until a worker that stands by asks again; that another program is left alone; between
pings; without a frame after which a link counts as dead."""

_PROVEN = timedelta(minutes=1)
_CONNECT_SECONDS = 10.0
_FRAME_BYTES = 256 * 1024
_TIMEOUTS = ClientWSTimeout(ws_close=0.5)


class Holder:
    """`url` is where the WebSocket is. `link` is there while this process holds the connection."""

    def __init__(
        self,
        session: ClientSession,
        url: str,
        bot_id: str,
        secret: str,
        lease: Lease,
        hear: Hear,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        *,
        pause: Pause = asyncio.sleep,
        idle: float = IDLE,
    ) -> None:
        self._session = session
        self._url = url
        self._bot_id = bot_id
        self._secret = secret
        self._lease = lease
        self._hear = hear
        self._clock = clock
        self._patience = Patience(jitter)
        self._pause = pause
        self._idle = idle
        self.link: Link | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        try:
            while True:
                if await self._has_lease():
                    await _first_of(self._lease.keep(), self._stay_connected())
                    log.warning("aibot: the lease is lost")
                await self._pause(STAND_BY)
        finally:
            await self._lease.release()

    async def _has_lease(self) -> bool:
        try:
            return await self._lease.hold()
        except Exception as error:  # a named border: whatever ails the database, it may pass
            log.warning("aibot: no lease: %s", type(error).__name__)
            return False

    async def _stay_connected(self) -> None:
        while True:
            if await self._one():
                self._patience.reset()
            else:
                await self._pause(self._patience.wait())

    async def _one(self) -> bool:
        """A connection from end to end: whether the next is to be made at once."""
        link = await self._connected()
        if link is None:
            return False
        since = self._clock()
        try:
            await _first_of(self._listen(link), self._serve(link))
        finally:
            self.link = None
            await link.close()
        if link.ousted:
            log.error("aibot: another program has connected as this bot: stop one of the two")
            await self._pause(OUSTED)
        return link.useful or self._clock() - since >= _PROVEN

    async def _connected(self) -> Link | None:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                socket = await self._session.ws_connect(
                    self._url, heartbeat=BEAT, max_msg_size=_FRAME_BYTES, timeout=_TIMEOUTS
                )
        except (ClientError, TimeoutError, OSError) as error:
            log.warning("aibot: no connection: %s", type(error).__name__)
            return None
        return Link(socket, self._hear, self._idle)

    async def _listen(self, link: Link) -> None:
        try:
            await link.listen()
            log.info("aibot: the link has ended")
        except Exception as error:  # a named border: the next link may be better
            log.warning("aibot: the link is lost: %s", type(error).__name__)

    async def _serve(self, link: Link) -> None:
        """Subscribes, then keeps the link alive; returns where that cannot be."""
        with suppress(Unreachable):
            answer = await link.subscribe(self._bot_id, self._secret)
            if answer.errcode != 0:
                log.error("aibot: errcode %s: mend aibot: bot_id, secret", answer.errcode)
                return
            self.link = link
            log.info("aibot: connected")
            while True:
                await self._pause(BEAT)
                await link.ping()


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Until one of them ends; the others are cancelled then, and so are all where this is."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
