"""Published revisions: all their files or none, once stored never changed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from storage import revisions
from storage.database import Conflict, Database
from storage.revisions import RevisionRow
from storage.schema import texts

AT = datetime(2025, 3, 10, 1, 2, 3, tzinfo=UTC)


def row(number: int, note: str = "改截止时间") -> RevisionRow:
    return RevisionRow(number, AT, note, "王五")


async def add(db: Database, number: int, **files: str) -> None:
    async with db.transaction() as conn:
        await revisions.add(conn, row(number), files)


async def test_before_the_first_there_is_none(db: Database) -> None:
    async with db.transaction() as conn:
        assert await revisions.newest(conn) == 0
        assert await revisions.files(conn, 0) == {}
        assert await revisions.listing(conn) == []


async def test_a_revision_comes_back_as_it_was_stored(db: Database) -> None:
    await add(db, 1, a="甲\n", b="乙")
    async with db.transaction() as conn:
        assert await revisions.newest(conn) == 1
        assert await revisions.files(conn, 1) == {"a": "甲\n", "b": "乙"}
        assert await revisions.listing(conn) == [row(1)]


async def test_each_revision_keeps_its_own_files(db: Database) -> None:
    await add(db, 1, a="甲", b="乙")
    await add(db, 2, a="甲改")
    await add(db, 3)
    async with db.transaction() as conn:
        held = [await revisions.files(conn, number) for number in (1, 2, 3)]
        assert held == [{"a": "甲", "b": "乙"}, {"a": "甲改"}, {}]
        assert await revisions.newest(conn) == 3


async def test_a_text_is_stored_once_however_often_it_is_published(db: Database) -> None:
    await add(db, 1, a="甲", b="甲")
    await add(db, 2, a="甲", c="乙")
    async with db.transaction() as conn:
        count = (await conn.execute(select(func.count()).select_from(texts))).scalar_one()
        digests = await revisions.digests(conn)
    assert count == 2
    assert digests[1]["a"] == digests[1]["b"] == digests[2]["a"] != digests[2]["c"]


async def test_a_number_that_is_taken_is_a_conflict_and_changes_nothing(db: Database) -> None:
    await add(db, 1, a="甲")
    with pytest.raises(Conflict):
        await add(db, 1, a="乙")
    async with db.transaction() as conn:
        assert await revisions.files(conn, 1) == {"a": "甲"}


async def test_of_two_who_publish_at_once_one_is_told(database_url: str) -> None:
    one, other = await Database.open(database_url), await Database.open(database_url)
    try:
        done = await asyncio.gather(
            add(one, 1, a="甲", b="乙"), add(other, 1, b="乙", a="丙"), return_exceptions=True
        )
        assert sorted(type(result).__name__ for result in done) == ["Conflict", "NoneType"]
    finally:
        await one.close()
        await other.close()
