"""DingTalk's Stream gateway: a ticket over HTTP, then frames over a WebSocket.

developerpedia, stream protocol: the ticket is good for 90 s and one connection; `data` is a JSON
string; SYSTEM ping is answered with the same data, SYSTEM disconnect not at all, and the server
closes about 10 s later; an EVENT comes again until it is acknowledged. Robot messages and card
callbacks go to one connection picked by chance and are never sent again, acknowledged or not.
How often the gateway pings is not documented: here only when a test says so.
"""

from __future__ import annotations

import itertools
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from tests.platform.loopback import Json, json_body, json_object, shaped
from tests.platform.news import News
from tests.platform.stream_frames import ack_problem, framed
from tests.platform.wire import Wire

OPEN = "/v1.0/gateway/connections/open"
CONNECT = "/connect"
BOT_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"
TICKET_LASTS = timedelta(seconds=90)


@dataclass(eq=False)
class Link:
    """One live connection; `delivered` counts the frames that it was sent."""

    wire: Wire
    topics: frozenset[tuple[str, str]]
    delivered: int = 0

    def takes(self, kind: str, topic: str) -> bool:
        return (kind, topic) in self.topics or (kind, "*") in self.topics


@dataclass
class StreamGateway:
    """`acks`: the acknowledgement of each message id, as it came; `broken`: what was no proper one.

    `lost`: data of callbacks that found no connection. `silent`: connections stay open, but
    nothing comes through them any more, not even a pong. `drop_after`: each connection is told to
    disconnect and closed after so many frames (0: never); with `rudely` it breaks without a word.
    """

    clock: Callable[[], datetime]
    client_id: str
    client_secret: str
    acks: dict[str, Json] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    lost: list[Json] = field(default_factory=list)
    opened: int = 0
    silent: bool = False
    drop_after: int = 0
    rudely: bool = False
    links: list[Link] = field(default_factory=list)
    _tickets: dict[str, tuple[datetime, frozenset[tuple[str, str]]]] = field(default_factory=dict)
    _unacknowledged: deque[Json] = field(default_factory=deque)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _chance: random.Random = field(default_factory=lambda: random.Random(0))
    _news: News = field(default_factory=News)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_post(OPEN, self._open)
        router.add_get(CONNECT, self._connect)

    async def until(self, what: Callable[[], bool]) -> None:
        """Waits until that is so; it is looked at whenever a link or an acknowledgement comes."""
        await self._news.until(what)

    async def connected(self, count: int = 1) -> None:
        await self.until(lambda: len(self.links) >= count)

    async def acknowledged(self, message_id: str) -> Json:
        await self.until(lambda: message_id in self.acks)
        return self.acks[message_id]

    async def say(self, message: Json) -> str | None:
        """A robot message to one connection; None if it is lost. See `DingTalk.message`."""
        return await self.callback(BOT_TOPIC, message)

    async def press(self, data: Json) -> str | None:
        """A press on a card. See `DingTalk.pressed`."""
        return await self.callback(CARD_TOPIC, data)

    async def callback(self, topic: str, data: Json) -> str | None:
        """The message id of the frame, or None if nobody was there to take it."""
        frame = self._frame("CALLBACK", {"topic": topic}, data)
        if await self._to_one(frame):
            return str(frame["headers"]["messageId"])
        self.lost.append(data)
        return None

    async def event(self, event_type: str, data: Json) -> str:
        """Kept until it is acknowledged; `redeliver` sends again what is not."""
        named = {"topic": "*", "eventType": event_type, "eventId": f"event{next(self._numbers)}"}
        born = {"eventBornTime": self._now(), "eventCorpId": "dingcorp"}
        frame = self._frame("EVENT", {**named, **born}, data)
        self._unacknowledged.append(frame)
        await self._to_one(frame)
        return str(frame["headers"]["messageId"])

    async def redeliver(self) -> int:
        """All events without a success, once more; how many they were."""
        waiting = list(self._unacknowledged)
        for frame in waiting:
            await self._to_one(frame)
        return len(waiting)

    async def ping(self) -> list[str]:
        """A SYSTEM ping to every connection; the message ids to look for in `acks`."""
        return [await self._system(link, "ping", {"opaque": "123"}) for link in list(self.links)]

    async def disconnect(self) -> None:
        """Every connection is told to go, then closed."""
        for link in list(self.links):
            await self._drop(link)

    async def _system(self, link: Link, topic: str, data: Json) -> str:
        frame = self._frame("SYSTEM", {"topic": topic}, data)
        await self._send(link, frame)
        return str(frame["headers"]["messageId"])

    async def _drop(self, link: Link) -> None:
        if self.rudely:
            self._forget(link)
            link.wire.cut()
            return
        await self._system(link, "disconnect", {"reason": "connection is expired"})
        self._forget(link)
        await link.wire.close()

    def _forget(self, link: Link) -> None:
        if link in self.links:
            self.links.remove(link)

    async def _to_one(self, frame: Json) -> bool:
        topic = frame["headers"]["topic"]
        able = [one for one in self.links if one.takes(frame["type"], topic)]
        if not able:
            return False
        link = self._chance.choice(able)
        if not await self._send(link, frame):
            return False
        link.delivered += 1
        if self.drop_after and link.delivered >= self.drop_after:
            await self._drop(link)
        return True

    async def _send(self, link: Link, frame: Json) -> bool:
        sent = await link.wire.send(frame)
        if not sent and not self.silent:
            self._forget(link)
        return sent

    def _frame(self, kind: str, headers: Json, data: Json) -> Json:
        return framed(kind, f"message{next(self._numbers)}", self._now(), headers, data)

    def _now(self) -> int:
        return int(self.clock().timestamp() * 1000)

    async def _open(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        needed = {"clientId", "clientSecret", "subscriptions"}
        if not shaped(body, needed, {"ua", "localIp"}) or body is None:
            return _refused(400, "invalidParameter")
        if (body["clientId"], body["clientSecret"]) != (self.client_id, self.client_secret):
            return _refused(401, "authFailed")
        wanted = body["subscriptions"]
        if not isinstance(wanted, list) or not all(shaped(w, {"type", "topic"}) for w in wanted):
            return _refused(400, "invalidParameter.subscriptions")
        ticket = f"ticket-{next(self._numbers)}"
        topics = frozenset((one["type"], one["topic"]) for one in wanted)
        self._tickets[ticket] = (self.clock(), topics)
        return web.json_response({"endpoint": f"ws://{request.host}{CONNECT}", "ticket": ticket})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        at, topics = self._tickets.pop(request.query.get("ticket", ""), (None, frozenset()))
        if at is None or self.clock() - at >= TICKET_LASTS:
            return web.Response(status=401)
        wire = Wire(request, lambda: self.silent)
        await wire.open()
        link = Link(wire, topics)
        self.opened += 1
        self.links.append(link)
        self._news.tell()
        try:
            async for text in wire.texts():
                self._acknowledge(text)
                self._news.tell()
        finally:
            self._forget(link)
            self._news.tell()
        return wire.socket

    def _acknowledge(self, raw: str) -> None:
        ack = json_object(raw)
        problem = ack_problem(ack)
        if problem or ack is None:
            self.broken.append(problem)
            return
        message_id = ack["headers"]["messageId"]
        self.acks[message_id] = ack
        later = (json_object(ack["data"]) or {}).get("status") == "LATER"
        if ack["code"] == 200 and not later:
            kept = [f for f in self._unacknowledged if f["headers"]["messageId"] != message_id]
            self._unacknowledged = deque(kept)


def _refused(status: int, code: str) -> web.Response:
    problem: dict[str, Any] = {"code": code, "message": code, "requestid": "request"}
    return web.json_response(problem, status=status)
