"""How long messages are kept: as long as they are of use, and no longer than anything personal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.keeping import Keeping

AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "staff", "demand", "kept"),
    [
        (730, False, True, 730),
        (730, False, False, 90),
        (730, True, False, 7),
        (730, True, True, 7),
        (30, False, True, 30),
        (30, False, False, 30),
        (3, True, False, 3),
    ],
)
def test_what_was_said_goes_in_time(days: int, staff: bool, demand: bool, kept: int) -> None:
    until = Keeping(days).until(AT, staff=staff, demand=demand)
    assert until == AT + timedelta(days=kept)
