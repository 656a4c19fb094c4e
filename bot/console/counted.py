"""Messages counted by hour: those of hours that are over are not counted again for every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from storage import inbox
from storage.connection import AsyncConnection
from storage.inbox import Tally

_AGAIN = timedelta(minutes=10)
"""What was erased or purged meanwhile is counted no more after so long."""
_LATE = timedelta(minutes=5)
"""A message is stored long before that."""


class Counted:
    """Of a hundred thousand messages a month."""

    def __init__(self) -> None:
        self._first: datetime | None = None
        self._read: datetime | None = None
        self._until: datetime | None = None
        self._over: Sequence[Tally] = ()

    async def since(self, conn: AsyncConnection, first: datetime, now: datetime) -> list[Tally]:
        """As `storage.inbox.tallies`."""
        if self._until is None or first != self._first or self._is_old(now):
            found = await inbox.tallies(conn, first)
            self._first, self._read, self._until = first, now, _hour(now - _LATE)
            self._over = [one for one in found if one.hour < self._until]
            return found
        return [*self._over, *await inbox.tallies(conn, self._until)]

    def _is_old(self, now: datetime) -> bool:
        return self._read is None or not timedelta(0) <= now - self._read < _AGAIN


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
