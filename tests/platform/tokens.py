"""One application's access tokens, as WeCom (W91039) and DingTalk give them: the same token while
it is valid, with the seconds that it has left; it may die before its time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

LIFETIME = timedelta(seconds=7200)


class Standing(Enum):
    VALID = "valid"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Tokens:
    """`fetches` counts how often one was asked for, `issued` how many there were."""

    def __init__(self, clock: Callable[[], datetime], lifetime: timedelta = LIFETIME) -> None:
        self._clock, self._lifetime = clock, lifetime
        self._numbers = itertools.count(1)
        self._until: dict[str, datetime] = {}
        self._current = ""
        self.fetches = 0
        self.issued = 0

    def fetch(self) -> tuple[str, int]:
        """The token and the seconds that it is good for."""
        self.fetches += 1
        if self.standing(self._current) is not Standing.VALID:
            self.renew()
        left = self._until[self._current] - self._clock()
        return self._current, int(left.total_seconds())

    def renew(self, keep_old: timedelta = timedelta()) -> None:
        """A new token from now on; the old one is good for `keep_old` more."""
        if self._current in self._until:
            ends = self._clock() + keep_old
            self._until[self._current] = min(self._until[self._current], ends)
        self.issued += 1
        self._current = f"token-{next(self._numbers)}-{'x' * 64}"
        self._until[self._current] = self._clock() + self._lifetime

    def die(self) -> None:
        """The token in use is dead at once, and unknown from then on."""
        self._until.pop(self._current, None)
        self._current = ""

    def left(self) -> timedelta:
        """What the token in use has left; nothing without one."""
        return max(self._until.get(self._current, self._clock()) - self._clock(), timedelta())

    def standing(self, token: str) -> Standing:
        if token not in self._until:
            return Standing.UNKNOWN
        return Standing.VALID if self._clock() < self._until[token] else Standing.EXPIRED
