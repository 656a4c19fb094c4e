"""What became of one attempt to send, and how long to wait before the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sent:
    pass


@dataclass(frozen=True, slots=True)
class Retry:
    """Not taken this time. `all_wait`: the target takes nothing else either before `after`."""

    after: timedelta
    reason: str
    all_wait: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """The platform lets nobody write to this person before they write again: what was to be told
    is told then."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Never taken: only a person can mend it."""

    reason: str


Outcome = Sent | Retry | Closed | Refused


def backoff(attempts: int, jitter: Callable[[], float]) -> timedelta:
    """5 s, 10 s, 20 s … to an hour after attempt 1, 2, 3 …; `jitter` in [0, 1) adds up to half."""
    doublings = min(max(attempts, 1) - 1, 20)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT) * (1 + jitter() / 2)
