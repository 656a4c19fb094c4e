"""How often a robot may be used: 20 messages a minute (WeCom path/99110, DingTalk alike).

One process keeps count for itself. Where several send, the platform's own answer (45009, 130101)
pauses the robot in each of them.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

PER_MINUTE = 20
_MINUTE = timedelta(minutes=1)


class Limiter:
    """Counts uses by name; reads no clock."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._per_minute = per_minute
        self._used: dict[str, deque[datetime]] = {}
        self._paused: dict[str, datetime] = {}

    def free_at(self, name: str, now: datetime) -> datetime:
        """The first moment, `now` or later, at which `name` may be used."""
        used = self._used.get(name, deque())
        turn = used[0] + _MINUTE if len(used) == self._per_minute else now
        return max(now, turn, self._paused.get(name, now))

    def use(self, name: str, now: datetime) -> None:
        self._used.setdefault(name, deque(maxlen=self._per_minute)).append(now)

    def pause(self, name: str, until: datetime) -> None:
        """The platform has said that it wants nothing before `until`."""
        self._paused[name] = until
