"""Drafts of revisions: worked on by several people, and closed once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import drafts
from storage.database import Database
from storage.drafts import ChangedMeanwhile, DraftClosed, DraftRow, UnknownDraft

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
ROW = DraftRow("福建2026年方案", "wecom:王五", NOW, 3)


async def begun(db: Database) -> int:
    async with db.transaction() as conn:
        return await drafts.begin(conn, ROW)


async def test_a_draft_begins_empty_and_open(db: Database) -> None:
    id_ = await begun(db)
    async with db.transaction() as conn:
        found = await drafts.find(conn, id_)
        assert found is not None
        assert (found.note, found.author, found.base, found.state) == (
            *(ROW.note, ROW.author, 3),
            "open",
        )
        assert await drafts.files(conn, id_) == []
        assert await drafts.find(conn, id_ + 1) is None


async def test_its_files_come_back_by_name_with_what_they_were_read_out_of(db: Database) -> None:
    id_ = await begun(db)
    async with db.transaction() as conn:
        await drafts.put(conn, id_, "b.yaml", "乙", NOW, seen=None, source="通知原文")
        await drafts.put(conn, id_, "a.yaml", None, NOW, seen=None)
        await drafts.put(conn, id_, "b.yaml", "乙改", LATER, seen=NOW)
        found = await drafts.files(conn, id_)
    assert [(file.name, file.text, file.source) for file in found] == [
        ("a.yaml", None, None),
        ("b.yaml", "乙改", "通知原文"),
    ]


async def test_what_somebody_changed_meanwhile_is_not_overwritten(db: Database) -> None:
    id_ = await begun(db)
    async with db.transaction() as conn:
        await drafts.put(conn, id_, "a.yaml", "甲", NOW, seen=None)
    for seen in (None, LATER):
        with pytest.raises(ChangedMeanwhile) as told:
            async with db.transaction() as conn:
                await drafts.put(conn, id_, "a.yaml", "别的", LATER, seen=seen)
        assert told.value.now is not None
        assert told.value.now.text == "甲"


async def test_a_file_left_out_is_again_as_the_base_has_it(db: Database) -> None:
    id_ = await begun(db)
    async with db.transaction() as conn:
        await drafts.put(conn, id_, "a.yaml", "甲", NOW, seen=None)
        await drafts.leave_out(conn, id_, "a.yaml", LATER)
        assert await drafts.files(conn, id_) == []


async def test_the_draft_that_changed_last_comes_first_and_closed_ones_apart(db: Database) -> None:
    first, second, third = [await begun(db) for _ in range(3)]
    async with db.transaction() as conn:
        await drafts.put(conn, first, "a.yaml", "甲", LATER, seen=None)
        await drafts.close(conn, third, "published", LATER, 4)
        assert [one.id for one in await drafts.listing(conn)] == [first, second]
        [done] = await drafts.listing(conn, ["published"])
        assert (done.id, done.revision) == (third, 4)


async def test_a_closed_draft_changes_no_more(db: Database) -> None:
    id_ = await begun(db)
    async with db.transaction() as conn:
        await drafts.rename(conn, id_, "厦门2026年方案", LATER)
        await drafts.close(conn, id_, "discarded", LATER)
        with pytest.raises(DraftClosed):
            await drafts.put(conn, id_, "a.yaml", "甲", LATER, seen=None)
        with pytest.raises(DraftClosed):
            await drafts.close(conn, id_, "published", LATER, 4)
        with pytest.raises(UnknownDraft):
            await drafts.leave_out(conn, id_ + 1, "a.yaml", LATER)
