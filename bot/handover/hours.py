"""When people are there: from opening to closing on working days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

_FAR = 60
"""Days: no holidays are longer."""
_FRIDAY = 5


class Workdays(Protocol):
    def has(self, day: date) -> bool: ...


class MondayToFriday:
    def has(self, day: date) -> bool:
        return day.isoweekday() <= _FRIDAY


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Moments are aware, in the bureau's zone, and so is what they are asked with."""

    opens: time = time(9)
    closes: time = time(17, 30)
    workdays: Workdays = field(default_factory=MondayToFriday)

    def open_at(self, now: datetime) -> bool:
        return self.workdays.has(now.date()) and self.opens <= now.time() < self.closes

    def next_opening(self, now: datetime) -> datetime:
        """The first opening after `now`, also where it is open now."""
        days = (now.date() + timedelta(days=ahead) for ahead in range(_FAR))
        openings = (
            datetime.combine(day, self.opens, now.tzinfo) for day in days if self.workdays.has(day)
        )
        tomorrow = datetime.combine(now.date() + timedelta(days=1), self.opens, now.tzinfo)
        return next((opening for opening in openings if opening > now), tomorrow)
