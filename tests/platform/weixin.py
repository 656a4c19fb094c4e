"""The Official Account's API host as a real HTTP server on loopback, strict about what is
documented; and its users, whose acts open the windows for answers.

Tokens: see `weixin_tokens`. Message kinds, windows and limits: see `weixin_messages`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

from aiohttp import ClientSession, web

from tests.platform.faults import Handler
from tests.platform.loopback import Clock, Json, Loopback, json_object, ok, shaped, wrong
from tests.platform.media import WEIXIN_SIZES, Media
from tests.platform.posting import PATIENCE, deliver
from tests.platform.wecom import Callback
from tests.platform.weixin_account import WeixinAccount
from tests.platform.weixin_messages import Follower, custom_text, data_text, escaped
from tests.platform.weixin_tokens import SECRET as SECRET
from tests.platform.weixin_tokens import WeixinTokens

USER = "oMgHVjngRipVsoxg6TuX3vz6glDg"
CUSTOM = "/cgi-bin/message/custom/send"
TEMPLATE = "/cgi-bin/message/template/send"
NOTIFY = "/cgi-bin/message/subscribe/bizsend"


class Weixin(Loopback):
    """`users`: followers by openid. `permitted`: whether the account may send custom messages
    (48001). `templates`: template ids. `consents`: how many subscribed notifications of a
    template a user agreed to, by (openid, template id). `trusted`: whether our address is let in.
    """

    def __init__(self, clock: Clock, account: WeixinAccount | None = None) -> None:
        super().__init__(clock)
        self.account = account or WeixinAccount()
        self._tokens = WeixinTokens(clock, self.account.app_id, lambda: self.trusted)
        self.stable, self.plain = self._tokens.stable, self._tokens.plain
        self.media = Media(clock, WEIXIN_SIZES)
        self.users = {USER: Follower(clock)}
        self.permitted = self.trusted = True
        self.templates = {"TEMPLATE"}
        self.consents: dict[tuple[str, str], int] = {}
        self._client_ids: set[str] = set()
        self._numbers = itertools.count(200_228_332)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        self._tokens.add_routes(router)
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

    def _refused(self, request: web.Request) -> Json | None:
        return self._tokens.refused(request.query.get("access_token", ""))

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
