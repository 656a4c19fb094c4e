"""Both group robots as one real HTTP server on loopback, strict about what is documented.

WeCom doc path/91770 and path/99110; DingTalk open platform, custom robot: body shapes, sizes,
signature, 20 messages a minute, and error codes with HTTP status 200.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from tests.platform.loopback import json_object
from tests.platform.loopback import serving as serving
from tests.platform.rates import Rate

WECOM_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
DING_TOKEN = "566cc69da782ec33e8d8f0a1d0a3a0d2"
DING_SECRET = "this is secret"

Special = Callable[[], web.StreamResponse]


@dataclass
class FakeRobots:
    """`arrived`: the markdown texts that a group would show, in order, by platform.

    `specials`: answers to give instead, one a request, before the platform looks at anything.
    `codes`: every errcode that was answered. `clock`: what the platform takes for now. `news` is
    set with each text that arrives.
    """

    clock: Callable[[], datetime]
    base: str = ""
    arrived: dict[str, list[str]] = field(default_factory=lambda: {"wecom": [], "dingtalk": []})
    titles: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    requests: int = 0
    specials: deque[Special] = field(default_factory=deque)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _rate: Rate = field(init=False)

    def __post_init__(self) -> None:
        self._rate = Rate(self.clock, 20, timedelta(minutes=1))

    def app(self) -> web.Application:
        app = web.Application(client_max_size=1 << 20)
        self.add_wecom(app.router)
        self.add_dingtalk(app.router)
        return app

    def add_wecom(self, router: web.UrlDispatcher) -> None:
        router.add_post("/cgi-bin/webhook/send", self._wecom)

    def add_dingtalk(self, router: web.UrlDispatcher) -> None:
        router.add_post("/robot/send", self._dingtalk)

    async def _wecom(self, request: web.Request) -> web.StreamResponse:
        return await self._take(request, "wecom", wecom_verdict, "45009 api freq out of limit")

    async def _dingtalk(self, request: web.Request) -> web.StreamResponse:
        too_fast = "130101 send too fast, exceed 20 times per minute"
        return await self._take(request, "dingtalk", self._ding_verdict, too_fast)

    def _ding_verdict(self, request: web.Request, raw: bytes) -> str | None:
        return dingtalk_verdict(request, raw, self.clock())

    async def _take(
        self,
        request: web.Request,
        kind: str,
        verdict: Callable[[web.Request, bytes], str | None],
        too_fast: str,
    ) -> web.StreamResponse:
        self.requests += 1
        raw = await request.read()
        if self.specials:
            return self.specials.popleft()()
        wrong = verdict(request, raw) or (None if self._rate.take(kind) else too_fast)
        if wrong:
            return self._errcode(int(wrong.split(" ", 1)[0]), wrong.split(" ", 1)[1])
        markdown = json.loads(raw)["markdown"]
        self.arrived[kind].append(markdown["content" if kind == "wecom" else "text"])
        self.titles.append(markdown.get("title", ""))
        self.news.set()
        return self._errcode(0, "ok")

    def _errcode(self, code: int, text: str) -> web.Response:
        self.codes.append(code)
        return web.json_response({"errcode": code, "errmsg": text})


def answering(status: int, body: str = "") -> Special:
    return lambda: web.Response(status=status, text=body)


def errcode(code: int) -> Special:
    return lambda: web.json_response({"errcode": code, "errmsg": "planned"})


def redirecting(to: str) -> Special:
    return lambda: web.Response(status=302, headers={"Location": to})


def wecom_verdict(request: web.Request, raw: bytes) -> str | None:
    """`code text` of the error, or None. The documented example: path/99110, markdown."""
    if dict(request.query) != {"key": WECOM_KEY}:
        return "93000 invalid webhook url"
    body = json_object(raw)
    if body is None or set(body) != {"msgtype", "markdown"} or body["msgtype"] != "markdown":
        return "40008 invalid message type"
    markdown = body["markdown"]
    if not isinstance(markdown, dict) or set(markdown) != {"content"}:
        return "40008 invalid message type"
    size = len(markdown["content"].encode())
    if size > 4096:
        return "40058 markdown.content exceed max length 4096"
    return None if size else "44004 content size out of limit"


def dingtalk_verdict(request: web.Request, raw: bytes, now: datetime) -> str | None:
    """`code text` of the error, or None. The documented example: markdown with a sign."""
    query = dict(request.query)
    if query.get("access_token") != DING_TOKEN:
        return "310000 token is not exist"
    if not _signed(query, now):
        return "310000 sign not match"
    if len(raw) > 20_000:
        return "460101 message too long, exceed 20000 bytes"
    body = json_object(raw)
    if body is None or not {"msgtype", "markdown"} <= set(body) <= {"msgtype", "markdown", "at"}:
        return "40035 invalid parameter"
    markdown = body["markdown"]
    shape = isinstance(markdown, dict) and set(markdown) == {"title", "text"}
    return None if shape and all(markdown.values()) else "40035 invalid parameter"


def _signed(query: dict[str, str], now: datetime) -> bool:
    timestamp = query.get("timestamp", "")
    if not timestamp.isdigit() or abs(now.timestamp() * 1000 - int(timestamp)) > 3_600_000:
        return False
    mac = hmac.new(DING_SECRET.encode(), f"{timestamp}\n{DING_SECRET}".encode(), hashlib.sha256)
    return query.get("sign") == base64.b64encode(mac.digest()).decode()
