"""HTTP around a channel whose platform calls us back: verify, decode, desk, encode.

What cannot be trusted gets an empty 403, whatever is wrong with it, and one line of log that holds
the reason alone. Every other request is answered with 200.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from aiohttp import web

from bot.channels.connection import TakesMessages
from bot.channels.envelope import Reason, Rejected
from bot.http import LOGGED
from bot.message import Message
from intents.turn import Reply

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Receiver(Protocol[R_co]):
    """One platform's callback. What cannot be trusted raises Rejected."""

    @property
    def name(self) -> str: ...

    def verify(self, query: Mapping[str, str], now: datetime) -> str: ...

    def decode(self, query: Mapping[str, str], body: bytes, now: datetime) -> R_co: ...


class Verified(Protocol):
    """`message` is None for what needs no answer."""

    @property
    def message(self) -> Message | None: ...


V = TypeVar("V", bound=Verified)


class CallbackChannel(Receiver[V], Protocol[V]):
    """A platform that takes the reply in the answer to its request."""

    def encode(self, reply: Reply, received: V, now: datetime) -> bytes: ...


class Callbacks(Generic[R]):
    """`answer` says what the platform is told, once it is stored; it writes its own line of log."""

    def __init__(
        self, receiver: Receiver[R], answer: Callable[[R], Awaitable[bytes]], clock: Clock
    ) -> None:
        self._receiver = receiver
        self._answer = answer
        self._clock = clock

    async def verify(self, request: web.Request) -> web.Response:
        """The platform's trial call. The plain text alone counts: no quotes, no line end."""
        try:
            return web.Response(text=self._receiver.verify(request.query, self._clock()))
        except Rejected as rejected:
            return refused(self._receiver.name, request, rejected)

    async def receive(self, request: web.Request) -> web.Response:
        try:
            body = await body_of(request)
            received = self._receiver.decode(request.query, body, self._clock())
        except Rejected as rejected:
            return refused(self._receiver.name, request, rejected)
        request[LOGGED] = True
        return _response(await self._answer(received))


def add_receiver(
    app: web.Application,
    path: str,
    receiver: Receiver[R],
    answer: Callable[[R], Awaitable[bytes]],
    clock: Clock,
) -> None:
    """Serve a callback at `path` to which something else than the desk has the answer."""
    callbacks = Callbacks(receiver, answer, clock)
    app.router.add_get(path, callbacks.verify)
    app.router.add_post(path, callbacks.receive)


def add_callbacks(
    app: web.Application,
    path: str,
    channel: CallbackChannel[V],
    desk: TakesMessages,
    clock: Clock,
    silence: bytes = b"",
) -> None:
    """Serve the channel's callback at `path`; `silence` is what says that nothing is said."""

    async def answer(received: V) -> bytes:
        if received.message is None:
            log.info("%s: nothing to answer", channel.name)
            return silence
        started = time.perf_counter()
        answered = await desk.take(received.message)
        sealed = channel.encode(answered.reply, received, clock())
        log_answered(received.message, answered.reply, time.perf_counter() - started)
        return sealed or silence

    add_receiver(app, path, channel, answer, clock)


def refused(name: str, request: web.Request, rejected: Rejected) -> web.Response:
    """The same empty answer to whatever cannot be trusted."""
    request[LOGGED] = True
    log.warning("%s: callback refused: %s", name, rejected.reason)
    return web.Response(status=403)


async def body_of(request: web.Request) -> bytes:
    """Raises Rejected."""
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Rejected(Reason.SIZE) from None


def _response(body: bytes) -> web.Response:
    """Typed by what it is: the family writes XML or JSON, and a bare word where nothing is said."""
    kinds = {b"<": "application/xml", b"{": "application/json"}
    kind = kinds.get(body[:1], "text/plain")
    return web.Response(body=body, content_type=kind, charset="utf-8") if body else web.Response()


def log_answered(message: Message, reply: Reply, seconds: float) -> None:
    """One line a message, without what was said or who said it."""
    log.info("%s: %s %.1f ms", message.sender.channel, reply.kind, seconds * 1000)
