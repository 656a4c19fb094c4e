"""What takes long to find out is found out by one worker, and shown by all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import reports
from storage.database import Database
from storage.reports import StoredReport

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def claims(db: Database, after: timedelta = timedelta(0), *, anew: bool = False) -> bool:
    async with db.transaction() as conn:
        return await reports.claim(conn, "check", NOW + after, MINUTE, anew=anew)


async def test_one_worker_finds_it_out_until_it_is_not_heard_of_any_more(db: Database) -> None:
    assert await claims(db)
    assert not await claims(db, MINUTE / 2)
    async with db.transaction() as conn:
        await reports.keep(conn, "check", "running", {"stage": "words"}, NOW + 2 * MINUTE)
        assert await reports.find(conn, "check") == StoredReport("running", {"stage": "words"})
    assert not await claims(db, MINUTE * 1.5)
    assert await claims(db, MINUTE * 2)
    async with db.transaction() as conn:
        await reports.give_up(conn, "check", NOW)
    assert await claims(db)


async def test_what_is_over_stays_and_what_failed_may_be_begun_anew(db: Database) -> None:
    await claims(db)
    async with db.transaction() as conn:
        await reports.keep(conn, "check", "failed", None, NOW)
    assert not await claims(db, MINUTE)
    assert await claims(db, MINUTE, anew=True)
    async with db.transaction() as conn:
        await reports.keep(conn, "check", "over", {"stage": "over"}, NOW)
        await reports.keep(conn, "check", "running", None, NOW)
        assert await reports.find(conn, "check") == StoredReport("over", {"stage": "over"})
    assert not await claims(db, MINUTE, anew=True)


async def test_reports_of_last_week_are_not_kept(db: Database) -> None:
    async with db.transaction() as conn:
        await reports.claim(conn, "old", NOW - timedelta(days=8), MINUTE)
    assert await claims(db)
    async with db.transaction() as conn:
        assert await reports.find(conn, "old") is None
