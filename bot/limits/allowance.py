"""So much a minute for each of many, in little memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

MOST = 10_000
"""Keys that are remembered."""


class Allowance:
    """A bucket for each key, full with `a_minute` at first and full again a minute after the last.

    Only those who spent last are remembered, `most` of them: who is forgotten has a full bucket.
    `a_minute` 0 is no limit at all. `clock` counts seconds and never runs back.
    """

    def __init__(
        self, a_minute: int, clock: Callable[[], float] = time.monotonic, most: int = MOST
    ) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def left(self, key: str) -> bool:
        """Whether there is anything to spend."""
        return not self._a_minute or self._level(key, self._clock()) >= 1

    def spend(self, key: str) -> bool:
        """False, with nothing spent, where nothing is left."""
        if not self._a_minute:
            return True
        now = self._clock()
        level = self._level(key, now)
        if level < 1:
            return False
        self._buckets[key] = (level - 1, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return True

    def _level(self, key: str, now: float) -> float:
        level, at = self._buckets.get(key, (float(self._a_minute), now))
        return min(float(self._a_minute), level + (now - at) * self._a_minute / 60)
