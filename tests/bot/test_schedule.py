"""When a digest is due: working mornings in Beijing time, once a day, however the server ran."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.schedule import Timetable, last_run, next_run, owed, period_key, run_before

BEIJING = ZoneInfo("Asia/Shanghai")
MORNINGS = Timetable(time(9, 0), frozenset({1, 2, 3, 4, 5}), BEIJING)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2025: the 17th is a Monday."""
    return datetime(2025, 11, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("now", "run"),
    [
        (at(17, 8, 59), at(17, 9)),
        (at(17, 9), at(18, 9)),
        (at(21, 9, 1), at(24, 9)),
        (at(22, 12), at(24, 9)),
        (at(23, 23, 59), at(24, 9)),
    ],
    ids=["before nine", "at nine", "Friday after nine", "Saturday", "Sunday night"],
)
def test_the_next_digest(now: datetime, run: datetime) -> None:
    assert next_run(now, MORNINGS) == run


def test_nine_in_the_morning_is_beijing_time_wherever_the_server_stands() -> None:
    now = datetime(2025, 11, 17, 0, 59, tzinfo=UTC)
    assert next_run(now, MORNINGS) == datetime(2025, 11, 17, 1, 0, tzinfo=UTC)
    assert next_run(now, MORNINGS).isoformat() == "2025-11-17T09:00:00+08:00"


def test_mondays_digest_tells_about_the_weekend_too() -> None:
    assert run_before(at(24, 9), MORNINGS) == at(21, 9)


@pytest.mark.parametrize(
    ("now", "run"),
    [
        (at(18, 8, 59), None),
        (at(18, 9), at(18, 9)),
        (at(18, 23, 59), at(18, 9)),
        (at(19, 0, 1), None),
        (at(22, 10), None),
    ],
    ids=["not yet", "now", "server back at night", "server back next day", "Saturday"],
)
def test_a_digest_that_was_missed_is_made_up_for_on_the_same_day_only(
    now: datetime, run: datetime | None
) -> None:
    assert owed(now, MORNINGS) == run


def test_a_day_and_a_group_have_one_digest() -> None:
    assert period_key(at(18, 9), "省局群") == "digest:2025-11-18:省局群"


@pytest.mark.parametrize("weekdays", [set(), {0}, {1, 8}])
def test_weekdays_that_do_not_exist_are_refused(weekdays: set[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Timetable(time(9), frozenset(weekdays), BEIJING)


moments = st.integers(500_000_000, 2_200_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
tables = st.builds(
    Timetable,
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.frozensets(st.integers(1, 7), min_size=1),
    st.sampled_from([BEIJING, ZoneInfo("Europe/Berlin")]),
)


@given(moments, tables)
def test_runs_follow_each_other_without_gap_or_overlap(now: datetime, table: Timetable) -> None:
    before, after = last_run(now, table), next_run(now, table)
    assert before.astimezone(UTC) <= now < after.astimezone(UTC)
    assert run_before(after, table) == before
    assert {before.isoweekday(), after.isoweekday()} <= table.weekdays
    assert after.date() - before.date() <= timedelta(days=7)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.text(max_size=20))
def test_two_days_never_share_a_key(day: date, target: str) -> None:
    today = datetime.combine(day, time(9), tzinfo=BEIJING)
    assert period_key(today, target) != period_key(today + timedelta(days=1), target)
