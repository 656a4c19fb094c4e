"""When a digest is due: working days, once a day or week, however the server ran."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.push.schedule import Timetable, last_run, next_run, owed, run_before
from bot.workdays import Workdays

BEIJING = ZoneInfo("Asia/Shanghai")
MORNINGS = Timetable(time(9, 0), BEIJING)
FRIDAYS = Timetable(time(9, 0), BEIJING, "week", frozenset({5}))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """2025: the 17th of November is a Monday, the 3rd of October a Friday of the holidays."""
    return datetime(2025, month, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("now", "run"),
    [
        (at(17, 8, 59), at(17, 9)),
        (at(17, 9), at(18, 9)),
        (at(21, 9, 1), at(24, 9)),
        (at(22, 12), at(24, 9)),
        (at(23, 23, 59), at(24, 9)),
        (at(26, 10, month=9), at(28, 9, month=9)),
        (at(30, 10, month=9), at(9, 9, month=10)),
    ],
    ids=[
        "before nine",
        "at nine",
        "Friday after nine",
        "Saturday",
        "Sunday night",
        "before a Sunday that is made up",
        "before National Day",
    ],
)
def test_the_next_digest(now: datetime, run: datetime) -> None:
    assert next_run(now, MORNINGS) == run


def test_nine_in_the_morning_is_beijing_time_wherever_the_server_stands() -> None:
    now = datetime(2025, 11, 17, 0, 59, tzinfo=UTC)
    run = next_run(now, MORNINGS)
    assert run == datetime(2025, 11, 17, 1, 0, tzinfo=UTC)
    assert run.isoformat() == "2025-11-17T09:00:00+08:00"


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
        (at(3, 10, month=10), None),
    ],
    ids=[
        "not yet",
        "now",
        "server back at night",
        "server back next day",
        "Saturday",
        "a holiday",
    ],
)
def test_a_digest_that_was_missed_is_made_up_for_on_the_same_day_only(
    now: datetime, run: datetime | None
) -> None:
    assert owed(now, MORNINGS) == run


@pytest.mark.parametrize(
    ("now", "run"),
    [
        (at(20, 12), None),
        (at(21, 9), at(21, 9)),
        (at(23, 23), at(21, 9)),
        (at(24, 0, 1), None),
        (at(10, 12, month=10), at(10, 9, month=10)),
        (at(4, 12, month=10), at(30, 9, month=9)),
    ],
    ids=[
        "Thursday",
        "Friday",
        "server back on Sunday",
        "server back next week",
        "a Friday after the holidays",
        "the last working day of a week whose Friday is a holiday",
    ],
)
def test_a_week_has_its_digest_on_one_working_day(now: datetime, run: datetime | None) -> None:
    assert owed(now, FRIDAYS) == run


def test_a_week_off_has_no_digest() -> None:
    days = [date(2051, 10, 2) + timedelta(days=n) for n in range(5)]
    table = Timetable(time(9), BEIJING, "week", frozenset({5}), Workdays(frozenset(days)))
    assert owed(datetime(2051, 10, 8, 22, tzinfo=BEIJING), table) is None


def test_a_weekend_that_the_settings_name_has_its_digest() -> None:
    table = Timetable(time(9), BEIJING, weekdays=frozenset({6}))
    assert owed(at(22, 10), table) == at(22, 9)


def test_an_office_that_is_closed_for_good_is_owed_nothing() -> None:
    closed = Workdays(frozenset(date(2025, 6, 1) + timedelta(days=n) for n in range(400)))
    table = Timetable(time(9), BEIJING, workdays=closed)
    assert (next_run(at(17, 9), table), last_run(at(17, 9), table)) == (None, None)


@pytest.mark.parametrize("weekdays", [set(), {0}, {1, 8}])
def test_weekdays_that_do_not_exist_are_refused(weekdays: set[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Timetable(time(9), BEIJING, weekdays=frozenset(weekdays))


moments = st.integers(500_000_000, 2_200_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
tables = st.builds(
    Timetable,
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.sampled_from([BEIJING, ZoneInfo("Europe/Berlin")]),
    st.sampled_from(["day", "week"]),
    st.frozensets(st.integers(1, 7), min_size=1),
)


@given(moments, tables)
def test_runs_follow_each_other_without_gap_or_overlap(now: datetime, table: Timetable) -> None:
    before, after = last_run(now, table), next_run(now, table)
    assert before is not None
    assert after is not None
    assert before.astimezone(UTC) <= now < after.astimezone(UTC)
    assert run_before(after, table) == before
    assert table.begins(before) < table.begins(after)
