"""Who carries a letter to one platform's people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from bot.delivery.letters import Letter
from bot.delivery.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `number` sends to one target in any span of `per`."""

    number: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter in hand. `target` is the sender's key (``kf:…``) or a robot's (``robot:处室群``);
    `key` is the same at every attempt; `attempts` counts this one, from 1."""

    key: str
    target: str
    letter: Letter
    attempts: int


class Courier(Protocol):
    """One for each channel of the outbox. Raises nothing of HTTP: what happened is the outcome."""

    @property
    def channel(self) -> str: ...

    @property
    def rates(self) -> Sequence[Rate]: ...

    @property
    def windowed(self) -> bool:
        """Whether the platform counts what may be sent after a message of theirs
        (`storage.windows`)."""
        ...

    async def deliver(self, parcel: Parcel) -> Outcome: ...


@runtime_checkable
class Connected(Protocol):
    """A courier of a platform to which one process alone holds the connection."""

    @property
    def ready(self) -> bool:
        """Whether that is this process, now."""
        ...
