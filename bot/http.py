"""What all of the server's addresses share: limits, errors, headers, and the log of requests."""

from __future__ import annotations

import asyncio
import codecs
import logging
import traceback
from collections.abc import Container
from dataclasses import dataclass

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestPayloadError

from bot.desk import DeskClosed

log = logging.getLogger(__name__)

BODY_SECONDS = 5.0
"""How long a body may take to arrive."""

PATH_CHARACTERS = 200
"""No address here is longer, and no file system takes longer names."""

TAKES_BODY = web.AppKey("takes_body", Container[Handler])
"""Handlers that take the body themselves, by `roomy`, once they know whose request it is."""

LOGGED = web.RequestKey("logged", bool)
"""Set by a handler that has written its own line of log."""


@web.middleware
async def border(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The last border: a fault of ours is an empty 500, which platforms answer with a repeat.

    Its place in the code is logged, its message is not: that may hold what a user wrote.
    """
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except DeskClosed:
        return _refusal(503)
    except Exception as error:
        if isinstance(error, ConnectionError) and _has_gone(request):
            raise
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s in %s\n%s", type(error).__name__, request.method, frames)
        return web.Response(status=500)


@web.middleware
async def well_formed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The whole body is here, in time and in size, before any handler looks at the request."""
    if len(request.rel_url.raw_path) > PATH_CHARACTERS:
        return _refusal(414)
    if not _readable(request.charset):
        return _refusal(415)
    if request.match_info.handler in request.app.get(TAKES_BODY, ()):
        return await handler(request)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            await request.read()
    except TimeoutError:
        return _refusal(408)
    except (RequestPayloadError, ConnectionError):
        return _refusal(400)
    except web.HTTPRequestEntityTooLarge:
        return _refusal(413)
    return await handler(request)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a body is taken, in bytes, and how long it may take to arrive."""

    size: int
    seconds: float


async def roomy(request: web.Request, room: Room) -> web.Request:
    """The request with what was posted, for a handler of `TAKES_BODY`.

    Raises HTTPRequestTimeout, HTTPRequestEntityTooLarge, HTTPBadRequest.
    """
    request = request.clone(client_max_size=room.size)
    try:
        async with asyncio.timeout(room.seconds):
            await request.post()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (RequestPayloadError, ConnectionError, ValueError):
        raise web.HTTPBadRequest from None
    return request


async def plain_server_header(_request: web.Request, response: web.StreamResponse) -> None:
    """No versions of the software for those who look for its holes."""
    response.headers["Server"] = "zhixing"


class AccessLog(AbstractAccessLogger):
    """One line a request, without query strings: they hold signatures and tokens."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        if request.get(LOGGED):
            return
        path = request.rel_url.raw_path[:PATH_CHARACTERS]
        ms = time * 1000
        self.logger.info("%s %s %d %.1f ms", request.method, path, response.status, ms)


def hush_protocol_errors(record: logging.LogRecord) -> bool:
    """A filter: what is not proper HTTP needs a line of log, and no traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError | RequestPayloadError):
        record.msg, record.args = "not proper HTTP: %s", (type(error).__name__,)
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def _has_gone(request: web.Request) -> bool:
    """Whether nobody waits for the answer; else it was our database that could not be reached."""
    return request.transport is None or request.transport.is_closing()


def _readable(charset: str | None) -> bool:
    try:
        codecs.lookup(charset or "utf-8")
    except LookupError:
        return False
    return True


def _refusal(status: int) -> web.Response:
    """Empty; the connection ends, since what is left of the request cannot be trusted."""
    response = web.Response(status=status)
    response.force_close()
    return response
