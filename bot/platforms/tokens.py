"""An application's access token: fetched once for all who wait, and before it runs out.

WeCom path/91039, 公众号 stable_token, DingTalk oauth2/accessToken: 7,200 s, the same token again
while it is valid, and whoever asks too often is shut out. So after a trouble there is a wait that
doubles before the platform is asked again, and a token that it calls dead is replaced once, not
in a loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from prometheus_client import Counter

from bot.delivery.outcome import backoff
from bot.platforms.calls import Answer

log = logging.getLogger(__name__)

EARLY = timedelta(seconds=300)
"""So long before its end a token is replaced."""

_SHORTEST = timedelta(seconds=60)
"""So long at least a token is used, whatever the platform says it is good for."""

_LONGEST = backoff(99, lambda: 0.0)
"""Nobody waits longer after a trouble."""

_CALM = timedelta(minutes=10)
"""After so long without trouble, the next one is the first again."""

troubles = Counter(
    "zhixing_token_troubles",
    "Times that a platform gave no access token, or called one dead early.",
    ["platform"],
    registry=None,
)

ailing: dict[str, str] = {}
"""Why there is no token now, by its name; what is no secret."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class NoToken(Exception):
    """There is none to be had before `after` has passed. `hopeless`: a person must mend a setting.

    `reason` names what to mend, and holds no secret.
    """

    def __init__(
        self, reason: str, after: timedelta = timedelta(), *, hopeless: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.hopeless = hopeless


@dataclass(frozen=True, slots=True)
class Fetched:
    """A token as the platform gave it."""

    value: str = field(repr=False)
    good_for: timedelta


class Token:
    """`fetch` gives one other than the dead one that it is told ("": none is), and raises NoToken,
    whose `after` is not looked at."""

    def __init__(
        self,
        name: str,
        fetch: Callable[[str], Awaitable[Fetched]],
        clock: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value = ""
        self._until = _LONG_AGO
        self._troubles = 0
        self._not_before = _LONG_AGO
        self._trouble = NoToken("none yet")

    async def current(self) -> str:
        """Raises NoToken."""
        async with self._lock:
            if not self._good():
                self._check_wait()
                await self._renew()
            return self._value

    async def instead_of(self, dead: str) -> str:
        """Another token, now that the platform has called this one dead. Raises NoToken."""
        async with self._lock:
            if self._value == dead or not self._good():
                self._until = _LONG_AGO
                self._check_wait()
                self._note(NoToken("the token died early"))
                await self._renew(dead)
            return self._value

    def _good(self) -> bool:
        return self._clock() < self._until

    async def _renew(self, dead: str = "") -> None:
        try:
            fetched = await self._fetch(dead)
        except NoToken as error:
            self._note(error)
            log.warning("%s: no token: %s", self._name, error.reason)
            self._check_wait()
            raise
        ailing.pop(self._name, None)
        self._value = fetched.value
        self._until = self._clock() + max(fetched.good_for - EARLY, _SHORTEST)

    def _note(self, trouble: NoToken) -> None:
        troubles.labels(self._name).inc()
        ailing[self._name] = trouble.reason
        now = self._clock()
        self._troubles = 1 if now > self._not_before + _CALM else self._troubles + 1
        self._trouble = trouble
        self._not_before = now + backoff(self._troubles, lambda: 0.0)

    def _check_wait(self) -> None:
        wait = self._not_before - self._clock()
        if timedelta(0) < wait <= _LONGEST:  # else the clock has been set back since
            raise NoToken(self._trouble.reason, wait, hopeless=self._trouble.hopeless) from None


async def with_token(
    token: Token,
    call: Callable[[str], Awaitable[Answer]],
    is_dead: Callable[[Answer], bool],
) -> Answer:
    """The call's answer; once more with another token where the first was dead.

    Raises NoToken, and what `call` raises.
    """
    value = await token.current()
    answer = await call(value)
    if is_dead(answer):
        answer = await call(await token.instead_of(value))
    return answer
