"""WeCom's pages on which people sign in, strict about what is documented.

W98152 wwlogin/sso/login: a QR code; whoever scans it is sent back with a code. W91022
connect/oauth2/authorize, inside WeCom: sent back at once. W91023, W98176: a code is good once, for
five minutes. All on the one loopback host of the API.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from tests.platform.loopback import Clock
from tests.platform.wecom import WeComPlatform

LOGIN = "/wwlogin/sso/login"
OAUTH = "/connect/oauth2/authorize"
_STATE = re.compile(r"[A-Za-z0-9]{1,128}")
_GOOD_FOR = timedelta(minutes=5)


class LoginPages:
    """`scans` is the userid of whoever holds the phone; `trusted` the app's 可信域名, as
    host:port, empty for any."""

    def __init__(self, clock: Clock, app: WeComPlatform) -> None:
        self.scans = "zhangsan"
        self.trusted: Collection[str] = ()
        self._clock = clock
        self._app = app
        self._codes: dict[str, tuple[str, datetime]] = {}
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get(LOGIN, self._login)
        router.add_get(OAUTH, self._oauth)

    def code_for(self, user: str) -> str:
        code = f"CODE{next(self._numbers)}-{'x' * 40}"
        self._codes[code] = (user, self._clock() + _GOOD_FOR)
        return code

    def taken(self, code: str) -> str | None:
        """Whose it was; None for one that is unknown, used or old."""
        user, until = self._codes.pop(code, ("", self._clock()))
        return user if self._clock() < until else None

    async def _login(self, request: web.Request) -> web.Response:
        """A page with a QR code, and a link for what happens once it is scanned."""
        back = self._back(request, {"login_type": "CorpApp"})
        text = "该链接无法访问" if back is None else f'<a href="{escape(back)}">扫码</a>'
        return web.Response(text=f"<!doctype html><p>{text}</p>", content_type="text/html")

    async def _oauth(self, request: web.Request) -> web.Response:
        back = self._back(request, {"response_type": "code", "scope": "snsapi_base"})
        if back is None:
            return web.Response(text="redirect_uri 参数错误")
        raise web.HTTPFound(back)

    def _back(self, request: web.Request, fixed: dict[str, str]) -> str | None:
        query = request.query
        own = {"appid": self._app.corp_id, "agentid": str(self._app.agent_id), **fixed}
        if any(query.get(name) != value for name, value in own.items()):
            return None
        to = query.get("redirect_uri", "")
        known = not self.trusted or urlsplit(to).netloc in self.trusted
        if not known or not _STATE.fullmatch(query.get("state", "")):
            return None
        sign = "&" if urlsplit(to).query else "?"
        told = {"code": self.code_for(self.scans), "state": query["state"]}
        return f"{to}{sign}{urlencode(told)}"
