"""The 公众号 API (api.weixin.qq.com) of one account.

developers.weixin.qq.com: stable_token, customer-service messages, return codes. The token is the
stable one: asking for it again kills no other; `force_refresh` is never asked for, since it would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import ClientSession

from bot.platforms.calls import Answer, Json, Unreachable, Upload, call
from bot.platforms.qyapi import fetched
from bot.platforms.tokens import Fetched, NoToken, Token, with_token

_DEAD = frozenset({40001, 40014, 42001})
_MENDED_BY: Mapping[int, str] = {
    40001: "secret",
    40002: "app_id",
    40013: "app_id",
    40125: "secret",
    40164: "API IP白名单 of the account",
    40243: "secret, which is frozen",
    41002: "app_id",
    41004: "secret",
}
"""What to mend where no token is given out."""


class WeixinApi:
    """`session` belongs to the caller."""

    def __init__(
        self,
        session: ClientSession,
        base: str,
        app_id: str,
        secret: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._session = session
        self._base = base
        self._app_id = app_id
        self._secret = secret
        self._token = Token("wechat", self._fetch, clock)

    async def call(
        self,
        path: str,
        body: Json | Upload | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """POST of `body`, GET without one. Raises Unreachable, NoToken."""

        async def attempt(token: str) -> Answer:
            return await call(
                self._session,
                "GET" if body is None else "POST",
                self._base + path,
                query={"access_token": token, **(query or {})},
                body=body,
            )

        return await with_token(self._token, attempt, lambda answer: answer.errcode in _DEAD)

    async def _fetch(self) -> Fetched:
        asked = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
            "force_refresh": False,
        }
        try:
            answer = await call(
                self._session, "POST", f"{self._base}/cgi-bin/stable_token", body=asked
            )
        except Unreachable as error:
            raise NoToken(error.reason) from None
        return fetched(answer, "wechat", _MENDED_BY)
