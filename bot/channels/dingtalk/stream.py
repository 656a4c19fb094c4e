"""DingTalk by Stream: a connection that is always there, opened from our side.

developerpedia, Stream 模式. While none is open the platform's messages are lost for good. So the
next is opened as soon as one is told to go, before that one ends; one that ends after it was of use
is followed at once; only what does not work is tried less and less often.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWSTimeout

from bot.channels.dingtalk.frames import Frame
from bot.channels.dingtalk.gateway import Gateway, NoDoor
from bot.channels.dingtalk.link import Link
from bot.channels.intake import Intake, Pause
from bot.channels.patience import Patience
from bot.message import Message

log = logging.getLogger(__name__)

IDLE = 180.0
"""Seconds of silence after which a link is taken for dead. How often the gateway pings is not
documented; TCP itself is probed every 30 s."""

_PROVEN = timedelta(minutes=1)
_CONNECT_SECONDS = 10.0
_FRAME_BYTES = 256 * 1024
_TIMEOUTS = ClientWSTimeout(ws_close=0.5)


class Stream:
    def __init__(
        self,
        session: ClientSession,
        gateway: Gateway,
        intake: Intake,
        read: Callable[[Frame], Message],
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        *,
        pause: Pause = asyncio.sleep,
        idle: float = IDLE,
    ) -> None:
        self._session = session
        self._gateway = gateway
        self._intake = intake
        self._read = read
        self._clock = clock
        self._patience = Patience(jitter)
        self._pause = pause
        self._idle = idle
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until it is cancelled."""
        try:
            while True:
                if await self._one():
                    self._patience.reset()
                else:
                    await self._pause(self._patience.wait())
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._intake.close()

    async def _one(self) -> bool:
        """A connection until the next is wanted: whether it is wanted at once."""
        link = await self._connected()
        if link is None:
            return False
        since = self._clock()
        held, leaving = self._start(_hold(link)), self._start(link.until_leaving())
        await asyncio.wait({held, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        return link.useful or self._clock() - since >= _PROVEN

    async def _connected(self) -> Link | None:
        try:
            door = await self._gateway.door()
            async with asyncio.timeout(_CONNECT_SECONDS):
                socket = await self._session.ws_connect(
                    door.endpoint,
                    params={"ticket": door.ticket},
                    heartbeat=30,
                    max_msg_size=_FRAME_BYTES,
                    timeout=_TIMEOUTS,
                )
        except NoDoor as problem:
            log.warning("dingtalk: no connection: %s", problem)
            return None
        except (ClientError, TimeoutError, OSError) as error:  # their texts hold the ticket
            log.warning("dingtalk: no connection: %s", type(error).__name__)
            return None
        log.info("dingtalk: connected")
        return Link(socket, self._intake, self._read, self._idle)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _hold(link: Link) -> None:
    try:
        await link.listen()
        log.info("dingtalk: a link has ended")
    except Exception as error:  # a named border: the next link may be better
        log.warning("dingtalk: a link is lost: %s", type(error).__name__)
    finally:
        await link.close()
