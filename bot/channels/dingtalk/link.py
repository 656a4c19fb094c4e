"""One connection of DingTalk's Stream, from its first frame to its last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from aiohttp import ClientWebSocketResponse, WSMsgType

from bot.channels.dingtalk import frames
from bot.channels.dingtalk.frames import BOT, CARD, Frame
from bot.channels.envelope import Rejected
from bot.channels.intake import Intake
from bot.message import Message

log = logging.getLogger(__name__)

DRAIN = 15.0
"""Seconds in which what was told to go is closed (documented: about ten)."""


class Link:
    """`idle`: seconds without a frame after which it counts as dead, though TCP says nothing.

    `useful` tells that messages came.
    """

    def __init__(
        self,
        socket: ClientWebSocketResponse,
        intake: Intake,
        read: Callable[[Frame], Message],
        idle: float,
    ) -> None:
        self._socket = socket
        self._intake = intake
        self._read = read
        self._idle = idle
        self._leaving = asyncio.Event()
        self.useful = False

    async def listen(self) -> None:
        """Until it ends. Raises TimeoutError where it had nothing to say for too long."""
        while True:
            seconds = DRAIN if self._leaving.is_set() else self._idle
            said = await self._socket.receive(timeout=seconds)
            if said.type is not WSMsgType.TEXT:
                return
            try:
                await self._handle(frames.read(said.data))
            except Rejected as rejected:
                log.warning("dingtalk: frame refused: %s", rejected.reason)

    async def until_leaving(self) -> None:
        """Until the gateway wants another connection in its place."""
        await self._leaving.wait()

    async def close(self) -> None:
        await self._socket.close()

    async def _handle(self, frame: Frame) -> None:
        match frame.kind, frame.topic:
            case "SYSTEM", "ping":
                await self._ack(frame, data=frame.data)
            case "SYSTEM", "disconnect":
                self._leaving.set()
            case "CALLBACK", topic if topic in (BOT, CARD):
                self.useful = True
                await self._give(frame)
            case "EVENT", _:
                await self._ack(frame, data=frames.SEEN)
            case _:
                await self._ack(frame, code=404)

    async def _give(self, frame: Frame) -> None:
        """Acknowledged once it is stored, since nobody sends it again."""
        try:
            message = self._read(frame)
        except Rejected:
            await self._ack(frame, code=400)
            raise
        await self._intake.give(message, partial(self._ack, frame))

    async def _ack(self, frame: Frame, code: int = 200, data: str = frames.DONE) -> None:
        with suppress(ConnectionError):  # the link is gone; the message is stored
            await self._socket.send_str(frames.ack(frame, code, data))
