"""Demands: kept entry by entry, never filed twice, and each change of status on record."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from storage import demands, handling
from storage.database import Conflict, Database
from storage.demands import DemandRow, StoredDemand
from storage.handling import Handled
from storage.schema import demand_events
from storage.schema import demands as table
from tests.data_key import KEYS

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DRAFT = DemandRow(
    sender="wecom:张三",
    number=1,
    notice="cnipa-2021-51",
    campaign="知识产权服务万里行",
    region=None,
    channel="wecom",
    status="draft",
    fields={"单位名称": "福建某某公司", "需国家局协调": True, "手机": "13900000001"},
    at=NOW,
    personal=("手机", "联系人"),
)
SUBMITTED = replace(DRAFT, status="submitted", region="福建省", at=LATER)


async def save(db: Database, *rows: DemandRow) -> dict[tuple[str, int], int]:
    async with db.transaction() as conn:
        return await demands.save(conn, rows)


async def listing(db: Database) -> list[StoredDemand]:
    async with db.transaction() as conn:
        return await demands.listing(conn)


async def events(db: Database, demand: int) -> list[str]:
    statement = select(demand_events.c.status).where(demand_events.c.demand == demand)
    async with db.transaction() as conn:
        return list((await conn.execute(statement.order_by(demand_events.c.id))).scalars())


async def set_status(db: Database, status: demands.Status) -> None:
    """What staff will do with it."""
    async with db.transaction() as conn:
        await conn.execute(table.update().values(status=status))


async def test_a_draft_is_kept_as_told_and_listed(db: Database) -> None:
    ids = await save(db, DRAFT)
    [stored] = await listing(db)
    assert ids == {("wecom:张三", 1): stored.id}
    assert stored == StoredDemand(
        id=stored.id,
        sender="wecom:张三",
        number=1,
        notice="cnipa-2021-51",
        campaign="知识产权服务万里行",
        region=None,
        channel="wecom",
        status="draft",
        fields={"单位名称": "福建某某公司", "需国家局协调": True, "手机": "13900000001"},
        created=NOW,
        updated=NOW,
        moved=NOW,
        personal=("手机", "联系人"),
    )


async def test_a_draft_that_grows_and_is_submitted_stays_one_demand(db: Database) -> None:
    await save(db, DRAFT)
    await save(db, replace(DRAFT, fields={"单位名称": "福建某某公司", "联系人": "李四"}, at=LATER))
    ids = await save(db, SUBMITTED)
    [stored] = await listing(db)
    assert (stored.status, stored.fields) == ("submitted", SUBMITTED.fields)
    assert (stored.region, stored.created, stored.moved) == ("福建省", NOW, LATER)
    assert await events(db, ids["wecom:张三", 1]) == ["draft", "submitted"]


async def test_submitting_again_files_nothing_more(db: Database) -> None:
    first = await save(db, SUBMITTED)
    assert await save(db, SUBMITTED) == first
    assert len(await listing(db)) == 1
    assert await events(db, first["wecom:张三", 1]) == ["submitted"]


async def test_a_draft_never_takes_back_what_was_submitted(db: Database) -> None:
    await save(db, SUBMITTED)
    await save(db, replace(DRAFT, fields={}, at=LATER))
    [stored] = await listing(db)
    assert (stored.status, stored.fields) == ("submitted", SUBMITTED.fields)


async def test_draft_and_submission_in_one_batch_are_one_submitted_demand(db: Database) -> None:
    ids = await save(db, DRAFT, SUBMITTED, replace(DRAFT, fields={}))
    [stored] = await listing(db)
    assert (stored.status, stored.fields) == ("submitted", SUBMITTED.fields)
    assert await events(db, ids["wecom:张三", 1]) == ["submitted"]


@pytest.mark.parametrize("status", ["accepted", "matched", "closed"])
async def test_what_staff_have_taken_up_is_not_overwritten(
    db: Database, status: demands.Status
) -> None:
    await save(db, SUBMITTED)
    await set_status(db, status)
    await save(db, replace(SUBMITTED, fields={}))
    [stored] = await listing(db)
    assert (stored.status, stored.fields) == (status, SUBMITTED.fields)


async def test_senders_and_numbers_are_kept_apart(db: Database) -> None:
    rows = [
        DRAFT,
        replace(SUBMITTED, number=2),
        replace(SUBMITTED, sender="web:张三"),
    ]
    ids = await save(db, *rows)
    assert len(set(ids.values())) == 3
    assert {(d.sender, d.number): d.status for d in await listing(db)} == {
        ("wecom:张三", 1): "draft",
        ("wecom:张三", 2): "submitted",
        ("web:张三", 1): "submitted",
    }


async def test_the_ids_of_known_and_new_entries_come_back_together(db: Database) -> None:
    known = await save(db, DRAFT)
    both = await save(db, SUBMITTED, replace(DRAFT, number=2))
    assert both.keys() == {("wecom:张三", 1), ("wecom:张三", 2)}
    assert both["wecom:张三", 1] == known["wecom:张三", 1]
    assert await save(db) == {}


async def test_cancelling_empties_personal_fields_and_keeps_the_rest(db: Database) -> None:
    ids = await save(db, DRAFT)
    async with db.transaction() as conn:
        assert await demands.cancel(conn, [("wecom:张三", 1, LATER), ("a:b", 9, LATER)]) == ids
        await demands.cancel(conn, [("wecom:张三", 1, LATER)])
    [stored] = await listing(db)
    assert (stored.status, stored.moved) == ("cancelled", LATER)
    assert stored.fields == {"单位名称": "福建某某公司", "需国家局协调": True, "手机": None}
    assert await events(db, stored.id) == ["draft", "cancelled"]


async def test_a_closed_demand_cannot_be_called_off(db: Database) -> None:
    await save(db, SUBMITTED)
    await set_status(db, "closed")
    async with db.transaction() as conn:
        await demands.cancel(conn, [("wecom:张三", 1, LATER)])
    [stored] = await listing(db)
    assert (stored.status, stored.fields) == ("closed", SUBMITTED.fields)


async def test_a_cancelled_entry_may_start_again(db: Database) -> None:
    ids = await save(db, DRAFT)
    async with db.transaction() as conn:
        await demands.cancel(conn, [("wecom:张三", 1, NOW)])
    await save(db, DRAFT)
    [stored] = await listing(db)
    assert (stored.status, stored.fields) == ("draft", DRAFT.fields)
    assert await events(db, ids["wecom:张三", 1]) == ["draft", "cancelled", "draft"]


async def test_erasing_empties_the_senders_personal_fields_and_ends_drafts(db: Database) -> None:
    await save(db, DRAFT, replace(SUBMITTED, number=2), replace(SUBMITTED, sender="web:李四"))
    async with db.transaction() as conn:
        await demands.erase(conn, ["wecom:张三"], LATER)
        await demands.erase(conn, [], LATER)
    first, second, other = await listing(db)
    emptied = {"单位名称": "福建某某公司", "需国家局协调": True, "手机": None}
    assert (first.status, first.fields) == ("cancelled", emptied)
    assert (second.status, second.fields) == ("submitted", emptied)
    assert (other.sender, other.fields) == ("web:李四", SUBMITTED.fields)
    assert await events(db, first.id) == ["draft", "cancelled"]
    assert await events(db, second.id) == ["submitted"]


async def test_a_listing_is_bounded_by_status_and_by_when_it_came_to_it(db: Database) -> None:
    await save(db, DRAFT, replace(SUBMITTED, number=2), replace(SUBMITTED, number=3, at=NOW))
    async with db.transaction() as conn:
        submitted = await demands.listing(conn, statuses=["submitted"])
        fresh = await demands.listing(conn, since=LATER)
        earlier = await demands.listing(conn, statuses=["submitted"], until=LATER)
    assert [d.number for d in submitted] == [2, 3]
    assert [d.number for d in fresh] == [2]
    assert [d.number for d in earlier] == [3]


async def test_what_stirs_waits_or_has_changed_since(db: Database) -> None:
    early = replace(SUBMITTED, at=NOW)
    await save(db, DRAFT, replace(early, number=2), replace(early, number=3))
    async with db.transaction() as conn:
        second, third = (await demands.listing(conn, statuses=["submitted"]))[:2]
        await handling.handle(conn, Handled(second.id, "accept", "wecom:李强", NOW))
        old = await demands.stirring(conn, [""], LATER + timedelta(days=1))
        await handling.handle(conn, Handled(second.id, "close", "wecom:李强", LATER))
        fresh = await demands.stirring(conn, [""], LATER)
        elsewhere = await demands.stirring(conn, ["xiamen"], LATER)
    assert [d.number for d in old] == [third.number]
    assert [d.number for d in fresh if d.number != DRAFT.number] == [2, 3]
    assert elsewhere == []


async def test_moments_come_back_in_utc_and_one_without_a_zone_is_refused(db: Database) -> None:
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))
    await save(db, replace(DRAFT, at=shanghai))
    [stored] = await listing(db)
    assert stored.created == NOW
    assert stored.created.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="has no time zone"):
        await save(db, replace(DRAFT, number=2, at=NOW.replace(tzinfo=None)))


async def test_workers_that_file_the_same_entry_at_once_file_one(
    db: Database, database_url: str
) -> None:
    """The one that comes second is told to try again, and then finds the first's."""
    other = await Database.open(database_url, keys=KEYS)

    async def file(worker: Database) -> None:
        for _ in range(20):
            try:
                await save(worker, SUBMITTED)
            except Conflict:
                await save(worker, SUBMITTED)

    await asyncio.gather(file(db), file(other))
    assert len(await listing(db)) == 1
    await other.close()
