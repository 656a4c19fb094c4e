"""What the bot could not answer waits for staff, until it is erased on request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import questions
from storage.database import Database
from storage.questions import AlreadyAnswered, QuestionRow, UnknownQuestion
from storage.schema import questions as table

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
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


async def test_a_digest_counts_all_that_wait_and_reads_only_the_newest(db: Database) -> None:
    fujian = [
        replace(ASKED, question=f"第{n}问", at=NOW + timedelta(minutes=n), region="福建省")
        for n in range(5)
    ]
    gansu = replace(ASKED, question="甘肃的", region="甘肃省")
    await add(db, ASKED, WANTS_A_PERSON, gansu, *fujian)
    async with db.transaction() as conn:
        assert await questions.waiting(conn, LATER) == {None: 1, "福建省": 5, "甘肃省": 1}
        assert await questions.waiting(conn, NOW) == {}
        newest = await questions.newest(conn, ["福建省"], NOW + timedelta(minutes=4), 2)
        nowhere = await questions.newest(conn, [None], LATER, 2)
    assert [one.question for one in newest] == ["第3问", "第2问"]
    assert [one.question for one in nowhere] == [ASKED.question]


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


async def test_an_answer_is_kept_with_its_question_and_closes_it(db: Database) -> None:
    await add(db, replace(ASKED, region="厦门市"))
    async with db.transaction() as conn:
        [asked] = await questions.open_questions(conn)
        done = await questions.answer(conn, asked.id, "2026年5月底", "wecom:lisi", LATER)
        assert await questions.open_questions(conn) == []
        assert await questions.find(conn, asked.id) == done
    assert (done.state, done.answer, done.answered_by) == ("answered", "2026年5月底", "wecom:lisi")
    assert (done.answered, done.region, done.question) == (LATER, "厦门市", ASKED.question)


async def test_a_question_is_answered_once_and_only_if_it_is_there(db: Database) -> None:
    await add(db, ASKED, WANTS_A_PERSON)
    async with db.transaction() as conn:
        first, second = await questions.open_questions(conn)
        await questions.answer(conn, first.id, "五月底", "wecom:lisi", LATER)
        with pytest.raises(AlreadyAnswered):
            await questions.answer(conn, first.id, "六月底", "wecom:wangwu", LATER)
        await questions.blank(conn, ["web:李四"])
        with pytest.raises(AlreadyAnswered):
            await questions.answer(conn, second.id, "已联系", "wecom:lisi", LATER)
        with pytest.raises(UnknownQuestion):
            await questions.answer(conn, 999, "五月底", "wecom:lisi", LATER)
        kept = await questions.find(conn, first.id)
    assert kept is not None
    assert (kept.answer, kept.answered_by) == ("五月底", "wecom:lisi")


async def test_all_questions_of_a_period_are_listed_whatever_became_of_them(db: Database) -> None:
    await add(db, ASKED, WANTS_A_PERSON)
    async with db.transaction() as conn:
        first, _ = await questions.open_questions(conn)
        await questions.answer(conn, first.id, "五月底", "wecom:lisi", LATER)
        assert [q.state for q in await questions.listing(conn)] == ["answered", "open"]
        assert await questions.listing(conn, since=LATER) == []
        [early] = await questions.listing(conn, until=NOW + timedelta(minutes=1))
        assert early.id == first.id


async def test_old_questions_are_emptied_and_still_counted(db: Database) -> None:
    await add(db, ASKED, replace(ASKED, question="新的问题", at=LATER))
    async with db.transaction() as conn:
        assert await questions.purge(conn, LATER) == 1
        assert await questions.purge(conn, LATER) == 0
        old, new = await questions.listing(conn)
    assert (old.state, old.question, old.answer) == ("erased", "", None)
    assert (new.state, new.question) == ("open", "新的问题")
