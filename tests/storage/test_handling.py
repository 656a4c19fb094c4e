"""The life of a demand in staff's hands: every step on record, none that may not be done."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import get_args

import pytest

from storage import demands, events, handling
from storage.database import Conflict, Database
from storage.handling import Handled, NotNow, UnknownDemand
from storage.life import Status, Step
from tests.data_key import KEYS
from tests.storage.rows import (
    CLERK,
    LATER,
    NOW,
    PATHS,
    SUBMITTED,
    brought_to,
    do,
    file,
    stored,
)

MAY: dict[Status, dict[Step, Status]] = {
    "submitted": {
        "submit": "submitted",
        "accept": "accepted",
        "return": "returned",
        "cancel": "cancelled",
        "transfer": "submitted",
        "reply": "submitted",
        "note": "submitted",
    },
    "accepted": {
        "return": "returned",
        "match": "matched",
        "close": "closed",
        "cancel": "cancelled",
        "transfer": "accepted",
        "reply": "accepted",
        "note": "accepted",
    },
    "returned": {
        "submit": "submitted",
        "accept": "accepted",
        "cancel": "cancelled",
        "transfer": "returned",
        "reply": "returned",
        "note": "returned",
    },
    "matched": {
        "match": "matched",
        "close": "closed",
        "cancel": "cancelled",
        "transfer": "matched",
        "reply": "matched",
        "note": "matched",
    },
    "closed": {"reply": "closed", "note": "closed"},
    "cancelled": {"submit": "submitted", "note": "cancelled"},
}


@pytest.mark.parametrize("status", PATHS)
async def test_each_step_leads_where_it_should_or_is_refused_and_changes_nothing(
    db: Database, status: Status
) -> None:
    steps: tuple[Step, ...] = get_args(Step)
    for number, step in enumerate(steps, 1):
        id_ = await brought_to(db, status, number=number)
        before = await stored(db, id_)
        led_to = MAY[status].get(step)
        if led_to is None:
            with pytest.raises(NotNow) as refused:
                await do(db, id_, step)
            assert refused.value.status == status
            assert await stored(db, id_) == before
        else:
            assert (await do(db, id_, step)).status == led_to
            assert (await stored(db, id_)).status == led_to


async def test_what_a_step_returns_is_what_lies_there_after_it(db: Database) -> None:
    id_ = await file(db)
    assert await do(db, id_, "accept") == await stored(db, id_)
    assert await do(db, id_, "transfer", bureau="xiamen") == await stored(db, id_)
    assert (await stored(db, id_)).bureau == "xiamen"


async def test_the_history_tells_who_did_what_when_and_why(db: Database) -> None:
    id_ = await file(db)
    await do(db, id_, "return", why="请补充专利号")
    async with db.transaction() as conn:
        fields = {**SUBMITTED.fields, "工作内容": "专利号 ZL2020"}
        await demands.save(conn, [replace(SUBMITTED, fields=fields, at=LATER)])
    await do(db, id_, "accept")
    await do(db, id_, "match", resource="兴业银行质押产品", why="利率优惠")
    async with db.transaction() as conn:
        told = await handling.history(conn, id_)
        last = await events.last_words(conn, [id_])
        both = await handling.histories(conn, [id_, id_ + 1])
    assert [(e.step, e.status, e.actor, e.why, e.resource) for e in told] == [
        ("submit", "submitted", "wecom:张三", "", None),
        ("return", "returned", CLERK, "请补充专利号", None),
        ("submit", "submitted", "wecom:张三", "", None),
        ("accept", "accepted", CLERK, "", None),
        ("match", "matched", CLERK, "利率优惠", "兴业银行质押产品"),
    ]
    assert [e.at for e in told] == [NOW, *[LATER] * 4]
    assert last == {id_: "请补充专利号"}
    assert both == {id_: told}


async def test_an_entry_may_be_changed_until_staff_accept_it(db: Database) -> None:
    id_ = await file(db)
    changed = replace(SUBMITTED, fields={"单位名称": "福建另一公司"}, at=LATER)
    async with db.transaction() as conn:
        await demands.save(conn, [changed])
    assert (await stored(db, id_)).fields == changed.fields
    await do(db, id_, "accept")
    async with db.transaction() as conn:
        await demands.save(conn, [replace(SUBMITTED, fields={})])
    assert (await stored(db, id_)).fields == changed.fields
    async with db.transaction() as conn:
        assert [e.step for e in await handling.history(conn, id_)] == ["submit", "submit", "accept"]


async def test_what_was_passed_on_stays_there_when_its_sender_changes_it(db: Database) -> None:
    id_ = await file(db)
    await do(db, id_, "transfer", bureau="xiamen")
    async with db.transaction() as conn:
        await demands.save(conn, [replace(SUBMITTED, fields={"单位名称": "福建另一公司"})])
    assert (await stored(db, id_)).bureau == "xiamen"
    moved = replace(SUBMITTED, region="泉州市", bureau="quanzhou")
    async with db.transaction() as conn:
        await demands.save(conn, [moved])
    assert (await stored(db, id_)).bureau == "quanzhou"


async def test_a_demand_that_there_is_not_cannot_be_handled(db: Database) -> None:
    with pytest.raises(UnknownDemand):
        await do(db, 17, "accept")
    async with db.transaction() as conn:
        assert await demands.find(conn, 17) is None
        assert await handling.history(conn, 17) == []


async def test_resources_are_counted_as_often_as_they_were_matched(db: Database) -> None:
    for number, resource in enumerate(["兴业银行", "兴业银行", "建设银行"], 1):
        id_ = await brought_to(db, "accepted", number=number)
        await do(db, id_, "match", resource=resource)
    async with db.transaction() as conn:
        assert await handling.matched(conn) == {"兴业银行": 2, "建设银行": 1}
        assert await handling.matched(conn, since=LATER) == {"兴业银行": 2, "建设银行": 1}
        assert await handling.matched(conn, since=LATER.replace(year=2025)) == {}


async def test_of_two_who_accept_at_once_one_is_told_that_it_was_done(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url, keys=KEYS)
    ids = [await file(db, number=number) for number in range(1, 8)]

    async def accept(worker: Database, id_: int, actor: str) -> str:
        while True:
            try:
                async with worker.transaction() as conn:
                    await handling.handle(conn, Handled(id_, "accept", actor, LATER))
                return actor
            except NotNow as refused:
                return refused.status
            except Conflict:
                continue

    for id_ in ids:
        got = await asyncio.gather(accept(db, id_, "wecom:a"), accept(other, id_, "wecom:b"))
        [winner] = [who for who in got if who != "accepted"]
        async with db.transaction() as conn:
            done = await handling.history(conn, id_)
        assert [(e.step, e.actor) for e in done[1:]] == [("accept", winner)]
    await other.close()


async def test_a_list_is_of_the_bureaus_and_statuses_that_are_asked_for(db: Database) -> None:
    here, there = await file(db), await file(db, number=2, bureau="xiamen")
    nowhere = await file(db, number=3, bureau=None)
    await do(db, there, "accept")
    async with db.transaction() as conn:

        async def ids(**asked: object) -> list[int]:
            return [d.id for d in await demands.listing(conn, **asked)]  # type: ignore[arg-type]

        assert await ids() == [here, there, nowhere]
        assert await ids(bureaus=["fujian"]) == [here]
        assert await ids(bureaus=["fujian", ""]) == [here, nowhere]
        assert await ids(bureaus=[]) == []
        assert await ids(bureaus=["fujian", "xiamen"], statuses=["accepted"]) == [there]
        assert await ids(statuses=[]) == []
        own = await demands.of_senders(conn, ["wecom:张三", "web:x"])
    assert {who: [d.id for d in entries] for who, entries in own.items()} == {
        "wecom:张三": [here, there, nowhere]
    }


async def test_a_demand_that_staff_call_off_keeps_no_personal_field(db: Database) -> None:
    id_ = await file(db)
    after = await do(db, id_, "cancel", why="重复登记")
    assert (after.status, after.fields["手机"]) == ("cancelled", None)
    assert after.fields["单位名称"] == "福建某某公司"
