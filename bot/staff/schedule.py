"""When the digest goes out: pure functions of a timetable and a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Timetable:
    """Once a day at `at`, local time of `zone`, on ISO `weekdays` (1 Monday … 7 Sunday)."""

    at: time
    weekdays: frozenset[int]
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(1, 8)):
            raise ValueError("weekdays must be some of 1 (Monday) to 7 (Sunday)")

    def on(self, day: date) -> datetime:
        """The moment of `day` at which a run is due, whether or not the day has one."""
        return datetime.combine(day, self.at, tzinfo=self.zone)


def next_run(now: datetime, table: Timetable) -> datetime:
    """The first run that is after `now`."""
    return _runs(now, table, step=1)


def last_run(now: datetime, table: Timetable) -> datetime:
    """The last run that is at or before `now`."""
    return _runs(now, table, step=-1)


def run_before(run: datetime, table: Timetable) -> datetime:
    """The run before `run`: where the period of the first digest begins."""
    return last_run(run.astimezone(UTC) - timedelta(microseconds=1), table)


def owed(now: datetime, table: Timetable) -> datetime | None:
    """Today's run if its time has come; a run that was missed on an earlier day is let go.

    What it would have told, the next one tells: its period begins where the last told one ended.
    """
    run = last_run(now, table)
    return run if run.date() == now.astimezone(table.zone).date() else None


def period_key(run: datetime, target: str) -> str:
    """The outbox key of one target's digest of one day: the reason why it is sent once.

    `run` is in the timetable's zone.
    """
    return f"digest:{run.date().isoformat()}:{target}"


def _runs(now: datetime, table: Timetable, step: int) -> datetime:
    moment, day = now.astimezone(UTC), now.astimezone(table.zone).date()
    for days in range(8):
        run = table.on(day + timedelta(days=step * days))
        wanted = run > moment if step > 0 else run <= moment
        if wanted and run.isoweekday() in table.weekdays:
            return run
    raise AssertionError("a week without a weekday")
