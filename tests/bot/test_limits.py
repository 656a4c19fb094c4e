"""Twenty messages in any minute, and silence when the platform asks for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Limiter

NOW = datetime(2025, 11, 21, 1, 0, tzinfo=UTC)


@given(st.lists(st.integers(0, 40), max_size=120))
def test_no_minute_ever_holds_more_than_twenty(gaps: list[int]) -> None:
    limiter, now, used = Limiter(), NOW, list[datetime]()
    for gap in gaps:
        now = limiter.free_at("群", now + timedelta(seconds=gap))
        limiter.use("群", now)
        used.append(now)
    minutes = ([u for u in used if start <= u < start + timedelta(minutes=1)] for start in used)
    assert all(len(minute) <= 20 for minute in minutes)


def test_one_robot_does_not_hold_up_another() -> None:
    limiter = Limiter()
    for _ in range(20):
        limiter.use("省局群", NOW)
    assert limiter.free_at("省局群", NOW) == NOW + timedelta(minutes=1)
    assert limiter.free_at("市局群", NOW) == NOW


def test_a_paused_robot_waits_even_if_it_has_sent_little() -> None:
    limiter = Limiter()
    limiter.pause("省局群", NOW + timedelta(minutes=10))
    assert limiter.free_at("省局群", NOW) == NOW + timedelta(minutes=10)
    later = NOW + timedelta(minutes=11)
    assert limiter.free_at("省局群", later) == later
