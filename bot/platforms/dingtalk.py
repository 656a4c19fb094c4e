"""DingTalk's API (api.dingtalk.com, and the older oapi.dingtalk.com) as one app.

DingTalk open platform: oauth2/accessToken, robot/oToMessages/batchSend, robot/groupMessages/send,
media/upload, card/instances; developerpedia: robot/sendBySession.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import ClientSession

from bot.platforms.calls import Answer, Json, Unreachable, Upload, call
from bot.platforms.sharing import ALONE, Sharing
from bot.platforms.tokens import Fetched, NoToken, Token, with_token
from knowledge.late import late

SESSION_PATH = "/robot/sendBySession"
_REAL = "https://oapi.dingtalk.com"
_SESSION = late(r"session=([0-9A-Za-z%_\-]{8,512})")
_DEAD = frozenset({40014, 42001})
_LONGEST_URL = 1024


class DingTalkApi:
    """`base` is where api.dingtalk.com is, `robot_base` where oapi.dingtalk.com is.

    `session` belongs to the caller.
    """

    def __init__(
        self,
        session: ClientSession,
        base: str,
        robot_base: str,
        client_id: str,
        client_secret: str,
        clock: Callable[[], datetime],
        sharing: Sharing = ALONE,
    ) -> None:
        self._session = session
        self._base = base
        self._robot_base = robot_base
        self._client_id = client_id
        self._client_secret = client_secret
        self._sharing = sharing
        self._token = Token("dingtalk", self._fetch, clock)

    async def prove(self) -> None:
        """Whether client_id and client_secret are good for a token. Raises NoToken."""
        await self._token.current()

    async def call(self, path: str, body: Json, method: str = "POST") -> Answer:
        """Of the OpenAPI: each call counts for the month. Raises Unreachable, NoToken."""

        async def attempt(token: str) -> Answer:
            return await call(
                self._session,
                method,
                self._base + path,
                body=body,
                headers={"x-acs-dingtalk-access-token": token},
            )

        return await with_token(self._token, attempt, _is_dead)

    async def upload(self, name: str, content: bytes) -> Answer:
        """`media_id` in the answer, for a file of at most 20 MB. Raises Unreachable, NoToken."""

        async def attempt(token: str) -> Answer:
            return await call(
                self._session,
                "POST",
                f"{self._robot_base}/media/upload",
                query={"access_token": token, "type": "file"},
                body=Upload(name, content),
            )

        return await with_token(self._token, attempt, _is_dead)

    def session_of(self, webhook: object) -> str | None:
        """See `session_of`."""
        return session_of(webhook, self._robot_base)

    async def by_session(self, session: str, body: Json) -> Answer:
        """The reply to a message, by what `session_of` found in it: no token, and nothing counted.

        Raises Unreachable.
        """
        address = f"{self._robot_base}{SESSION_PATH}?session={session}"
        return await call(self._session, "POST", address, body=body)

    async def _fetch(self, dead: str) -> Fetched:
        return await self._sharing.fetched(f"dingtalk {self._client_id}", dead, self._asked_token)

    async def _asked_token(self) -> Fetched:
        asked = {"appKey": self._client_id, "appSecret": self._client_secret}
        try:
            answer = await call(
                self._session, "POST", f"{self._base}/v1.0/oauth2/accessToken", body=asked
            )
        except Unreachable as error:
            raise NoToken(error.reason) from None
        value, lasts = answer.body.get("accessToken"), answer.body.get("expireIn")
        if isinstance(value, str) and value and isinstance(lasts, int):
            return Fetched(value, timedelta(seconds=lasts))
        if answer.status in (400, 401, 404):
            reason = f"HTTP {answer.status}: mend dingtalk: client_id, client_secret"
            raise NoToken(reason, hopeless=True)
        raise NoToken(f"HTTP {answer.status}")


def session_of(webhook: object, base: str) -> str | None:
    """What a message's `sessionWebhook` has as its session; None if it leads anywhere else.

    Whoever could make us post to an address of theirs would make us post inside our own network.
    """
    if not isinstance(webhook, str) or len(webhook) > _LONGEST_URL:
        return None
    if not (webhook.isascii() and webhook.isprintable()):
        return None
    head, _, query = webhook.partition("?")
    found = _SESSION.fullmatch(query)
    return found[1] if found and head in (_REAL + SESSION_PATH, base + SESSION_PATH) else None


def _is_dead(answer: Answer) -> bool:
    """By status, though some say it with 400 and the code alone."""
    told = answer.body.get("code") == "InvalidAuthentication"
    return answer.status == 401 or told or answer.errcode in _DEAD
