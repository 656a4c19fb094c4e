"""On which days an office in China works."""

from __future__ import annotations

from datetime import date

import pytest

from bot.settings import CalendarSettings, Settings
from bot.workdays import Workdays, workdays_of


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 5, 15), True),
        (date(2024, 5, 18), False),
        (date(2024, 10, 1), False),
        (date(2024, 10, 12), True),
        (date(2026, 2, 20), False),
    ],
    ids=["Wednesday", "Saturday", "National Day", "a Saturday made up for it", "Spring Festival"],
)
def test_official_holidays_and_the_days_made_up_for_them(day: date, worked: bool) -> None:
    assert Workdays().has(day) is worked


def test_of_a_year_whose_holidays_nobody_has_told_yet_weekdays_are_worked() -> None:
    assert Workdays().has(date(2051, 10, 3))  # a Tuesday
    assert not Workdays().has(date(2051, 10, 1))


def test_the_bureaus_own_days_go_before_the_calendars() -> None:
    monday, sunday, new_year = date(2051, 10, 2), date(2051, 9, 24), date(2024, 1, 1)
    calendar = CalendarSettings(holidays=(monday,), workdays=(sunday, new_year))
    days = workdays_of(Settings(calendar=calendar))
    assert not days.has(monday)
    assert days.has(sunday)
    assert days.has(new_year)
