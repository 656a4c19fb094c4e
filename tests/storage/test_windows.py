"""Whom a platform lets us write to, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import windows
from storage.database import Database
from storage.windows import WindowRow

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
DAYS = NOW + timedelta(hours=48)
MINUTE = timedelta(minutes=1)


async def opened(db: Database, until: datetime, left: int) -> None:
    async with db.transaction() as conn:
        await windows.open_(conn, [WindowRow("wechat:o1", until, left)])


async def uses(db: Database, at: datetime, times: int = 6) -> int:
    """How many of so many messages may go out."""
    async with db.transaction() as conn:
        return sum([await windows.use(conn, "wechat:o1", at) for _ in range(times)])


async def test_who_never_wrote_may_not_be_written_to(db: Database) -> None:
    assert await uses(db, NOW) == 0


async def test_so_many_messages_may_go_out_until_they_write_again(db: Database) -> None:
    await opened(db, DAYS, 5)
    assert await uses(db, NOW) == 5
    await opened(db, DAYS + MINUTE, 5)
    assert await uses(db, NOW + MINUTE) == 5


async def test_after_its_time_nothing_may_go_out(db: Database) -> None:
    await opened(db, DAYS, 5)
    assert await uses(db, DAYS) == 0


async def test_a_tap_on_the_menu_does_not_shorten_what_a_message_opened(db: Database) -> None:
    await opened(db, DAYS, 5)
    await opened(db, NOW + MINUTE, 3)
    assert await uses(db, NOW + 2 * MINUTE) == 5


async def test_a_tap_on_the_menu_opens_what_was_over(db: Database) -> None:
    await opened(db, DAYS, 5)
    await opened(db, DAYS + MINUTE, 3)
    assert await uses(db, DAYS) == 3
