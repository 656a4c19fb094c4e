"""WeCom's API (企业微信, qyapi.weixin.qq.com) with the token of one self-built app.

WeCom documents: path/91039 (token), 90236 (messages), 90253 (media), 90313 (errcodes), 90454
(limits), 94670 (kf).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from aiohttp import ClientSession

from bot.platforms.calls import Answer, Upload
from bot.platforms.family import FamilyApi, TokenRules
from bot.platforms.sharing import ALONE, Sharing

_AT_ONCE = 4
"""Beyond some five calls side by side errcode 45033 comes, as others measured."""

_RULES = TokenRules(
    dead=frozenset({40014, 42001}),
    mended_by={
        40001: "secret",
        40013: "corp_id",
        41002: "corp_id",
        41004: "secret",
        48002: "secret",
        60020: "企业可信IP of the app",
    },
)


class QyApi(FamilyApi):
    """The app of one secret: `section` is "wecom" or "kf"."""

    def __init__(
        self,
        session: ClientSession,
        base: str,
        corp_id: str,
        secret: str,
        clock: Callable[[], datetime],
        *,
        section: str = "wecom",
        sharing: Sharing = ALONE,
    ) -> None:
        super().__init__(session, base, section, _RULES, clock, _AT_ONCE, corp_id, sharing)
        self._credentials = {"corpid": corp_id, "corpsecret": secret}

    async def upload(self, kind: Literal["image", "file"], name: str, content: bytes) -> Answer:
        """`media_id` in the answer is good for three days. Raises Unreachable, NoToken."""
        return await self.call("/cgi-bin/media/upload", Upload(name, content), {"type": kind})

    async def _ask_token(self) -> Answer:
        return await self._plain("/cgi-bin/gettoken", None, self._credentials)
