"""Who is pushed what, what they want to be reminded of, and up to when they were told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import periods, reminders, subscriptions
from storage.database import Database
from storage.reminders import ReminderRow
from storage.subscriptions import SubscriptionRow

NOW = datetime(2024, 5, 15, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DAILY = SubscriptionRow("wecom:王芳", "daily", NOW, "08:30", None, ("厦门市",), ("质押融资",))
WEEKLY = SubscriptionRow("wecom:王芳", "weekly", NOW, weekday=5, empty=True)
GROUP = SubscriptionRow("robot:处室群", "daily", NOW)


async def test_a_subscription_comes_back_as_it_was_given(db: Database) -> None:
    async with db.transaction() as conn:
        for row in (DAILY, WEEKLY, GROUP):
            await subscriptions.put(conn, row)
    async with db.transaction() as conn:
        assert await subscriptions.listing(conn) == [GROUP, DAILY, WEEKLY]
        assert await subscriptions.listing(conn, target="wecom:王芳") == [DAILY, WEEKLY]
        assert await subscriptions.listing(conn, kinds=["daily"]) == [GROUP, DAILY]


async def test_who_subscribes_again_changes_the_subscription(db: Database) -> None:
    changed = replace(DAILY, time=None, regions=(), tasks=(), empty=True)
    async with db.transaction() as conn:
        await subscriptions.put(conn, DAILY)
        await subscriptions.put(conn, changed)
        assert await subscriptions.listing(conn) == [changed]


async def test_a_subscription_is_given_up_alone_or_with_all_others(db: Database) -> None:
    async with db.transaction() as conn:
        for row in (DAILY, WEEKLY, GROUP):
            await subscriptions.put(conn, row)
        assert await subscriptions.remove(conn, "wecom:王芳", ["national"]) == []
        assert await subscriptions.remove(conn, "wecom:王芳", ["weekly"]) == ["weekly"]
        assert await subscriptions.remove(conn, "wecom:王芳") == ["daily"]
        assert await subscriptions.listing(conn) == [GROUP]


async def test_a_period_is_ended_once_and_the_next_begins_there(db: Database) -> None:
    async with db.transaction() as conn:
        assert await periods.end(conn, "digest:daily:a", NOW, NOW - DAY) == periods.Ended(None)
    async with db.transaction() as conn:
        assert await periods.end(conn, "digest:daily:a", NOW + DAY, NOW) is None
        after = NOW + timedelta(seconds=1)
        assert await periods.end(conn, "digest:daily:a", NOW + DAY, after) == periods.Ended(NOW)
        assert await periods.ended(conn, "digest:daily:a") == NOW + DAY
        assert await periods.ended(conn, "digest:daily:b") is None


async def test_a_sender_is_reminded_of_a_deadline_once(db: Database) -> None:
    row = ReminderRow("wechat:a", "cnipa-2021-51#六（一）#报送方案", "2021-05-25", NOW)
    async with db.transaction() as conn:
        await reminders.add(conn, [row, replace(row, sender="wechat:b")])
        await reminders.add(conn, [replace(row, at=NOW + DAY)])
        await reminders.move(conn, row, "2021-06-01")
        await reminders.blank(conn, ["wechat:b"])
        assert await reminders.listing(conn) == [replace(row, due="2021-06-01")]
        await reminders.remove(conn, [("wechat:a", row.deadline)])
        assert await reminders.listing(conn) == []
