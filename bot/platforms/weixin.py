"""The 公众号 API (api.weixin.qq.com) of one account.

developers.weixin.qq.com: stable_token, customer-service messages, return codes. The token is the
stable one: asking for it again kills no other; `force_refresh` is never asked for, since it would.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import ClientSession

from bot.platforms.calls import Answer
from bot.platforms.family import FamilyApi, TokenRules
from bot.platforms.sharing import ALONE, Sharing

_AT_ONCE = 16

_RULES = TokenRules(
    dead=frozenset({40001, 40014, 42001}),
    mended_by={
        40001: "secret",
        40002: "app_id",
        40013: "app_id",
        40125: "secret",
        40164: "API IP白名单 of the account",
        40243: "secret, which is frozen",
        41002: "app_id",
        41004: "secret",
    },
)


class WeixinApi(FamilyApi):
    """One account."""

    def __init__(
        self,
        session: ClientSession,
        base: str,
        app_id: str,
        secret: str,
        clock: Callable[[], datetime],
        sharing: Sharing = ALONE,
    ) -> None:
        super().__init__(session, base, "wechat", _RULES, clock, _AT_ONCE, app_id, sharing)
        self._asked = {
            "grant_type": "client_credential",
            "appid": app_id,
            "secret": secret,
            "force_refresh": False,
        }

    async def _ask_token(self) -> Answer:
        return await self._plain("/cgi-bin/stable_token", self._asked, {})
