"""What WeCom's and 公众号's APIs share: the token in the query, and errcode for what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import ClientSession

from bot.platforms.calls import Answer, Json, Unreachable, Upload, call
from bot.platforms.sharing import Sharing
from bot.platforms.tokens import Fetched, NoToken, Token, with_token

_BARRED = frozenset({60020, 40164})
"""Our address has changed, perhaps overnight: what waits is sent once the new one is let in."""


@dataclass(frozen=True, slots=True)
class TokenRules:
    """`dead`: errcodes of a call with a token that is good no more. `mended_by`: by the errcode
    with which no token is given out, what to mend."""

    dead: Collection[int]
    mended_by: Mapping[int, str]


class FamilyApi:
    """`section` is that of the settings which hold the secret, `account` whose token it is;
    `at_once` how many calls may be under way. `session` belongs to the caller."""

    def __init__(
        self,
        session: ClientSession,
        base: str,
        section: str,
        rules: TokenRules,
        clock: Callable[[], datetime],
        at_once: int,
        account: str,
        sharing: Sharing,
    ) -> None:
        self._session = session
        self._base = base
        self._section = section
        self._rules = rules
        self._token = Token(section, self._fetch, clock)
        self._shared_as = f"{section} {account}"
        self._sharing = sharing
        self._gate = asyncio.Semaphore(at_once)

    async def call(
        self,
        path: str,
        body: Json | Upload | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """POST of `body`, GET without one. Raises Unreachable, NoToken."""

        async def attempt(token: str) -> Answer:
            async with self._gate:
                return await self._plain(path, body, {"access_token": token, **(query or {})})

        return await with_token(self._token, attempt, self._is_dead)

    async def _ask_token(self) -> Answer:
        """Raises Unreachable."""
        raise NotImplementedError

    async def _plain(
        self, path: str, body: Json | Upload | None, query: Mapping[str, str]
    ) -> Answer:
        method = "GET" if body is None else "POST"
        return await call(self._session, method, self._base + path, query=query, body=body)

    def _is_dead(self, answer: Answer) -> bool:
        return answer.errcode in self._rules.dead

    async def _fetch(self, dead: str) -> Fetched:
        return await self._sharing.fetched(self._shared_as, dead, self._asked_token)

    async def _asked_token(self) -> Fetched:
        try:
            answer = await self._ask_token()
        except Unreachable as error:
            raise NoToken(error.reason) from None
        value, lasts = answer.body.get("access_token"), answer.body.get("expires_in")
        if isinstance(value, str) and value and isinstance(lasts, int):
            return Fetched(value, timedelta(seconds=lasts))
        raise self._no_token(answer)

    def _no_token(self, answer: Answer) -> NoToken:
        code = answer.errcode
        if code is None:
            return NoToken(f"HTTP {answer.status}")
        mend = self._rules.mended_by.get(code)
        told = f"errcode {code}" + (f": mend {self._section}: {mend}" if mend else "")
        return NoToken(told, hopeless=mend is not None and code not in _BARRED)
