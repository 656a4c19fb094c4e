"""What a sender must still be told: oldest first, told once, gone on request."""

from __future__ import annotations

from datetime import timedelta

from storage import notes
from storage.database import Database
from storage.notes import NoteRow
from tests.storage.rows import LATER, NOW, file

WHO, OTHER = "wecom:张三", "web:李四"


async def waiting(db: Database, *senders: str) -> dict[str, list[str]]:
    async with db.transaction() as conn:
        found = await notes.waiting(conn, senders)
    return {sender: [note.text for note in rows] for sender, rows in found.items()}


async def add(db: Database, *rows: NoteRow) -> None:
    async with db.transaction() as conn:
        await notes.add(conn, rows)


async def test_notes_wait_for_their_sender_in_the_order_in_which_they_came(db: Database) -> None:
    id_ = await file(db)
    await add(db, NoteRow(WHO, "已受理", NOW, id_), NoteRow(OTHER, "别的", NOW))
    await add(db, NoteRow(WHO, "已办结", NOW - timedelta(days=1)))
    await add(db)
    assert await waiting(db, WHO, "web:x") == {WHO: ["已受理", "已办结"]}
    async with db.transaction() as conn:
        [first, second] = (await notes.waiting(conn, [WHO]))[WHO]
    assert (first.demand, first.at, second.demand) == (id_, NOW, None)


async def test_what_was_told_waits_no_more(db: Database) -> None:
    await add(db, NoteRow(WHO, "已受理", NOW), NoteRow(WHO, "已办结", NOW))
    async with db.transaction() as conn:
        first, _ = (await notes.waiting(conn, [WHO]))[WHO]
        await notes.told(conn, [first.id], LATER)
        await notes.told(conn, [], LATER)
    assert await waiting(db, WHO) == {WHO: ["已办结"]}


async def test_a_sender_who_wants_to_be_forgotten_is_told_nothing_more(db: Database) -> None:
    await add(db, NoteRow(WHO, "已受理", NOW), NoteRow(OTHER, "已受理", NOW))
    async with db.transaction() as conn:
        await notes.blank(conn, [WHO])
        await notes.blank(conn, [])
    assert await waiting(db, WHO, OTHER) == {OTHER: ["已受理"]}


async def test_old_notes_are_removed_told_or_not(db: Database) -> None:
    await add(db, NoteRow(WHO, "旧", NOW), NoteRow(WHO, "新", LATER))
    async with db.transaction() as conn:
        assert await notes.purge(conn, LATER) == 1
    assert await waiting(db, WHO) == {WHO: ["新"]}
