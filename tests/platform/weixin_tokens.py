"""Tokens of an Official Account, of two kinds that do not mix.

OA stable_token: the same token until 5 minutes before its end, then old and new both work for 5
minutes; force_refresh kills the old one, at most 20 a day and 30 s apart. cgi-bin/token: each call
gives a new one, the old works for 5 minutes more. 40164: not a trusted address. Not documented:
the errcode of a force_refresh too early (45011 here) and of one too many (45009).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from aiohttp import web

from tests.platform.loopback import Clock, Json, json_body, shaped, wrong
from tests.platform.rates import Rate
from tests.platform.tokens import Standing, Tokens

SECRET = "an-app-secret-of-the-account"
OVERLAP = timedelta(minutes=5)


class WeixinTokens:
    """`trusted()`: whether our address is let in."""

    def __init__(self, clock: Clock, app_id: str, trusted: Callable[[], bool]) -> None:
        self.stable, self.plain = Tokens(clock), Tokens(clock)
        self._app_id, self._trusted = app_id, trusted
        self._forced_today = Rate(clock, 20, timedelta(days=1))
        self._forced_just_now = Rate(clock, 1, timedelta(seconds=30))

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/cgi-bin/token", self._token)
        router.add_post("/cgi-bin/stable_token", self._stable_token)

    def refused(self, token: str) -> Json | None:
        """The error that a call with that token meets."""
        if not token:
            return wrong(41001, "access_token missing")
        standings = {self.stable.standing(token), self.plain.standing(token)}
        if Standing.EXPIRED in standings:
            return wrong(42001, "access_token expired")
        if Standing.VALID not in standings:
            return wrong(40001, "invalid credential, access_token is invalid or not latest")
        return self._stranger()

    async def _token(self, request: web.Request) -> web.Response:
        asked = request.query
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
        if app_id != self._app_id:
            return wrong(40013, "invalid appid")
        if secret != SECRET:
            return wrong(40125, "invalid appsecret")
        return self._stranger()

    def _stranger(self) -> Json | None:
        return None if self._trusted() else wrong(40164, "invalid ip, not in whitelist")
