"""WeCom's API host as a real HTTP server on loopback, strict about what is documented.

W91039 gettoken: the same token while valid; dead tokens are 40014, old ones 42001, none 41001;
a wrong secret is 40001, a wrong corporation 40013. W90236 message/send (see app_messages): unknown
members come back lower-cased, none known is 81013, agentid 40056, identical repeats are swallowed
if asked. W90312/W90454: 30 messages a minute and 1000 an hour to one member, the rest is dropped;
its errcode is not documented (45009 here). Calls at once beyond `parallel`: 45033 (the number is
what others measured). 60020: not a trusted address. W90253 media, W98176 auth/getuserinfo,
W90238 getcallbackip, signing in: see `wecom_pages`, kf: see `kf`, group robots: see `robots`.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from tests.platform.app_messages import shown
from tests.platform.faults import Handler
from tests.platform.kf import Kf
from tests.platform.kf_customers import Wake
from tests.platform.loopback import Clock, Json, Loopback, json_body, ok, wrong
from tests.platform.media import WECOM_SIZES, Media
from tests.platform.rates import Rate
from tests.platform.robots import FakeRobots
from tests.platform.tokens import Standing, Tokens
from tests.platform.wecom import Callback, WeComPlatform
from tests.platform.wecom_pages import LoginPages

SEND = "/cgi-bin/message/send"
SECRET = "an-app-secret-of-forty-three-characters-abc"
PARALLEL = 5
_STANDINGS = {
    Standing.UNKNOWN: wrong(40014, "invalid access_token"),
    Standing.EXPIRED: wrong(42001, "access_token expired"),
}
_DOUBLES = timedelta(seconds=1800)


class QyApi(Loopback):
    """`members`: userids that the app may reach. `trusted`: whether our address is let in.

    `tokens` and `kf` let a test kill a token or act for customers; `pages` are those on which
    people sign in; `callbacks` says what WeCom posts to us.
    """

    def __init__(self, clock: Clock, callbacks: WeComPlatform | None = None) -> None:
        super().__init__(clock)
        self.callbacks = callbacks or WeComPlatform()
        self.members = {"zhangsan", "lisi", "wangwu"}
        self.trusted = True
        self.parallel = PARALLEL
        self.tokens = Tokens(clock)
        self.media = Media(clock, WECOM_SIZES)
        self.kf = Kf(clock, self.arrived, self.media)
        self.robots = FakeRobots(clock)
        self.pages = LoginPages(clock, self.callbacks)
        self._minute = Rate(clock, 30, timedelta(minutes=1))
        self._hour = Rate(clock, 1000, timedelta(hours=1))
        self._recent: dict[str, datetime] = {}
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/cgi-bin/gettoken", self._gettoken)
        router.add_get("/cgi-bin/getcallbackip", self._callback_ips)
        router.add_get("/cgi-bin/auth/getuserinfo", self._userinfo)
        router.add_get("/cgi-bin/media/get", self._media_get)
        router.add_post("/cgi-bin/media/upload", self._media_upload)
        router.add_post(SEND, self._guarded(self._send))
        for path, call in self.kf.calls().items():
            router.add_post(path, self._guarded(call))
        self.robots.add_wecom(router)
        self.pages.add_routes(router)

    def kf_callback(self, wake: Wake) -> Callback:
        """The sealed kf_msg_or_event: no sender, no application, no MsgId (W94670)."""
        now = int(self.clock().timestamp())
        xml = self.callbacks.xml(
            FromUserName=None,
            MsgId=None,
            AgentID=None,
            CreateTime=str(now),
            MsgType="event",
            Event="kf_msg_or_event",
            Token=wake.token,
            OpenKfId=wake.open_kfid,
        )
        return self.callbacks.sealed(xml, now)

    async def _gettoken(self, request: web.Request) -> web.Response:
        if request.query.get("corpid") != self.callbacks.corp_id:
            return web.json_response(wrong(40013, "invalid corpid"))
        if request.query.get("corpsecret") != SECRET:
            return web.json_response(wrong(40001, "invalid credential"))
        token, seconds = self.tokens.fetch()
        return web.json_response(ok(access_token=token, expires_in=seconds))

    def _refused(self, request: web.Request) -> Json | None:
        token = request.query.get("access_token")
        if not token:
            return wrong(41001, "access_token missing")
        if problem := _STANDINGS.get(self.tokens.standing(token)):
            return problem
        if not self.trusted:
            return wrong(60020, "not allow to access from your ip")
        busy = self.in_flight[request.path] > self.parallel
        return wrong(45033, "api concurrent out of limit") if busy else None

    def _guarded(self, call: Callable[[Json], Json]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            body = await json_body(request)
            refused = self._refused(request)
            if refused is None and body is None:
                refused = wrong(47001, "data format error")
            return web.json_response(refused or call(body or {}))

        return handle

    def _send(self, body: Json) -> Json:
        text, error = shown(body, self.media)
        if text is None:
            return error or wrong(40058, "invalid Request Parameter")
        if body["agentid"] != self.callbacks.agent_id:
            return wrong(40056, "invalid agentid")
        known, unknown = self._receivers(body)
        if not known:
            return wrong(81013, "user & party & tag all invalid")
        if self._swallowed(body):
            return self._sent(body, unknown)
        if not all(self._minute.allows(one) and self._hour.allows(one) for one in known):
            return wrong(45009, "api freq out of limit")
        for member in known:
            self._minute.take(member)
            self._hour.take(member)
            self.arrive(member, text, body["msgtype"], SEND, body)
        return self._sent(body, unknown)

    def _sent(self, body: Json, unknown: list[str]) -> Json:
        card = {"response_code": f"RC{next(self._numbers)}"}
        nobody = {"invaliduser": "|".join(unknown), "invalidparty": "", "invalidtag": ""}
        more = card if body["msgtype"] == "template_card" else {}
        return ok(**nobody, unlicenseduser="", msgid=f"msg{next(self._numbers)}", **more)

    def _receivers(self, body: Json) -> tuple[list[str], list[str]]:
        """Who is reached, and who is not known; parties and tags have nobody in them here."""
        touser = body.get("touser", "")
        if touser == "@all":
            return sorted(self.members), []
        named = [one for one in str(touser).split("|") if one]
        lower = {one.lower(): one for one in self.members}
        known = [lower[one.lower()] for one in named if one.lower() in lower]
        unknown = [one.lower() for one in named if one.lower() not in lower]
        return (known, unknown) if len(named) <= 1000 else ([], unknown)

    def _swallowed(self, body: Json) -> bool:
        """Whether this is an identical request within its interval, and asked to be checked."""
        if body.get("enable_duplicate_check") != 1:
            return False
        now, key = self.clock(), json.dumps(body, sort_keys=True)
        before = self._recent.get(key)
        span = timedelta(seconds=body.get("duplicate_check_interval", _DOUBLES.total_seconds()))
        if before is not None and now - before < span:
            return True
        self._recent[key] = now
        return False

    async def _callback_ips(self, request: web.Request) -> web.Response:
        return web.json_response(self._refused(request) or ok(ip_list=["127.0.0.1"]))

    async def _userinfo(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        if refused:
            return web.json_response(refused)
        user = self.pages.taken(request.query.get("code", ""))
        if user is None:
            return web.json_response(wrong(40029, "invalid code"))
        if user in self.members:
            return web.json_response(ok(userid=user, user_ticket=""))
        return web.json_response(ok(openid=user, external_userid=""))

    async def _media_upload(self, request: web.Request) -> web.Response:
        uploaded = self._refused(request) or await self.media.upload(request)
        if "created_at" in uploaded:
            uploaded["created_at"] = str(uploaded["created_at"])
        return web.json_response(uploaded)

    async def _media_get(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        return web.json_response(refused) if refused else await self.media.download(request)
