"""Talks with people: one of all who try gets a ticket, its words lie sealed and can be erased."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Text, cast, select

from storage import attention, conversations, schema, tickets
from storage.database import Database
from storage.tickets import StoredTicket, TicketRow, WordRow
from tests.storage.rows import LATER, NOW

WHO, OTHER, CLERK, HEAD = "kf:wk1/张三", "web:李四", "wecom:wangfang", "wecom:liqiang"
SECRET = "我的电话13900000001"


async def opened(db: Database, sender: str = WHO) -> int:
    async with db.transaction() as conn:
        return await tickets.open_(conn, TicketRow(sender, SECRET, NOW, "厦门市"))


async def found(db: Database, id_: int) -> StoredTicket:
    async with db.transaction() as conn:
        ticket = await tickets.find(conn, id_)
    assert ticket is not None
    return ticket


async def test_a_ticket_waits_until_one_takes_it_and_ends_once(db: Database) -> None:
    id_ = await opened(db)
    assert await found(db, id_) == StoredTicket(
        id_, WHO, "厦门市", SECRET, "waiting", None, NOW, NOW
    )
    async with db.transaction() as conn:
        assert await tickets.take(conn, id_, CLERK, LATER)
        assert not await tickets.take(conn, id_, HEAD, LATER)
        assert await tickets.pass_on(conn, id_, CLERK, HEAD, LATER)
        assert not await tickets.pass_on(conn, id_, CLERK, HEAD, LATER)
    held = await found(db, id_)
    assert (held.state, held.staff, held.last) == ("held", HEAD, LATER)
    async with db.transaction() as conn:
        assert await tickets.close(conn, id_, "staff", LATER)
        assert not await tickets.close(conn, id_, "sender", LATER)
    assert ((await found(db, id_)).state, (await found(db, id_)).why) == ("closed", "staff")


async def test_of_all_who_try_at_once_one_gets_it(db: Database) -> None:
    id_ = await opened(db)

    async def attempt(staff: str) -> bool:
        async with db.transaction() as conn:
            return await tickets.take(conn, id_, staff, LATER)

    got = await asyncio.gather(*(attempt(f"wecom:{n}") for n in range(8)))
    assert sum(got) == 1


async def test_only_who_opened_or_holds_an_open_ticket_needs_attention(db: Database) -> None:
    id_ = await opened(db)
    people = [WHO, OTHER, CLERK]
    async with db.transaction() as conn:
        assert (await attention.of(conn, people)).tickets == {WHO}
        await tickets.take(conn, id_, CLERK, LATER)
    async with db.transaction() as conn:
        met = await conversations.meet(conn, people)
        assert {who for who, one in met.items() if one.ticket} == {WHO, CLERK}
        assert [t.id for t in await tickets.concerning(conn, [CLERK])] == [id_]
        assert await tickets.concerning(conn, [OTHER]) == []
        await tickets.close(conn, id_, "staff", LATER)
    async with db.transaction() as conn:
        met = await conversations.meet(conn, people)
        assert not any(one.ticket for one in met.values())


async def test_the_last_words_come_in_their_order_and_lie_sealed(db: Database) -> None:
    id_ = await opened(db)
    async with db.transaction() as conn:
        await tickets.take(conn, id_, CLERK, NOW)
        await tickets.say(conn, [WordRow(id_, WHO, f"{SECRET} {n}", LATER) for n in range(5)])
        told = await tickets.said(conn, id_, 3)
    assert [word.text for word in told] == [f"{SECRET} {n}" for n in (2, 3, 4)]
    async with db.transaction() as conn:
        for column in (schema.ticket_words.c.text, schema.tickets.c.about):
            raw = (await conn.execute(select(cast(column, Text)))).scalars().all()
            assert not any("13900000001" in value for value in raw)


async def test_silence_ends_a_talk_only_where_nobody_has_spoken_meanwhile(db: Database) -> None:
    id_ = await opened(db)
    soon = NOW + timedelta(minutes=31)
    async with db.transaction() as conn:
        await tickets.take(conn, id_, CLERK, NOW)
        await tickets.say(conn, [WordRow(id_, WHO, "在吗", NOW + timedelta(minutes=5))])
        since = soon - timedelta(minutes=30)
        assert not await tickets.close(conn, id_, "silence", soon, silent_since=since)
        later = soon + timedelta(minutes=10)
        since = later - timedelta(minutes=30)
        [silent] = await tickets.listing(conn, states=["held"], before=since)
        assert silent.id == id_
        assert await tickets.close(conn, id_, "silence", later, silent_since=since)


@pytest.mark.parametrize("how", ["forget", "purge"])
async def test_nothing_is_left_of_what_was_said(db: Database, how: str) -> None:
    mine, other = await opened(db), await opened(db, OTHER)
    async with db.transaction() as conn:
        await tickets.take(conn, mine, CLERK, NOW)
        await tickets.say(
            conn, [WordRow(mine, WHO, SECRET, NOW), WordRow(other, OTHER, "好", LATER)]
        )
        assert await tickets.lookers(conn, [WHO, OTHER]) == {mine: {CLERK}, other: set()}
        if how == "forget":
            await tickets.blank(conn, [WHO], LATER)
        else:
            assert await tickets.purge(conn, LATER, LATER) == 1
        assert await tickets.said(conn, mine, 9) == []
        assert len(await tickets.said(conn, other, 9)) == 1
    erased = await found(db, mine)
    assert (erased.about, erased.state, erased.why) == ("", "closed", "erased")
    assert (await found(db, other)).about == SECRET
