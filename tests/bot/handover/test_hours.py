"""When people are there, and when they are next."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.handover.hours import OfficeHours
from bot.workdays import Workdays

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = OfficeHours(time(8, 30), time(17, 30), Workdays())


def at(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), ZONE)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at("2024-05-15", 8, 29), False),
        (at("2024-05-15", 8, 30), True),
        (at("2024-05-15", 17, 29), True),
        (at("2024-05-15", 17, 30), False),
        (at("2024-05-18", 10), False),  # a Saturday
        (at("2024-05-11", 10), True),  # a Saturday that was worked
        (at("2024-10-01", 10), False),  # the National Day, a Tuesday
    ],
)
def test_people_are_there_in_office_hours_of_working_days(moment: datetime, is_open: bool) -> None:
    assert HOURS.open_at(moment) == is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at("2024-05-15", 7), at("2024-05-15", 8, 30)),
        (at("2024-05-15", 10), at("2024-05-16", 8, 30)),
        (at("2024-05-17", 18), at("2024-05-20", 8, 30)),
        (at("2024-09-30", 18), at("2024-10-08", 8, 30)),
    ],
)
def test_the_next_opening_skips_weekends_and_holidays(moment: datetime, opening: datetime) -> None:
    assert HOURS.next_opening(moment) == opening
