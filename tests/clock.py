"""Time that only moves when it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        """`hours=1`, `seconds=-30`: as `timedelta`."""
        self.now += timedelta(**span)
