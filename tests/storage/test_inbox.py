"""A message is taken once, and its reply is what a repeat gets again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import inbox
from storage.database import Conflict, Database
from storage.inbox import InboxRow

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
REPLY = {"text": "请问贵单位的全称是？", "options": ["跳过", "取消"], "demand": 7}


def row(key: str, sender: str, reply: dict[str, Any] = REPLY) -> InboxRow:
    return InboxRow(key, sender, NOW, reply, NOW + timedelta(days=7), "collect")


async def take(db: Database, *rows: InboxRow) -> None:
    async with db.transaction() as conn:
        await inbox.store(conn, rows)


async def test_a_taken_message_gives_back_its_reply_word_for_word(db: Database) -> None:
    await take(db, row("wecom:1", "wecom:张三"))
    async with db.transaction() as conn:
        assert await inbox.replies(conn, ["wecom:1", "wecom:2"]) == {"wecom:1": REPLY}


async def test_nothing_asked_for_is_nothing_found(db: Database) -> None:
    await take(db)
    async with db.transaction() as conn:
        assert await inbox.replies(conn, []) == {}


async def test_a_message_that_was_taken_elsewhere_is_a_conflict_and_nothing_is_stored(
    db: Database,
) -> None:
    await take(db, row("wecom:1", "wecom:张三"))
    with pytest.raises(Conflict):
        await take(
            db,
            row("wecom:2", "wecom:李四"),
            row("wecom:1", "wecom:张三", {"text": "别的"}),
        )
    async with db.transaction() as conn:
        assert await inbox.replies(conn, ["wecom:1", "wecom:2"]) == {"wecom:1": REPLY}


async def test_overwriting_leaves_one_reply_for_all_of_a_sender_and_none_of_others(
    db: Database,
) -> None:
    await take(
        db,
        row("wecom:1", "wecom:张三"),
        row("wecom:2", "wecom:张三"),
        row("wecom:3", "wecom:李四"),
    )
    gone = {"text": "您的信息已删除。"}
    async with db.transaction() as conn:
        await inbox.overwrite(conn, {"wecom:张三": gone})
        found = await inbox.replies(conn, ["wecom:1", "wecom:2", "wecom:3"])
    assert found == {"wecom:1": gone, "wecom:2": gone, "wecom:3": REPLY}


async def test_the_last_messages_of_a_sender_come_in_their_order(db: Database) -> None:
    said = [
        replace(row(f"wecom:{n}", "wecom:张三"), at=NOW + timedelta(minutes=n)) for n in range(5)
    ]
    await take(db, *said, row("wecom:9", "wecom:李四"))
    async with db.transaction() as conn:
        found = await inbox.of_sender(conn, "wecom:张三", said[1].at, said[4].at, 3)
        assert found == said[2:]
        assert await inbox.find(conn, "wecom:1") == said[1]
        assert await inbox.find(conn, "wecom:没有") is None


async def test_answers_are_counted_by_hour_and_kind_and_erased_ones_are_not(db: Database) -> None:
    early, one = NOW - timedelta(minutes=31), row("wecom:1", "wecom:张三")
    await take(
        db,
        replace(one, key="wecom:0", at=early, kind="answer"),
        replace(one, kind="answer"),
        replace(one, key="wecom:2", at=NOW + timedelta(minutes=29), kind="answer"),
        replace(one, key="wecom:3", kind="refuse"),
        replace(one, key="wecom:4", kind=None),
    )
    hour = NOW.replace(minute=0)
    async with db.transaction() as conn:
        assert await inbox.tallies(conn, NOW) == [
            inbox.Tally(hour, "answer", 2),
            inbox.Tally(hour, "refuse", 1),
        ]
        [first, *_] = await inbox.tallies(conn, early)
    assert first == inbox.Tally(hour - timedelta(hours=1), "answer", 1)


async def test_a_message_goes_when_its_time_is_over_or_when_it_is_too_old(db: Database) -> None:
    await take(db, row("wecom:1", "wecom:张三"), row("wecom:2", "wecom:张三"))
    long = replace(row("wecom:3", "wecom:李四"), until=NOW + timedelta(days=700))
    await take(db, long)
    async with db.transaction() as conn:
        assert await inbox.purge(conn, NOW + timedelta(days=6), NOW, 9) == 0
        assert await inbox.purge(conn, NOW + timedelta(days=8), NOW, 9) == 2
        assert await inbox.purge(conn, NOW + timedelta(days=8), NOW + timedelta(days=1), 9) == 1


async def test_messages_go_in_pieces_whichever_way_their_time_is_over(db: Database) -> None:
    long = NOW + timedelta(days=700)
    some = [replace(row(f"wecom:{n}", "wecom:张三"), until=long) for n in range(3)]
    await take(db, *some, row("wecom:3", "wecom:李四"), row("wecom:4", "wecom:李四"))
    later = NOW + timedelta(days=8)
    pieces: list[int] = []
    while not pieces or pieces[-1] == 2:
        async with db.transaction() as conn:
            pieces.append(await inbox.purge(conn, later, later, 2))
    assert pieces == [2, 2, 1]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [("until < '2024-05-01' ORDER BY until", "until"), ("sender = 'x' ORDER BY at", "sender_at")],
)
async def test_what_is_looked_for_is_found_by_an_index(
    db: Database, wanted: str, index: str
) -> None:
    """A plan is not measured: tables of tests are so small that PostgreSQL reads them whole."""
    explain = "EXPLAIN QUERY PLAN" if db.dialect == "sqlite" else "EXPLAIN"
    async with db.transaction() as conn:
        if db.dialect == "postgresql":
            await conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        found = await conn.exec_driver_sql(
            f"{explain} SELECT key FROM inbox WHERE {wanted} LIMIT 9"
        )
        plan = " ".join(str(line) for line in found)
    assert f"inbox_{index}" in plan


async def test_what_a_sender_said_can_be_kept_shorter_but_not_longer(db: Database) -> None:
    late = replace(row("wecom:2", "wecom:张三"), until=NOW + timedelta(days=700))
    await take(db, row("wecom:1", "wecom:张三"), late, replace(late, key="k", sender="wecom:李四"))
    soon = NOW + timedelta(days=30)
    async with db.transaction() as conn:
        await inbox.keep_until(conn, ["wecom:张三"], soon)
        found = await inbox.of_sender(conn, "wecom:张三", NOW, NOW, 9)
        assert {one.key: one.until for one in found} == {
            "wecom:1": NOW + timedelta(days=7),
            "wecom:2": soon,
        }
        assert await inbox.purge(conn, soon + timedelta(days=1), NOW, 9) == 2
