"""What is fetched from a platform is kept with the cursor behind it, once, until it is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from storage import arrivals
from storage.arrivals import ArrivalRow
from storage.database import Database

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
SOURCE = "kf:wk1"
FIRST = ArrivalRow("m1", {"text": "年费怎么交"})
SECOND = ArrivalRow("m2", {"text": "商标呢"})


async def keep(db: Database, cursor: str, *rows: ArrivalRow, source: str = SOURCE) -> None:
    async with db.transaction() as conn:
        await arrivals.keep(conn, source, rows, cursor, NOW)


async def waiting(db: Database, limit: int = 10, source: str = SOURCE) -> list[ArrivalRow]:
    async with db.transaction() as conn:
        found = await arrivals.waiting(conn, source, limit)
    return [ArrivalRow(one.key, one.payload) for one in found]


async def cursor(db: Database, source: str = SOURCE) -> str:
    async with db.transaction() as conn:
        return await arrivals.cursor(conn, source)


async def test_a_page_waits_in_its_order_and_reading_goes_on_behind_it(db: Database) -> None:
    await keep(db, "c1", FIRST)
    await keep(db, "c2", SECOND)
    assert await waiting(db) == [FIRST, SECOND]
    assert await waiting(db, limit=1) == [FIRST]
    assert await cursor(db) == "c2"


async def test_a_page_without_messages_moves_the_cursor_too(db: Database) -> None:
    await keep(db, "c1")
    assert (await waiting(db), await cursor(db)) == ([], "c1")


async def test_what_is_fetched_twice_waits_once(db: Database) -> None:
    await keep(db, "c1", FIRST)
    await keep(db, "c2", FIRST, SECOND)
    assert await waiting(db) == [FIRST, SECOND]


async def test_what_was_taken_waits_no_more(db: Database) -> None:
    await keep(db, "c1", FIRST, SECOND)
    async with db.transaction() as conn:
        [first, _] = await arrivals.waiting(conn, SOURCE, 10)
        await arrivals.taken(conn, [first.id])
    assert await waiting(db) == [SECOND]


async def test_a_page_that_was_not_stored_whole_is_fetched_again(db: Database) -> None:
    await keep(db, "c1", FIRST)

    async def lose() -> None:
        async with db.transaction() as conn:
            await arrivals.keep(conn, SOURCE, [SECOND], "c2", NOW)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await lose()
    assert (await waiting(db), await cursor(db)) == ([FIRST], "c1")


async def test_one_source_is_not_another(db: Database) -> None:
    await keep(db, "c1", FIRST)
    await keep(db, "c9", FIRST, source="kf:wk2")
    assert await waiting(db, source="kf:wk2") == [FIRST]
    assert await cursor(db, "kf:wk3") == ""


async def test_a_source_is_known_before_anything_was_read_from_it(db: Database) -> None:
    await keep(db, "c1", source="kf:wk1")
    async with db.transaction() as conn:
        for source in ("kf:wk1", "kf:wk2", "other:1"):
            await arrivals.note(conn, source, NOW)
        assert await arrivals.sources(conn, "kf:") == ["kf:wk1", "kf:wk2"]
    assert (await cursor(db, "kf:wk1"), await cursor(db, "kf:wk2")) == ("c1", "")


async def test_it_is_known_when_a_source_was_last_read(db: Database) -> None:
    await keep(db, "c1")
    async with db.transaction() as conn:
        await arrivals.keep(conn, SOURCE, [], "c1", NOW + timedelta(minutes=1))
        assert await arrivals.read_at(conn, SOURCE) == NOW + timedelta(minutes=1)
        assert await arrivals.read_at(conn, "kf:wk3") is None


async def test_what_people_wrote_lies_sealed(db: Database) -> None:
    await keep(db, "c1", FIRST)
    async with db.transaction() as conn:
        [stored] = (await conn.execute(text("SELECT payload FROM arrivals"))).scalars()
    assert "年费" not in str(stored)
    assert "sealed:" in str(stored)
