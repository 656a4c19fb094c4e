"""A message is taken once, and its reply is what a repeat gets again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage import inbox
from storage.database import Conflict, Database
from storage.inbox import InboxRow

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
REPLY = {"text": "请问贵单位的全称是？", "options": ["跳过", "取消"], "demand": 7}


async def take(db: Database, *rows: InboxRow) -> None:
    async with db.transaction() as conn:
        await inbox.store(conn, rows)


async def test_a_taken_message_gives_back_its_reply_word_for_word(db: Database) -> None:
    await take(db, InboxRow("wecom:1", "wecom:张三", NOW, REPLY))
    async with db.transaction() as conn:
        assert await inbox.replies(conn, ["wecom:1", "wecom:2"]) == {"wecom:1": REPLY}


async def test_nothing_asked_for_is_nothing_found(db: Database) -> None:
    await take(db)
    async with db.transaction() as conn:
        assert await inbox.replies(conn, []) == {}


async def test_a_message_that_was_taken_elsewhere_is_a_conflict_and_nothing_is_stored(
    db: Database,
) -> None:
    await take(db, InboxRow("wecom:1", "wecom:张三", NOW, REPLY))
    with pytest.raises(Conflict):
        await take(
            db,
            InboxRow("wecom:2", "wecom:李四", NOW, REPLY),
            InboxRow("wecom:1", "wecom:张三", NOW, {"text": "别的"}),
        )
    async with db.transaction() as conn:
        assert await inbox.replies(conn, ["wecom:1", "wecom:2"]) == {"wecom:1": REPLY}


async def test_overwriting_leaves_one_reply_for_all_of_a_sender_and_none_of_others(
    db: Database,
) -> None:
    await take(
        db,
        InboxRow("wecom:1", "wecom:张三", NOW, REPLY),
        InboxRow("wecom:2", "wecom:张三", NOW, REPLY),
        InboxRow("wecom:3", "wecom:李四", NOW, REPLY),
    )
    gone = {"text": "您的信息已删除。"}
    async with db.transaction() as conn:
        await inbox.overwrite(conn, {"wecom:张三": gone})
        found = await inbox.replies(conn, ["wecom:1", "wecom:2", "wecom:3"])
    assert found == {"wecom:1": gone, "wecom:2": gone, "wecom:3": REPLY}
