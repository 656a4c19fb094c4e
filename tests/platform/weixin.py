"""The Official Account's API host as a real HTTP server on loopback, strict about what is
documented; and its users, whose acts open the windows for answers.

OA stable_token: the same token until 5 minutes before its end, then old and new both work for 5
minutes; force_refresh kills the old one, at most 20 a day and 30 s apart. cgi-bin/token: each call
gives a new one, the old works for 5 minutes more; the two kinds do not mix. Message kinds, windows
and limits: see `weixin_messages`. 40164: not a trusted address. Not documented: the errcode of a
force_refresh too early (45011 here) and of one too many (45009).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

from aiohttp import ClientSession, web

from tests.platform.faults import Handler
from tests.platform.loopback import Clock, Json, Loopback, json_body, json_object, ok, shaped, wrong
from tests.platform.media import WEIXIN_SIZES, Media
from tests.platform.posting import PATIENCE, deliver
from tests.platform.rates import Rate
from tests.platform.tokens import Standing, Tokens
from tests.platform.wecom import Callback
from tests.platform.weixin_account import WeixinAccount
from tests.platform.weixin_messages import Follower, custom_text, data_text, escaped

SECRET = "an-app-secret-of-the-account"
USER = "oMgHVjngRipVsoxg6TuX3vz6glDg"
CUSTOM = "/cgi-bin/message/custom/send"
TEMPLATE = "/cgi-bin/message/template/send"
NOTIFY = "/cgi-bin/message/subscribe/bizsend"
OVERLAP = timedelta(minutes=5)


class Weixin(Loopback):
    """`users`: followers by openid. `permitted`: whether the account may send custom messages
    (48001). `templates`: template ids. `consents`: how many subscribed notifications of a
    template a user agreed to, by (openid, template id). `trusted`: whether our address is let in.
    """

    def __init__(self, clock: Clock, account: WeixinAccount | None = None) -> None:
        super().__init__(clock)
        self.account = account or WeixinAccount()
        self.stable, self.plain = Tokens(clock), Tokens(clock)
        self.media = Media(clock, WEIXIN_SIZES)
        self.users = {USER: Follower(clock)}
        self.permitted = self.trusted = True
        self.templates = {"TEMPLATE"}
        self.consents: dict[tuple[str, str], int] = {}
        self._forced_today = Rate(clock, 20, timedelta(days=1))
        self._forced_just_now = Rate(clock, 1, timedelta(seconds=30))
        self._client_ids: set[str] = set()
        self._numbers = itertools.count(200_228_332)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/cgi-bin/token", self._token)
        router.add_post("/cgi-bin/stable_token", self._stable_token)
        router.add_get("/cgi-bin/getcallbackip", self._callback_ips)
        router.add_post("/cgi-bin/media/upload", self._media_upload)
        router.add_get("/cgi-bin/media/get", self._media_get)
        router.add_post(CUSTOM, self._guarded(self._custom))
        router.add_post(TEMPLATE, self._guarded(self._template))
        router.add_post(NOTIFY, self._guarded(self._notify))

    def says(self, text: str, user: str = USER) -> Callback:
        return self.sends("text", user, Content=text)

    def sends(self, kind: str, user: str = USER, **content: object) -> Callback:
        """Any message: `("voice", MediaId=…, Format="amr", Recognition="…")`."""
        self.user(user).spoke()
        return self.account.message(user, self._now(), kind, **content)

    def taps(self, key: str, user: str = USER) -> Callback:
        """A menu's button."""
        self.user(user).acted()
        return self.account.event(user, self._now(), "CLICK", EventKey=key)

    def follows(self, user: str = USER, scene: str = "") -> Callback:
        """`scene` of the code that was scanned, if one was."""
        self.user(user).follows = True
        self.user(user).acted()
        key = f"qrscene_{scene}" if scene else ""
        return self.account.event(user, self._now(), "subscribe", EventKey=key)

    def scans(self, scene: str, user: str = USER) -> Callback:
        self.user(user).acted()
        return self.account.event(user, self._now(), "SCAN", EventKey=scene, Ticket="TICKET")

    def leaves(self, user: str = USER) -> Callback:
        self.user(user).follows = False
        return self.account.event(user, self._now(), "unsubscribe", EventKey="")

    def user(self, openid: str = USER) -> Follower:
        return self.users.setdefault(openid, Follower(self.clock))

    async def post(
        self,
        http: ClientSession,
        url: str,
        sent: Callback,
        user: str = USER,
        patience: float = PATIENCE,
    ) -> str | None:
        """Posts to us as often as weixin would; what the user reads of it, if anything."""
        text = self.account.shown(await deliver(http, url, sent, patience=patience))
        if text:
            self.arrive(user, text, "passive", "passive", {})
        return text

    def _now(self) -> int:
        return int(self.clock().timestamp())

    async def _token(self, request: web.Request) -> web.Response:
        asked = {**request.query}
        problem = self._credential(asked.get("grant_type"), asked.get("appid"), asked.get("secret"))
        if problem:
            return web.json_response(problem)
        self.plain.renew(keep_old=OVERLAP)
        token, seconds = self.plain.fetch()
        return web.json_response({"access_token": token, "expires_in": seconds})

    async def _stable_token(self, request: web.Request) -> web.Response:
        body = await json_body(request)
        if not shaped(body, {"grant_type", "appid", "secret"}, {"force_refresh"}) or not body:
            return web.json_response(wrong(47001, "data format error"))
        problem = self._credential(body["grant_type"], body["appid"], body["secret"])
        if problem is None and body.get("force_refresh"):
            problem = self._forced()
        elif problem is None and self.stable.left() <= OVERLAP:
            self.stable.renew(keep_old=OVERLAP)
        if problem:
            return web.json_response(problem)
        token, seconds = self.stable.fetch()
        return web.json_response({"access_token": token, "expires_in": seconds})

    def _forced(self) -> Json | None:
        if not self._forced_just_now.take():
            return wrong(45011, "api minute-quota reach limit, try again later")
        if not self._forced_today.take():
            return wrong(45009, "reach max api daily quota limit")
        self.stable.renew()
        return None

    def _credential(self, grant: object, app_id: object, secret: object) -> Json | None:
        if grant != "client_credential":
            return wrong(40002, "invalid grant_type")
        if app_id != self.account.app_id:
            return wrong(40013, "invalid appid")
        if secret != SECRET:
            return wrong(40125, "invalid appsecret")
        return None if self.trusted else wrong(40164, "invalid ip 127.0.0.1, not in whitelist")

    def _refused(self, request: web.Request) -> Json | None:
        token = request.query.get("access_token")
        if not token:
            return wrong(41001, "access_token missing")
        standings = {self.stable.standing(token), self.plain.standing(token)}
        if Standing.VALID not in standings:
            expired = Standing.EXPIRED in standings
            return wrong(42001, "access_token expired") if expired else _INVALID_TOKEN
        return None if self.trusted else wrong(40164, "invalid ip 127.0.0.1, not in whitelist")

    def _guarded(self, call: Callable[[Json], Json]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            refused = self._refused(request)
            body = json_object(escaped(await request.read()))
            if refused is None and body is None:
                refused = wrong(47001, "data format error")
            return web.json_response(refused or call(body or {}))

        return handle

    def _custom(self, body: Json) -> Json:
        text, problem = custom_text(body, self.media)
        if text is None:
            return problem
        follower = self.users.get(body["touser"])
        if not self.permitted:
            return wrong(48001, "api unauthorized")
        if follower is None or not follower.follows:
            return wrong(40003, "invalid openid")
        refused = follower.answered()
        if refused:
            return refused
        self.arrive(body["touser"], text, body["msgtype"], CUSTOM, body)
        return ok()

    def _template(self, body: Json) -> Json:
        known = {"url", "miniprogram", "client_msg_id", "color"}
        text = data_text(body.get("data"))
        if not shaped(body, {"touser", "template_id", "data"}, known) or text is None:
            return wrong(47003, "argument invalid")
        if body["template_id"] not in self.templates:
            return wrong(40037, "invalid template_id")
        follower = self.users.get(body["touser"])
        if follower is None or not follower.follows:
            return wrong(43004, "require subscribe")
        if body.get("client_msg_id", "") not in self._client_ids:
            self.arrive(body["touser"], text, "template", TEMPLATE, body)
        if "client_msg_id" in body:
            self._client_ids.add(body["client_msg_id"])
        return ok(msgid=next(self._numbers))

    def _notify(self, body: Json) -> Json:
        text = data_text(body.get("data"))
        needed = {"touser", "template_id", "data"}
        if not shaped(body, needed, {"page", "miniprogram"}) or text is None:
            return wrong(47003, "argument invalid")
        if body["template_id"] not in self.templates:
            return wrong(40037, "invalid template_id")
        key = (body["touser"], body["template_id"])
        if self.consents.get(key, 0) < 1:
            return wrong(43101, "user refuse to accept the msg")
        self.consents[key] -= 1
        self.arrive(body["touser"], text, "notification", NOTIFY, body)
        return ok()

    async def _callback_ips(self, request: web.Request) -> web.Response:
        return web.json_response(self._refused(request) or {"ip_list": ["127.0.0.1"]})

    async def _media_upload(self, request: web.Request) -> web.Response:
        uploaded = self._refused(request) or await self.media.upload(request)
        if uploaded["errcode"] == 0:
            uploaded = {name: uploaded[name] for name in ("type", "media_id", "created_at")}
        return web.json_response(uploaded)

    async def _media_get(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        return web.json_response(refused) if refused else await self.media.download(request)


_INVALID_TOKEN = wrong(40001, "invalid credential, access_token is invalid or not latest")
