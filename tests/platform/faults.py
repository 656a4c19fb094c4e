"""What may go wrong with one request to a simulated platform, on purpose.

A fault takes the place of the platform's answer to the next request, or wraps it:
`fake.faults.then(errcode(45009), reset(), path="/cgi-bin/message/send")`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


class Faults:
    """Queued faults are used up one a request, in order; standing ones stay until `clear`."""

    def __init__(self) -> None:
        self._queued: list[tuple[str, Fault]] = []
        self._standing: list[tuple[str, Fault]] = []

    def then(self, *faults: Fault, path: str = "") -> None:
        """For the next requests, one each; only for requests to `path` if it is given."""
        self._queued += [(path, fault) for fault in faults]

    def always(self, fault: Fault, path: str = "") -> None:
        """For every request from now on that no queued fault is meant for."""
        self._standing.append((path, fault))

    def clear(self) -> None:
        self._queued.clear()
        self._standing.clear()

    def take(self, path: str) -> Fault | None:
        """The fault that this request meets, if any."""
        for index, (only, fault) in enumerate(self._queued):
            if only in ("", path):
                del self._queued[index]
                return fault
        return next((fault for only, fault in self._standing if only in ("", path)), None)


def errcode(code: int, text: str = "planned") -> Fault:
    """Refused with HTTP 200, as qyapi, weixin and oapi.dingtalk do; nothing takes effect."""
    return answered({"errcode": code, "errmsg": text})


def answered(body: dict[str, Any], status: int = 200) -> Fault:
    """That JSON in place of the platform's; nothing takes effect."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return fault


def status(code: int, text: str = "") -> Fault:
    """Only an HTTP status, as a gateway before the platform gives it; nothing takes effect."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.Response(status=code, text=text)

    return fault


def redirected(to: str) -> Fault:
    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": to})

    return fault


def reset() -> Fault:
    """The connection breaks before anything took effect."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        broken(request)
        return web.Response()

    return fault


def unanswered() -> Fault:
    """It takes effect, then the connection breaks: done, but the caller is never told."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        await handler(request)
        broken(request)
        return web.Response()

    return fault


def slow(seconds: float) -> Fault:
    """Takes effect and answers after that time; a caller who went away meanwhile stops it."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await handler(request)

    return fault


def held(until: asyncio.Event) -> Fault:
    """Nothing happens until the event is set; then all goes on."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        await until.wait()
        return await handler(request)

    return fault


def effective_but_held(until: asyncio.Event) -> Fault:
    """It takes effect at once; the answer waits for the event."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        await until.wait()
        return answer

    return fault


def after(what: Callable[[], object]) -> Fault:
    """First that happens (a token dies, a user leaves), then the platform answers as it does."""

    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        what()
        return await handler(request)

    return fault


def broken(request: web.Request) -> None:
    """The connection of a request, or of its WebSocket, breaks without a word."""
    if request.transport is not None:
        request.transport.abort()
