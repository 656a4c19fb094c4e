"""Which region what is sent is about: found, counted and tried anew by it."""

from __future__ import annotations

from dataclasses import replace

from storage import claims, outbox
from storage.database import Database
from storage.outbox import Sought
from tests.storage.test_outbox import NOW, add, claim, do, rows


async def test_what_is_kept_of_some_regions_is_found_counted_and_revived_by_them(
    db: Database,
) -> None:
    both = outbox.joined(["厦门市", "漳州市"])
    kept = {"a": "厦门市", "b": both, "c": "厦门市", "d": None, "e": outbox.joined([])}
    await add(db, *(replace(row, region=kept[row.key]) for row in rows(*kept)))
    for one in await claim(db):
        await do(db, claims.dead, one, NOW, "93000")
    async with db.transaction() as conn:
        found = await outbox.regions(conn)
        assert sorted(outbox.apart(one) for one in found) == [["厦门市"], ["厦门市", "漳州市"]]
        assert await outbox.failed(conn, NOW, ["厦门市"]) == 2
        assert await outbox.failed(conn, NOW, []) == 0
        sought = await outbox.search(conn, Sought(regions=["厦门市"]), 10)
        assert [one.key for one in sought] == ["c", "a"]
        every = [one.id for one in await outbox.listing(conn)]
        assert await outbox.revive(conn, every, NOW, found) == every[:3]


async def test_where_nothing_lies_no_region_is_told(db: Database) -> None:
    async with db.transaction() as conn:
        assert await outbox.regions(conn) == []
