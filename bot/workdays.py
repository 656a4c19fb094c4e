"""Which days are worked: the State Council's yearly holidays, and the weekends made up for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import chinese_calendar

from bot.settings import Settings

_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Workdays:
    """`holidays` and `workdays` are the bureau's own days, which go before the calendar's."""

    holidays: Collection[date] = frozenset()
    workdays: Collection[date] = frozenset()

    def has(self, day: date) -> bool:
        """Of a year that no calendar knows yet, Monday to Friday are worked."""
        if day in self.workdays:
            return True
        if day in self.holidays:
            return False
        try:
            worked: bool = chinese_calendar.is_workday(day)
        except NotImplementedError:
            return day.isoweekday() <= _FRIDAY
        return worked

    def knows(self, year: int) -> bool:
        """Whether the holidays of that year are known, from the calendar or the bureau."""
        own = any(day.year == year for day in self.holidays)
        return own or year in {day.year for day in chinese_calendar.holidays}


class _EveryDay:
    """For what is no office's work."""

    def has(self, day: date) -> bool:
        return True


EVERY_DAY = _EveryDay()


def workdays_of(settings: Settings) -> Workdays:
    calendar = settings.calendar
    return Workdays(frozenset(calendar.holidays), frozenset(calendar.workdays))
