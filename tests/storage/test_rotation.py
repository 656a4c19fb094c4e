"""After a rotation the new key alone opens everything, also what was stored before sealing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import Text, cast, insert, select

from storage import (
    arrivals,
    attachments,
    audit,
    conversations,
    demands,
    events,
    handling,
    inbox,
    notes,
    outbox,
    questions,
    rotation,
    schema,
    staff,
    tickets,
)
from storage.arrivals import ArrivalRow
from storage.attachments import AttachmentRow
from storage.audit import AuditRow
from storage.conversations import ConversationRow
from storage.database import Conflict, Database, DatabaseError
from storage.inbox import InboxRow
from storage.key_text import KEY_BYTES
from storage.notes import NoteRow
from storage.outbox import OutboxRow
from storage.questions import QuestionRow
from storage.rotation import rotate
from storage.sealing import Keyring, key_id
from storage.staff import StaffRow
from storage.tickets import TicketRow, WordRow
from tests.storage.rows import CLERK, LATER, NOW, SUBMITTED, do

OLD, NEW = b"o" * KEY_BYTES, b"n" * KEY_BYTES
WHO = "wecom:张三"
SECRET = "13900000001"


@asynccontextmanager
async def opened(url: str, *keys: bytes) -> AsyncIterator[Database]:
    db = await Database.open(url, keys=Keyring(keys))
    try:
        yield db
    finally:
        await db.close()


async def store_a_bit_of_everything(db: Database) -> None:
    async with db.transaction() as conn:
        [id_] = (await demands.save(conn, [SUBMITTED])).values()
        await conversations.save(conn, [ConversationRow(WHO, {"v": 1, "text": SECRET}, NOW)])
        await inbox.store(conn, [InboxRow("m1", WHO, NOW, {"text": SECRET}, NOW)])
        await questions.add(conn, [QuestionRow(WHO, SECRET, "缺", None, NOW)])
        await notes.add(conn, [NoteRow(WHO, SECRET, NOW, id_)])
        await staff.put(conn, StaffRow(CLERK, SECRET, "clerk", ("厦门市",), NOW))
        await audit.record(conn, [AuditRow(NOW, CLERK, "look", id_, SECRET)])
        await outbox.add(conn, [OutboxRow("reply:m1:1", WHO, {"text": SECRET}, NOW)])
        ticket = await tickets.open_(conn, TicketRow(WHO, SECRET, NOW))
        await tickets.say(conn, [WordRow(ticket, WHO, SECRET, NOW)])
        await attachments.add(conn, [AttachmentRow(WHO, id_, "file", SECRET, SECRET, NOW)])
        await arrivals.keep(conn, "kf:wk1", [ArrivalRow("m2", {"text": SECRET})], "c1", NOW)
    await do(db, id_, "return", why=SECRET)
    async with db.transaction() as conn:
        [asked] = await questions.open_questions(conn)
        await questions.answer(conn, asked.id, SECRET, CLERK, LATER)


async def everything(db: Database) -> list[object]:
    async with db.transaction() as conn:
        [demand] = await demands.listing(conn)
        [event] = [e for e in await handling.history(conn, demand.id) if e.why]
        [asked] = await questions.listing(conn)
        [[note]] = (await notes.waiting(conn, [WHO])).values()
        [member] = await staff.everyone(conn)
        [looked] = await audit.listing(conn)
        [posted] = await outbox.listing(conn)
        [ticket] = await tickets.listing(conn)
        [word] = await tickets.said(conn, ticket.id, 9)
        [sent] = await attachments.of_demand(conn, demand.id)
        [arrived] = await arrivals.waiting(conn, "kf:wk1", 9)
        return [
            demand.fields["手机"],
            (await conversations.load(conn, [WHO]))[WHO]["text"],
            (await inbox.replies(conn, ["m1"]))["m1"]["text"],
            event.why,
            asked.question,
            asked.answer,
            note.text,
            member.name,
            looked.detail,
            (posted.payload or {}).get("text"),
            ticket.about,
            word.text,
            sent.ref,
            sent.name,
            arrived.payload["text"],
        ]


async def raw_values(db: Database) -> list[str]:
    """All that the database holds in the columns that are to be sealed, and may be empty."""
    values: list[str] = []
    async with db.transaction() as conn:
        for columns in rotation.SEALED.values():
            for sealed in columns:
                found = await conn.execute(select(cast(sealed.column, Text)))
                values += [value for value in found.scalars() if value]
    return values


async def test_after_a_rotation_the_new_key_alone_opens_everything(database_url: str) -> None:
    async with opened(database_url, OLD) as db:
        await store_a_bit_of_everything(db)
    async with opened(database_url, NEW, OLD) as db:
        assert await everything(db) == [SECRET] * 15
        assert await rotate(db) == 13
        assert await rotate(db) == 0
    async with opened(database_url, NEW) as db:
        assert await everything(db) == [SECRET] * 15
    with pytest.raises(DatabaseError, match=key_id(NEW)):
        await Database.open(database_url, keys=Keyring([OLD]))


async def test_others_may_go_on_writing_during_a_rotation(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_AT_A_TIME", 3)
    rows = [ConversationRow(f"web:{n}", {"v": 1, "text": SECRET}, NOW) for n in range(20)]

    async def go_on(db: Database) -> None:
        for n in range(20):
            with suppress(Conflict):
                async with db.transaction() as conn:
                    senders = [rows[n].sender, rows[-n].sender]
                    await conversations.load(conn, senders)
                    await conversations.save(conn, [replace(rows[n], state={"v": 1, "n": n})])

    async with opened(database_url, OLD) as db, db.transaction() as conn:
        await conversations.save(conn, rows)
    async with opened(database_url, NEW, OLD) as db, opened(database_url, NEW, OLD) as other:
        await asyncio.gather(rotate(db), go_on(other))
    async with opened(database_url, NEW) as db, db.transaction() as conn:
        assert len(await conversations.load(conn, [row.sender for row in rows])) == 20


async def test_who_still_seals_with_the_older_key_after_a_rotation_is_found_out_in_time(
    database_url: str,
) -> None:
    async with opened(database_url, OLD) as forgotten:
        async with opened(database_url, NEW, OLD) as db:
            await rotate(db)
        async with forgotten.transaction() as conn:
            await notes.add(conn, [NoteRow(WHO, SECRET, NOW)])
        await forgotten.note_key()
    with pytest.raises(DatabaseError, match=key_id(OLD)):
        await Database.open(database_url, keys=Keyring([NEW]))
    async with opened(database_url, NEW, OLD) as db:
        assert await rotate(db) == 1
    async with opened(database_url, NEW) as db, db.transaction() as conn:
        assert [n.text for n in (await notes.waiting(conn, [WHO]))[WHO]] == [SECRET]


async def test_without_the_older_key_a_database_is_not_opened_before_the_rotation(
    database_url: str,
) -> None:
    async with opened(database_url, OLD) as db:
        await store_a_bit_of_everything(db)
    with pytest.raises(DatabaseError) as told:
        await Database.open(database_url, keys=Keyring([NEW]))
    assert key_id(OLD) in str(told.value)
    assert "\n" not in str(told.value)
    async with opened(database_url, OLD) as db:
        assert await everything(db) == [SECRET] * 15


async def test_nothing_that_people_wrote_lies_in_clear(database_url: str) -> None:
    async with opened(database_url, OLD) as db:
        await store_a_bit_of_everything(db)
        values = await raw_values(db)
    assert len(values) >= 10
    assert all(value.strip('"').startswith("sealed:") for value in values)


async def test_what_was_stored_before_sealing_is_read_and_then_sealed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_AT_A_TIME", 2)
    plain = {**SUBMITTED.fields}
    async with opened(database_url, NEW) as db:
        async with db.transaction() as conn:
            talks = [{"sender": f"wecom:{n}", "state": {"v": 1}, "at": NOW} for n in range(5)]
            await conn.execute(insert(schema.conversations), talks)
            await conn.execute(insert(schema.demands).values(**_old_demand(plain)))
        async with db.transaction() as conn:
            [demand] = await demands.listing(conn)
            assert demand.fields == plain
            loaded = await conversations.load(conn, [f"wecom:{n}" for n in range(5)])
            assert list(loaded.values()) == [{"v": 1}] * 5
        assert await rotate(db) == 6
        assert all(value.startswith('"sealed:') for value in await raw_values(db))
        async with db.transaction() as conn:
            assert [d.fields for d in await demands.listing(conn)] == [plain]
            assert await events.last_words(conn, [demand.id]) == {}


def _old_demand(fields: object) -> dict[str, object]:
    return {
        "sender": WHO,
        "number": 1,
        "notice": SUBMITTED.notice,
        "channel": "wecom",
        "status": "submitted",
        "fields": fields,
        "personal": ["手机"],
        "created": NOW,
        "updated": NOW,
        "moved": NOW,
        "national": False,
    }
