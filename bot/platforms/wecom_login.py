"""Who somebody is, as WeCom tells: the page to send their browser to, and what its code stands for.

WeCom documents: path/98152 (page to sign in, by QR code), 91022 (the same inside WeCom, without a
question), 91023 and 98176 (auth/getuserinfo). A code is good once, for five minutes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from bot.platforms.calls import Answer, Unreachable
from bot.platforms.qyapi import QyApi
from bot.platforms.tokens import NoToken

log = logging.getLogger(__name__)

_LONGEST_CODE = 512
_STALE = frozenset({40029, 42003})

NotKnown = Literal["stale", "outside", "silent"]
"""The code is good no more | of nobody in the corporation | WeCom does not answer, or not us."""


@dataclass(frozen=True, slots=True)
class Member:
    userid: str


@dataclass(frozen=True, slots=True)
class WeComLogin:
    """`login` and `oauth` are the bases of WeCom's pages outside and inside its own app."""

    api: QyApi
    corp_id: str
    agent_id: int
    login: str
    oauth: str

    def page(self, back: str, state: str, *, inside: bool) -> str:
        """Where to send a browser, which comes `back` with `state` and a code."""
        if inside:
            asked = {
                "appid": self.corp_id,
                "redirect_uri": back,
                "response_type": "code",
                "scope": "snsapi_base",
                "state": state,
                "agentid": self.agent_id,
            }
            return f"{self.oauth}/connect/oauth2/authorize?{urlencode(asked)}#wechat_redirect"
        asked = {
            "login_type": "CorpApp",
            "appid": self.corp_id,
            "agentid": self.agent_id,
            "redirect_uri": back,
            "state": state,
        }
        return f"{self.login}/wwlogin/sso/login?{urlencode(asked)}"

    async def who(self, code: str) -> Member | NotKnown:
        if not 0 < len(code) <= _LONGEST_CODE:
            return "stale"
        try:
            answer = await self.api.call("/cgi-bin/auth/getuserinfo", query={"code": code})
        except (Unreachable, NoToken) as trouble:
            log.warning("wecom: nobody could be asked who signs in: %s", trouble.reason)
            return "silent"
        return _member(answer)


def _member(answer: Answer) -> Member | NotKnown:
    if answer.errcode in _STALE:
        return "stale"
    if answer.status != 200 or answer.errcode != 0:
        log.warning("wecom: sign-in: HTTP %s, errcode %s", answer.status, answer.errcode)
        return "silent"
    userid = answer.body.get("userid")
    return Member(userid) if isinstance(userid, str) and userid else "outside"
