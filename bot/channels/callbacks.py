"""HTTP around a channel whose platform calls us back: verify, decode, desk, encode.

What cannot be trusted gets an empty 403, or 413 for its size, and one line of log that holds the
reason alone. Every other request is answered with 200.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from aiohttp import web

from bot.channels.envelope import Reason, Rejected
from bot.http import LOGGED
from bot.message import Message
from intents.turn import Reply

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Verified(Protocol):
    """`message` is None for what needs no answer."""

    @property
    def message(self) -> Message | None: ...


R = TypeVar("R", bound=Verified)


class CallbackChannel(Protocol[R]):
    @property
    def name(self) -> str: ...

    def verify(self, query: Mapping[str, str], now: datetime) -> str: ...

    def decode(self, query: Mapping[str, str], body: bytes, now: datetime) -> R: ...

    def encode(self, reply: Reply, received: R, now: datetime) -> bytes: ...


class Answer(Protocol):
    @property
    def reply(self) -> Reply: ...


class TakesMessages(Protocol):
    """The desk, as far as a channel knows it."""

    async def take(self, message: Message) -> Answer: ...


class Callbacks(Generic[R]):
    def __init__(self, channel: CallbackChannel[R], desk: TakesMessages, clock: Clock) -> None:
        self._channel = channel
        self._desk = desk
        self._clock = clock

    async def verify(self, request: web.Request) -> web.Response:
        """The platform's trial call. The plain text alone counts: no quotes, no line end."""
        try:
            return web.Response(text=self._channel.verify(request.query, self._clock()))
        except Rejected as rejected:
            return self._refuse(request, rejected)

    async def receive(self, request: web.Request) -> web.Response:
        started = time.perf_counter()
        try:
            body = await _body(request)
            received = self._channel.decode(request.query, body, self._clock())
        except Rejected as rejected:
            return self._refuse(request, rejected)
        if received.message is None:
            return web.Response()
        request[LOGGED] = True
        answer = await self._desk.take(received.message)
        sealed = self._channel.encode(answer.reply, received, self._clock())
        _log_answered(received.message, answer.reply, time.perf_counter() - started)
        return web.Response(body=sealed, content_type="application/xml", charset="utf-8")

    def _refuse(self, request: web.Request, rejected: Rejected) -> web.Response:
        request[LOGGED] = True
        log.warning("%s: callback refused: %s", self._channel.name, rejected.reason)
        return web.Response(status=413 if rejected.reason is Reason.SIZE else 403)


def add_callbacks(
    app: web.Application,
    path: str,
    channel: CallbackChannel[R],
    desk: TakesMessages,
    clock: Clock,
) -> None:
    """Serve the channel's callback at `path`."""
    callbacks = Callbacks(channel, desk, clock)
    app.router.add_get(path, callbacks.verify)
    app.router.add_post(path, callbacks.receive)


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Rejected(Reason.SIZE) from None


def _log_answered(message: Message, reply: Reply, seconds: float) -> None:
    """One line a message, without what was said or who said it."""
    channel = message.sender.channel
    short = hashlib.sha256(f"{channel}:{message.id}".encode()).hexdigest()[:12]
    log.info("%s: %s %s %.1f ms", channel, short, reply.kind, seconds * 1000)
