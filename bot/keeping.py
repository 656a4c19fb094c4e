"""How long a message and its answer are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

REPEATED = timedelta(days=7)
"""So long a message may come once more, of which its reply is kept; platforms give up in hours."""

ASKED = timedelta(days=90)
"""So long it is of use to look at what was asked, and how it was answered."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """`days` is how long the bureau keeps personal data."""

    days: int

    def until(self, at: datetime, *, staff: bool, demand: bool) -> datetime:
        """When a message of `at` goes. What staff were shown is of others; the talk about a
        demand belongs to it."""
        if staff:
            return at + min(REPEATED, self._all)
        return at + (self._all if demand else min(ASKED, self._all))

    @property
    def _all(self) -> timedelta:
        return timedelta(days=self.days)
