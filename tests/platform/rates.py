"""At most so many in so long: how platforms count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta


class Rate:
    """`limit` for each key in any `span`; what is refused does not count."""

    def __init__(self, clock: Callable[[], datetime], limit: int, span: timedelta) -> None:
        self._clock, self._limit, self._span = clock, limit, span
        self._times: defaultdict[str, list[datetime]] = defaultdict(list)

    def allows(self, key: str = "") -> bool:
        now = self._clock()
        recent = [at for at in self._times[key] if now - at < self._span]
        self._times[key] = recent
        return len(recent) < self._limit

    def take(self, key: str = "") -> bool:
        """Whether this one is within the rate; then it counts."""
        if not self.allows(key):
            return False
        self._times[key].append(self._clock())
        return True
