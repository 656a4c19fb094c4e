"""WeCom's API (企业微信, qyapi.weixin.qq.com) with the token of one self-built app.

WeCom documents: path/91039 (token), 90236 (messages), 90253 (media), 90454 (limits), 94670 (kf).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal

from aiohttp import ClientSession

from bot.platforms.calls import Answer, Json, Unreachable, Upload, call
from bot.platforms.tokens import Fetched, NoToken, Token, with_token

_AT_ONCE = 4
"""Calls side by side: beyond some five of them errcode 45033 comes, as others measured."""

_DEAD = frozenset({40014, 42001})
_MENDED_BY: Mapping[int, str] = {
    40001: "secret",
    40013: "corp_id",
    41002: "corp_id",
    41004: "secret",
    48002: "secret",
    60020: "企业可信IP of the app",
}
"""What to mend where no token is given out (path/91039 and the list of codes, path/90313)."""

_BARRED = frozenset({60020, 40164})
"""Our address has changed, perhaps overnight: what waits is sent once the new one is let in."""


class QyApi:
    """`section` is that of the settings which hold the secret. `session` belongs to the caller."""

    def __init__(
        self,
        session: ClientSession,
        base: str,
        corp_id: str,
        secret: str,
        clock: Callable[[], datetime],
        *,
        section: str = "wecom",
    ) -> None:
        self._session = session
        self._base = base
        self._corp_id = corp_id
        self._secret = secret
        self._section = section
        self._token = Token(section, self._fetch, clock)
        self._gate = asyncio.Semaphore(_AT_ONCE)

    async def call(
        self,
        path: str,
        body: Json | Upload | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """POST of `body`, GET without one. Raises Unreachable, NoToken."""

        async def attempt(token: str) -> Answer:
            async with self._gate:
                return await call(
                    self._session,
                    "GET" if body is None else "POST",
                    self._base + path,
                    query={"access_token": token, **(query or {})},
                    body=body,
                )

        return await with_token(self._token, attempt, lambda answer: answer.errcode in _DEAD)

    async def upload(self, kind: Literal["image", "file"], name: str, content: bytes) -> Answer:
        """`media_id` in the answer is good for three days. Raises Unreachable, NoToken."""
        return await self.call("/cgi-bin/media/upload", Upload(name, content), {"type": kind})

    async def _fetch(self) -> Fetched:
        query = {"corpid": self._corp_id, "corpsecret": self._secret}
        try:
            answer = await call(self._session, "GET", f"{self._base}/cgi-bin/gettoken", query=query)
        except Unreachable as error:
            raise NoToken(error.reason) from None
        return fetched(answer, self._section, _MENDED_BY)


def fetched(answer: Answer, section: str, mended_by: Mapping[int, str]) -> Fetched:
    """The token in WeCom's or 公众号's answer. Raises NoToken."""
    value, lasts = answer.body.get("access_token"), answer.body.get("expires_in")
    if isinstance(value, str) and value and isinstance(lasts, int):
        return Fetched(value, timedelta(seconds=lasts))
    code = answer.errcode
    if code is None:
        raise NoToken(f"HTTP {answer.status}")
    mend = mended_by.get(code)
    told = f"errcode {code}" + (f": mend {section}: {mend}" if mend else "")
    raise NoToken(told, hopeless=mend is not None and code not in _BARRED)
