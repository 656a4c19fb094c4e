"""What was read out of a notice stays with the draft's file, looked over value by value."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import drafts, readings
from storage.database import Database
from storage.drafts import DraftRow

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


async def test_what_was_read_is_kept_in_its_order_and_ticked_one_by_one(db: Database) -> None:
    async with db.transaction() as conn:
        draft = await drafts.begin(conn, DraftRow("福建2026年方案", "wecom:王五", NOW, 0))
        await readings.add(conn, draft, "a.yaml", [{"field": "标题"}, {"field": "截止时间"}])
        await readings.add(conn, draft, "b.yaml", [{"field": "文号"}])
    async with db.transaction() as conn:
        await readings.mark(conn, draft, "a.yaml", [1], "looked")
    async with db.transaction() as conn:
        found = await readings.listing(conn, draft, "a.yaml")
        assert [(one.reading["field"], one.state) for one in found] == [
            ("标题", "waiting"),
            ("截止时间", "looked"),
        ]
        [other] = await readings.listing(conn, draft, "b.yaml")
        assert other.state == "waiting"
        assert await readings.listing(conn, draft, "c.yaml") == []
