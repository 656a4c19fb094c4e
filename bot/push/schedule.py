"""When a digest is due: pure functions of a timetable and a moment.

A day's digest is owed from its time on until the day ends, a week's until the week does. What was
missed longer is let go: the next one begins where the last told one ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from bot.workdays import Workdays

Every = Literal["day", "week"]

_LONGEST = 60
"""Days that are looked through for a run: no office is closed for longer."""
_SATURDAY = 6
MONDAY_TO_FRIDAY = frozenset(range(1, 6))


class Calendar(Protocol):
    """`bot.workdays.Workdays`."""

    def has(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Timetable:
    """At `at`, local time of `zone`, on working days alone.

    Each `day`: on those of the `weekdays` (1 Monday … 7 Sunday) that are no holidays, and on
    weekends that are made up for one; on a weekend that is named, always. Each `week`: on the
    first of the `weekdays`, or the nearest working day of the same week, an earlier one first.
    """

    at: time
    zone: ZoneInfo
    every: Every = "day"
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    workdays: Calendar = field(default_factory=Workdays)

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(1, 8)):
            raise ValueError("weekdays must be some of 1 (Monday) to 7 (Sunday)")

    def on(self, day: date) -> datetime:
        """The moment of `day` at which a run is due, whether or not the day has one."""
        return datetime.combine(day, self.at, tzinfo=self.zone)

    def runs_on(self, day: date) -> bool:
        if self.every == "week":
            return day == self._day_of_week(day)
        if day.isoweekday() >= _SATURDAY:
            return day.isoweekday() in self.weekdays or self.workdays.has(day)
        return day.isoweekday() in self.weekdays and self.workdays.has(day)

    def _day_of_week(self, day: date) -> date | None:
        monday = day - timedelta(days=day.weekday())
        week = [monday + timedelta(days=days) for days in range(7)]
        named = week[min(self.weekdays) - 1]
        if named.isoweekday() >= _SATURDAY:
            return named
        worked = [one for one in week if self.workdays.has(one)]
        before = [one for one in worked if one <= named]
        return before[-1] if before else next(iter(worked), None)

    def begins(self, moment: datetime) -> datetime:
        """The first moment of the day, or week, that has one run at most."""
        day = moment.astimezone(self.zone).date()
        first = day - timedelta(days=day.weekday() if self.every == "week" else 0)
        return datetime.combine(first, time(), tzinfo=self.zone)


def next_run(now: datetime, table: Timetable) -> datetime | None:
    """The first run that is after `now`; None where none is near."""
    return next((run for run in _runs(now, table, 1) if run > now.astimezone(UTC)), None)


def last_run(now: datetime, table: Timetable) -> datetime | None:
    """The last run that is at or before `now`; None where none is near."""
    return next((run for run in _runs(now, table, -1) if run <= now.astimezone(UTC)), None)


def run_before(run: datetime, table: Timetable) -> datetime:
    """The run before `run`, else a day or a week before: where the first period begins."""
    before = last_run(run.astimezone(UTC) - timedelta(microseconds=1), table)
    return before or run - timedelta(days=7 if table.every == "week" else 1)


def owed(now: datetime, table: Timetable) -> datetime | None:
    """The run of this day, or week, if its time has come."""
    run = last_run(now, table)
    return run if run and table.begins(run) == table.begins(now) else None


def _runs(now: datetime, table: Timetable, step: int) -> Iterator[datetime]:
    day = now.astimezone(table.zone).date()
    for days in range(_LONGEST):
        one = day + timedelta(days=step * days)
        if table.runs_on(one):
            yield table.on(one)
