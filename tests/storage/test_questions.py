"""What the bot could not answer waits for staff, until it is erased on request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import questions
from storage.database import Database
from storage.questions import QuestionRow
from storage.schema import questions as table

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
NEAREST = {
    "notice": "cnipa-2021-51",
    "doc_number": "国知发运函字〔2021〕51号",
    "clause": "三（三）",
}
ASKED = QuestionRow("wecom:张三", "2026年的截止时间？", "2026年", NEAREST, NOW)
WANTS_A_PERSON = QuestionRow(
    "web:李四", "转人工", "", None, NOW + timedelta(hours=1), kind="handoff"
)


async def add(db: Database, *rows: QuestionRow) -> None:
    async with db.transaction() as conn:
        await questions.add(conn, rows)


async def test_open_questions_come_oldest_first_with_what_is_lacking(db: Database) -> None:
    await add(db, WANTS_A_PERSON, ASKED)
    await add(db)
    async with db.transaction() as conn:
        first, second = await questions.open_questions(conn)
    assert (first.question, first.lacks, first.nearest) == (ASKED.question, "2026年", NEAREST)
    assert (first.kind, first.at, first.sender) == ("question", NOW, "wecom:张三")
    assert (second.kind, second.question, second.nearest) == ("handoff", "转人工", None)


async def test_only_those_since_a_moment_can_be_asked_for(db: Database) -> None:
    await add(db, ASKED, WANTS_A_PERSON)
    async with db.transaction() as conn:
        assert len(await questions.open_questions(conn, since=NOW)) == 2
        [late] = await questions.open_questions(conn, since=NOW + timedelta(minutes=1))
    assert late.kind == "handoff"


async def test_what_a_sender_asked_can_be_blanked_and_is_then_not_open(db: Database) -> None:
    await add(db, ASKED, WANTS_A_PERSON)
    async with db.transaction() as conn:
        await questions.blank(conn, ["wecom:张三"])
        await questions.blank(conn, [])
        [left] = await questions.open_questions(conn)
        everything = (await conn.execute(table.select())).mappings().all()
    assert left.sender == "web:李四"
    [blanked] = [row for row in everything if row["sender"] == "wecom:张三"]
    assert (blanked["question"], blanked["lacks"], blanked["nearest"]) == ("", "", None)
