"""What all simulated platforms share: a server on loopback that meets faults and keeps records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.platform.arrivals import Arrival, Arrivals
from tests.platform.faults import Faults, Handler
from tests.platform.news import News

Json = dict[str, Any]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Seen:
    """A request as it came: `body` is the JSON object, or None for anything else."""

    method: str
    path: str
    query: dict[str, str]
    body: Json | None


class Loopback:
    """`base` is the address once it serves; `seen` every request, faulty ones too.

    `in_flight` counts by path what is being answered just now. `news` is told of every request.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.base = ""
        self.faults = Faults()
        self.arrived = Arrivals()
        self.seen: list[Seen] = []
        self.in_flight: Counter[str] = Counter()
        self.news = News()

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 << 20, middlewares=[self._watch])
        self.add_routes(app.router)
        return app

    def add_routes(self, router: web.UrlDispatcher) -> None:
        raise NotImplementedError

    def bodies(self, path: str) -> list[Json]:
        """The JSON bodies of the requests to `path`, in order."""
        return [one.body for one in self.seen if one.path == path and one.body is not None]

    async def until(self, what: Callable[[], bool]) -> None:
        """Waits until that is so; it is looked at with every request, and every frame of a
        socket. TimeoutError when it takes too long."""
        await self.news.until(what)

    def arrive(self, user: str, text: str, kind: str, via: str, body: Json) -> None:
        self.arrived.add(Arrival(user, text, kind, via, self.clock(), body))

    @web.middleware
    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        body = None if request.content_type.startswith("multipart/") else await json_body(request)
        self.seen.append(Seen(request.method, request.path, dict(request.query), body))
        self.in_flight[request.path] += 1
        self.news.tell()
        try:
            fault = self.faults.take(request.path)
            return await (fault(request, handler) if fault else handler(request))
        finally:
            self.in_flight[request.path] -= 1


async def json_body(request: web.Request) -> Json | None:
    """The JSON object in the body, whatever its content type says; None if there is none."""
    return json_object(await request.read())


def json_object(raw: bytes | str) -> Json | None:
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def ok(**more: object) -> Json:
    return {"errcode": 0, "errmsg": "ok", **more}


def wrong(code: int, text: str) -> Json:
    return {"errcode": code, "errmsg": text}


def shaped(body: object, required: Collection[str], optional: Collection[str] = ()) -> bool:
    """An object that has all of `required`, and nothing beyond `optional`."""
    needed = set(required)
    return isinstance(body, dict) and needed <= set(body) <= needed | set(optional)


class Served(Protocol):
    base: str

    def app(self) -> web.Application: ...


Fake = TypeVar("Fake", bound=Served)


@asynccontextmanager
async def serving(fake: Fake) -> AsyncIterator[Fake]:
    """`fake` at work on a free port of this machine; `fake.base` is its address.

    It logs no requests: their addresses hold tokens and secrets.
    """
    server = TestServer(fake.app())
    await server.start_server(access_log=None)
    try:
        fake.base = str(server.make_url("")).rstrip("/")
        yield fake
    finally:
        await server.close()
