"""A step of staff's: on record, told to the enterprise, in the audit log, or not done at all."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.staff.handling import answer, step
from knowledge.snapshot import KnowledgeBase
from storage import audit, demands, handling, notes, questions
from storage.database import Database
from storage.handling import NotNow
from storage.life import Step
from storage.questions import AlreadyAnswered, QuestionRow
from storage.staff import StaffRow
from tests.data_key import KEYS
from tests.storage.rows import SUBMITTED, file

ROOT = Path(__file__).parents[2]
ENTRY = replace(SUBMITTED, fields={**SUBMITTED.fields, "服务需求事项": "想用发明专利做质押融资"})
NOW = datetime(2024, 5, 6, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLERK = StaffRow("wecom:lisi", "李四", "clerk", ("福建省",), NOW)
NAMED = "您5月1日登记的需求1（想用发明专利做质押融资）"


class Lost(Exception):
    """The worker ends in the middle."""


@dataclass(frozen=True)
class Product:
    id: str = "xingye"
    name: str = "兴业银行知识产权质押贷"
    contact: str | None = "王经理 0591-87654321"


async def handled(db: Database, kb: KnowledgeBase, *steps: tuple[Step, dict[str, Any]]) -> int:
    id_ = await file(db, fields=ENTRY.fields)
    for name, told in steps:
        async with db.transaction() as conn:
            demand = await demands.find(conn, id_)
            assert demand is not None
            await step(conn, kb, CLERK, demand, name, NOW, **told)
    return id_


async def told(db: Database, sender: str = "wecom:张三") -> list[str]:
    async with db.transaction() as conn:
        found = await notes.waiting(conn, [sender])
    return [note.text for note in found.get(sender, [])]


async def test_an_enterprise_is_told_who_takes_its_demand_up(
    db: Database, kb: KnowledgeBase
) -> None:
    id_ = await handled(db, kb, ("accept", {}))
    bureau = kb.bureaus.get("fujian")
    assert bureau is not None
    [note] = await told(db)
    assert NAMED in note
    assert f"已受理，由{bureau.name}办理" in note
    async with db.transaction() as conn:
        [row] = await audit.listing(conn)
    assert (row.actor, row.act, row.demand, row.detail) == (CLERK.sender, "handle", id_, "accept")


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([("return", {"why": "请补充专利号"})], "，工作人员说：请补充专利号。直接回复给我就行。"),
        ([("return", {"why": "缺营业执照"})], "，工作人员说：缺营业执照。直接回复给我就行。"),
        ([("return", {})], "还要请您补充。直接回复给我就行。"),
        ([("reply", {"why": "材料已收到，周五前回电"})], "材料已收到，周五前回电。"),
        (
            [("accept", {}), ("match", {"resource": Product()})],
            "已为您对接“兴业银行知识产权质押贷”。联系方式：王经理 0591-87654321。",
        ),
        ([("accept", {}), ("match", {"named": "省担保公司"})], "已为您对接“省担保公司”。"),
        ([("accept", {}), ("close", {"why": "贷款已到账"})], "已办结。工作人员说：贷款已到账。"),
        ([("cancel", {"why": "与需求2重复"})], "已由工作人员取消。工作人员说：与需求2重复。"),
    ],
)
async def test_each_step_that_concerns_it_is_told_with_what_it_needs_to_know(
    db: Database, kb: KnowledgeBase, steps: list[tuple[Step, dict[str, Any]]], says: str
) -> None:
    await handled(db, kb, *steps)
    note = (await told(db))[-1]
    assert NAMED in note
    assert says in note


async def test_a_demand_that_is_passed_on_is_told_with_the_new_bureau(
    db: Database, kb: KnowledgeBase
) -> None:
    xiamen = kb.bureaus.find("厦门")
    assert xiamen is not None
    id_ = await handled(db, kb, ("transfer", {"bureau": xiamen}))
    [note] = await told(db)
    assert f"已转由{xiamen.name}办理" in note
    async with db.transaction() as conn:
        demand = await demands.find(conn, id_)
    assert demand is not None
    assert demand.bureau == xiamen.id


async def test_a_remark_among_staff_is_not_told(db: Database, kb: KnowledgeBase) -> None:
    await handled(db, kb, ("note", {"why": "已电话联系"}))
    assert await told(db) == []


async def test_a_step_that_may_not_be_done_is_neither_told_nor_on_record(
    db: Database, kb: KnowledgeBase
) -> None:
    with pytest.raises(NotNow):
        await handled(db, kb, ("match", {"named": "省担保公司"}))
    assert await told(db) == []
    async with db.transaction() as conn:
        assert await audit.listing(conn) == []


async def test_who_asked_gets_the_staffs_answer(db: Database) -> None:
    asked = QuestionRow("web:李四", "2026年的截止时间？", "2026年", None, SUBMITTED.at)
    person = replace(asked, question="转人工", kind="handoff")
    async with db.transaction() as conn:
        await questions.add(conn, [asked, person])
        first, second = await questions.open_questions(conn)
        await answer(conn, CLERK, first.id, "2026年5月底", NOW)
        await answer(conn, CLERK, second.id, "请打0591-87654321", NOW)
        with pytest.raises(AlreadyAnswered):
            await answer(conn, CLERK, first.id, "六月底", NOW)
    one, two = await told(db, "web:李四")
    assert "您5月1日问的“2026年的截止时间？”：2026年5月底。" in one
    assert "找人工的事：请打0591-87654321。" in two


async def standing(db: Database, id_: int) -> tuple[str, list[str], int, int]:
    """Its status and steps, how many notes wait for its sender, how much was audited."""
    async with db.transaction() as conn:
        demand = await demands.find(conn, id_)
        steps = [str(one.step) for one in await handling.history(conn, id_)]
        audited = len(await audit.listing(conn))
    assert demand is not None
    return demand.status, steps, len(await told(db)), audited


UNTOUCHED = ("submitted", ["submit"], 0, 0)


async def test_stopped_after_any_statement_a_step_is_done_with_all_of_it_or_not_at_all(
    db: Database, kb: KnowledgeBase
) -> None:
    id_ = await file(db, fields=ENTRY.fields)
    left = [0]

    def stop(*_of_the_statement: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Lost

    event.listen(db._engine.sync_engine, "after_cursor_execute", stop)
    for statements in range(2, 30):
        left[0] = statements
        try:
            async with db.transaction() as conn:
                demand = await demands.find(conn, id_)
                assert demand is not None
                await step(conn, kb, CLERK, demand, "accept", NOW)
            break
        except Lost:
            assert await standing(db, id_) == UNTOUCHED
    left[0] = 0
    assert statements > 6
    assert await standing(db, id_) == ("accepted", ["submit", "accept"], 1, 1)


async def test_killed_before_the_commit_a_step_was_not_done(database_url: str) -> None:
    db = await Database.open(database_url, keys=KEYS)
    id_ = await file(db, fields=ENTRY.fields)
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.killed_step", database_url, cwd=ROOT
    )
    assert await worker.wait() == -signal.SIGKILL
    assert await standing(db, id_) == UNTOUCHED
    await db.close()
