"""A backup restored into an empty place holds every row of every table, in either database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select, text

from storage import conversations, demands
from storage.backup import Backup, dump
from storage.conversations import ConversationRow
from storage.database import Database, DatabaseError
from storage.restore import BackupError, restore
from storage.schema import metadata
from tests.data_key import KEYS
from tests.storage import filled
from tests.storage.filled import NOW
from tests.storage.rows import SUBMITTED

MANY = 2345
"""Rows: more than are read or written at once."""


async def fill(db: Database, rows: Callable[[Table], int]) -> None:
    async with db.transaction() as conn:
        await filled.fill(conn, metadata.sorted_tables, rows)


async def everything(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with db.transaction() as conn:
        return {
            table.name: [
                tuple(row)
                for row in await conn.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
        }


async def lines_of(db: Database) -> tuple[list[str], Backup]:
    lines: list[str] = []
    return lines, await dump(db, lines.append, NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another empty place, before any migration."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere.db'}"
    url: str = request.getfixturevalue("other_scratch")
    return url


@pytest.mark.parametrize("many", [False, True], ids=["a few rows", "many rows"])
async def test_every_row_of_every_table_is_there_again(
    db: Database, elsewhere: str, many: bool
) -> None:
    await fill(db, lambda table: MANY if many and table.name in ("inbox", "quotas") else 4)
    lines, made = await lines_of(db)
    again = await restore(elsewhere, lines)
    assert again == made
    assert made.rows["inbox"] == (MANY if many else 4)
    copy = await Database.open(elsewhere)
    assert await everything(copy) == await everything(db)
    await copy.close()


async def test_the_assistant_goes_on_with_what_was_restored(db: Database, elsewhere: str) -> None:
    async with db.transaction() as conn:
        await demands.save(conn, [SUBMITTED])
        await conversations.save(conn, [ConversationRow("wecom:张三", {"v": 1}, NOW)])
    lines, made = await lines_of(db)
    assert made.head.keys == KEYS.ids
    await restore(elsewhere, lines)
    copy = await Database.open(elsewhere, keys=KEYS)
    async with copy.transaction() as conn:
        await demands.save(conn, [replace(SUBMITTED, number=2)])
        listed = await demands.listing(conn)
        talks = await conversations.load(conn, ["wecom:张三"])
    await copy.close()
    assert [demand.number for demand in listed] == [1, 2]
    assert listed[0].fields == SUBMITTED.fields
    assert talks == {"wecom:张三": {"v": 1}}


async def test_what_people_wrote_is_not_in_a_backup_in_clear(db: Database) -> None:
    async with db.transaction() as conn:
        await demands.save(conn, [SUBMITTED])
    lines, _ = await lines_of(db)
    assert not [line for line in lines if "13900000001" in line or "福建某某公司" in line]


async def test_a_backup_is_of_one_moment_and_keeps_nobody_from_writing(
    db: Database, database_url: str
) -> None:
    await fill(db, lambda _table: 3)
    server = await Database.open(database_url)
    count = text("SELECT count(*) FROM outbox")
    async with db.snapshot() as reading:
        before = (await reading.execute(count)).scalar()
        async with server.transaction() as conn:
            await conn.execute(text("DELETE FROM outbox"))
        assert (await reading.execute(count)).scalar() == before == 3
    await server.close()
    _, made = await lines_of(db)
    assert made.rows["outbox"] == 0


async def test_a_backup_of_an_earlier_version_is_restored_by_this_one(elsewhere: str) -> None:
    told = [
        '{"zhixing": 1, "revision": "0002", "at": "2024-05-01T08:30:00+00:00", "keys": []}',
        '{"table": "conversations", "columns": ["sender", "state", "at"]}',
        '["wecom:张三", {"v": 1, "demands": 1}, "2024-05-01T08:30:00+00:00"]',
        '{"table": "questions", "columns":'
        ' ["id", "sender", "kind", "question", "lacks", "nearest", "state", "at"]}',
        '[7, "wecom:张三", "question", "何时报送", "2026年", null, "open",'
        ' "2024-05-01T08:30:00+00:00"]',
        '{"rows": {"conversations": 1, "questions": 1}}',
    ]
    await restore(elsewhere, told)
    db = await Database.open(elsewhere, keys=KEYS)
    async with db.transaction() as conn:
        talks = await conversations.load(conn, ["wecom:张三"])
        asked = (await conn.execute(text("SELECT id, region, answer FROM questions"))).all()
    await db.close()
    assert talks == {"wecom:张三": {"v": 1, "demands": 1}}
    assert [tuple(row) for row in asked] == [(7, None, None)]


async def test_a_database_that_holds_anything_is_left_alone(
    db: Database, database_url: str
) -> None:
    await fill(db, lambda _table: 2)
    before = await everything(db)
    lines, _ = await lines_of(db)
    with pytest.raises(BackupError, match="not empty"):
        await restore(database_url, lines)
    assert await everything(db) == before


HEAD = '{"zhixing": 1, "revision": "0004", "at": "2024-05-01T08:30:00+00:00", "keys": []}'
TABLE = '{"table": "quotas", "columns": ["name", "period", "used"]}'


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "this is no backup"),
        (["null"], "this is no backup"),
        (['{"some": "other file"}'], "this is no backup"),
        (["not JSON"], "this is no backup"),
        ([HEAD.replace('"zhixing": 1', '"zhixing": 2')], "made by a newer version"),
        ([HEAD.replace("0004", "9999")], "made by a newer version"),
        ([HEAD, TABLE, '["a", "b", 1]'], "was cut off"),
        ([HEAD, TABLE, '["a", "b", 1]', '{"rows": {"quotas": 2}}'], "rows are missing"),
        ([HEAD, '["a", "b", 1]'], "a row of no table"),
        ([HEAD, TABLE, '["a", "b"]', '{"rows": {"quotas": 1}}'], "a row of quotas"),
        ([HEAD, TABLE.replace("quotas", "robots")], "a table that it cannot have"),
        ([HEAD, TABLE.replace("used", "colour")], "a table that it cannot have"),
        ([HEAD, "7"], "damaged"),
    ],
)
async def test_what_is_no_whole_backup_is_refused_and_leaves_the_place_empty(
    elsewhere: str, lines: list[str], says: str
) -> None:
    with pytest.raises(BackupError, match=says) as refused:
        await restore(elsewhere, lines)
    assert "\n" not in str(refused.value)
    whole = [HEAD, TABLE, '["a", "b", 1]', '{"rows": {"quotas": 1}}']
    assert (await restore(elsewhere, whole)).total == 1


async def test_rows_that_contradict_each_other_are_refused_without_their_words(
    elsewhere: str,
) -> None:
    twice = [HEAD, TABLE, '["私事", "b", 1]', '["私事", "b", 1]', '{"rows": {"quotas": 2}}']
    with pytest.raises(DatabaseError) as refused:
        await restore(elsewhere, twice)
    assert "私事" not in str(refused.value)
