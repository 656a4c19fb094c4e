"""A job that is owed each day is done each day, also by a server that was away at its time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.push.schedule import Timetable
from bot.scheduler import Scheduler

BEIJING = ZoneInfo("Asia/Shanghai")
MORNINGS = Timetable(time(9, 0), BEIJING)
TUESDAY = datetime(2025, 11, 18, 9, 0, tzinfo=BEIJING)


class Enough(Exception):
    pass


class Night:
    """Time that moves when somebody sleeps, until it is enough."""

    def __init__(self, now: datetime, until: datetime) -> None:
        self.now, self.until = now, until
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
        if self.now > self.until:
            raise Enough


async def runs_of(clock: Night, failures: int = 0) -> list[datetime]:
    asked: list[datetime] = []

    async def job(run: datetime) -> None:
        asked.append(run)
        if len(asked) <= failures:
            raise OSError("database is away")

    with pytest.raises(Enough):
        await Scheduler(MORNINGS, job, clock, clock.sleep).run()
    return asked


async def test_every_working_morning_the_job_is_done_once() -> None:
    asked = await runs_of(Night(TUESDAY - timedelta(hours=2), TUESDAY + timedelta(days=7)))
    assert asked == [TUESDAY + timedelta(days=days) for days in (0, 1, 2, 3, 6, 7)]


async def test_a_server_that_comes_back_in_the_afternoon_makes_up_for_the_morning() -> None:
    clock = Night(TUESDAY + timedelta(hours=6), TUESDAY + timedelta(hours=8))
    assert await runs_of(clock) == [TUESDAY]


async def test_a_job_that_failed_is_done_again_within_a_minute() -> None:
    clock = Night(TUESDAY, TUESDAY + timedelta(minutes=10))
    assert await runs_of(clock, failures=2) == [TUESDAY] * 3
    assert max(clock.slept) <= 60
