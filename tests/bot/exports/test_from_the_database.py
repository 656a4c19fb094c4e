"""What is exported out of what is stored: whose, of which days, in which statuses; on record."""

from __future__ import annotations

import asyncio
import os
import stat
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.exports import chat, making
from bot.exports.chat import export
from bot.exports.demand_list import demand_list
from bot.exports.entries import Scope
from bot.exports.making import Made, make, make_within
from bot.exports.order import CannotExport, Format, Order
from knowledge.snapshot import KnowledgeBase
from storage import activities, audit, demands, questions
from storage.activities import ActivityRow
from storage.connection import AsyncConnection
from storage.database import Database
from storage.demands import DemandRow
from storage.handling import Handled, handle
from storage.life import Step
from storage.outside import savepoint
from storage.questions import QuestionRow
from storage.staff import Role, StaffRow, put
from tests.bot.exports.material import MARKS, PLEDGES, column_under, word_tables, word_texts

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 7, 1, 9, 30, tzinfo=ZONE)
MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)
ACCEPTED: tuple[Step, ...] = ("accept",)
CLOSED: tuple[Step, ...] = ("accept", "match", "close")


async def enter(
    conn: AsyncConnection,
    company: str,
    bureau: str | None = "xiamen",
    *steps: Step,
    at: datetime = MAY,
    draft: bool = False,
    notice: str = "cnipa-2021-51",
    task: str = PLEDGES,
    national: bool = False,
) -> int:
    """An enterprise's demand as the desk stores it, on which staff then take `steps`."""
    fields: demands.Fields = {
        "单位名称": company,
        "联系人": "陈明",
        "手机": "13800001234",
        "重点任务": task,
        "服务需求事项": f"{company}要贷款",
        "需国家局协调": national,
    }
    row = DemandRow(
        sender=f"talk:{company}",
        number=1,
        notice=notice,
        campaign=None,
        region=None,
        channel="talk",
        status="draft" if draft else "submitted",
        fields=fields,
        at=at,
        personal=("联系人", "手机"),
        bureau=bureau,
        national=national,
    )
    [id_] = (await demands.save(conn, [row])).values()
    for number, step in enumerate(steps, 1):
        await handle(conn, Handled(id_, step, "wecom:lm", at + timedelta(days=number), "好了"))
    return id_


def member(role: Role = "head", *regions: str) -> StaffRow:
    return StaffRow("wecom:lm", "李明", role, regions or ("厦门市",), MAY)


async def ordered(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    form: str = "附件1",
    *,
    bureaus: Sequence[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    format: Format = "docx",
    notice: str | None = None,
) -> Made:
    scope = Scope(None, since, until, together=True)
    order = Order(form, format, scope, bureaus, notice)
    staff = {"wecom:lm": member()}
    return await make_within(conn, kb, order, actor="cli:root", staff=staff, now=NOW)


def companies(made: Made | Path) -> list[str]:
    content = made.read_bytes() if isinstance(made, Path) else made.content
    tables = word_tables(content)
    return column_under(tables[2], "单位名称") if len(tables) > 2 else []


async def test_what_was_handed_in_and_not_called_off_is_listed(
    db: Database, kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        await enter(conn, "草稿公司", draft=True)
        await enter(conn, "提交公司")
        await enter(conn, "受理公司", "xiamen", *ACCEPTED)
        await enter(conn, "退回公司", "xiamen", "return")
        await enter(conn, "办结公司", "xiamen", *CLOSED)
        await enter(conn, "取消公司", "xiamen", "cancel")
        made = await ordered(conn, kb)
    assert companies(made) == ["提交公司", "受理公司", "退回公司", "办结公司"]
    assert made.items == 4


async def test_a_span_goes_by_the_day_of_handing_in_both_ends_included(
    db: Database, kb: KnowledgeBase
) -> None:
    """Days are the bureau's: 16:30 UTC is half past midnight in Beijing."""
    async with db.transaction() as conn:
        await enter(conn, "四月末", at=datetime(2026, 4, 30, 15, 30, tzinfo=UTC))
        await enter(conn, "五月初", at=datetime(2026, 4, 30, 16, 30, tzinfo=UTC))
        await enter(conn, "五月末", "xiamen", *CLOSED, at=datetime(2026, 5, 31, 15, tzinfo=UTC))
        await enter(conn, "六月初", at=datetime(2026, 5, 31, 17, tzinfo=UTC))
        made = await ordered(conn, kb, since=date(2026, 5, 1), until=date(2026, 5, 31))
    assert companies(made) == ["五月初", "五月末"]


async def test_a_bureau_exports_its_own_and_a_roll_up_those_below(
    db: Database, kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        await enter(conn, "厦门公司", "xiamen")
        await enter(conn, "泉州公司", "quanzhou")
        await enter(conn, "别处公司", None)
        one = await ordered(conn, kb, bureaus=["xiamen"])
        two = await ordered(conn, kb, bureaus=["xiamen", "quanzhou"])
        everything = await ordered(conn, kb)
    assert companies(one) == ["厦门公司"]
    assert companies(two) == ["厦门公司", "泉州公司"]
    assert companies(everything) == ["厦门公司", "泉州公司", "别处公司"]


async def test_demands_of_another_notices_form_are_counted_not_mixed_in(
    db: Database, kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        await enter(conn, "本年公司")
        await enter(conn, "往年公司", notice="cnipa-2019-1")
        made = await ordered(conn, kb)
    assert companies(made) == ["本年公司"]
    assert (made.items, made.left_out) == (1, 1)
    assert any("另有1项" in text for text in word_texts(made.content))


async def test_activities_fill_the_summary_of_their_span(db: Database, kb: KnowledgeBase) -> None:
    async with db.transaction() as conn:
        for bureau, at in (("xiamen", MAY), ("quanzhou", MAY), ("xiamen", NOW)):
            row = ActivityRow("wecom:lm", bureau, PLEDGES, "银企对接会", 3, 56, "", at)
            await activities.add(conn, row)
        made = await ordered(conn, kb, "附件2", bureaus=["xiamen"], until=date(2026, 6, 30))
    [rows] = word_tables(made.content)
    assert [row for row in rows if row[1]][1:] == [[PLEDGES, "银企对接会", "3", "56", ""]]
    assert made.items == 1


async def test_the_report_tells_who_took_a_measure_by_name(db: Database, kb: KnowledgeBase) -> None:
    async with db.transaction() as conn:
        await enter(conn, "厦门公司", "xiamen", *CLOSED, national=True)
        asked = [("泉州的问题", "泉州市"), ("厦门的问题", "厦门市"), ("哪里的问题", None)]
        rows = [QuestionRow("talk:x", q, "", None, MAY, "question", region) for q, region in asked]
        await questions.add(
            conn, [*rows, QuestionRow("talk:x", "找人工", "", None, MAY, "handoff")]
        )
        made = await ordered(conn, kb, "报告", bureaus=["xiamen"])
    tables = word_tables(made.content)
    steps = next(t for t in tables if t[0][0] == "日期")
    assert [row[2:4] for row in steps[1:]] == [
        ["受理", "厦门市局 李明"],
        ["匹配资源", "厦门市局 李明"],
    ]
    problems = next(t for t in tables if t[0][1] == "问题")
    assert [row[1] for row in problems[1:]] == ["厦门的问题"]


async def test_each_export_is_on_record(db: Database, kb: KnowledgeBase) -> None:
    async with db.transaction() as conn:
        await enter(conn, "厦门公司")
        await ordered(conn, kb, bureaus=["xiamen"], since=date(2026, 5, 1), format="xlsx")
        [told] = [row for row in await audit.listing(conn) if row.act == "export"]
    assert (told.actor, told.at) == ("cli:root", NOW)
    assert told.detail == "附件1 xlsx 全部 2026年5月1日以来 1项"


@pytest.mark.parametrize(
    ("form", "format_", "told"),
    [("附件9", "docx", "附件1、附件2、报告"), ("报告", "xlsx", "Word")],
)
async def test_what_there_is_not_is_told(
    db: Database, kb: KnowledgeBase, form: str, format_: Format, told: str
) -> None:
    async with db.transaction() as conn:
        with pytest.raises(CannotExport, match=told):
            await ordered(conn, kb, form, format=format_)
        with pytest.raises(CannotExport, match="cnipa-1"):
            await ordered(conn, kb, notice="cnipa-1")
        with pytest.raises(CannotExport, match="早于"):
            await ordered(conn, kb, since=date(2026, 5, 2), until=date(2026, 5, 1))
        assert await audit.listing(conn) == []


async def said(
    conn: AsyncConnection, kb: KnowledgeBase, staff: StaffRow, what: str, folder: Path
) -> Path:
    return await export(conn, kb, staff, what, NOW, folder=folder)


async def test_in_chat_the_file_lies_in_the_folder_for_the_account_alone(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    async with db.transaction() as conn:
        await enter(conn, "厦门公司")
        path = await said(conn, kb, member(), "附件1 上季度", tmp_path / "exports")
        [told] = [row for row in await audit.listing(conn) if row.act == "export"]
        assert not path.exists()
    assert path.parent == tmp_path / "exports"
    assert os.listdir(path.parent) == [path.name]
    assert path.name == "附件1需求清单_厦门市局_20260401-20260630_0701-093000.docx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert companies(path) == ["厦门公司"]
    assert told.actor == "wecom:lm"


async def test_no_export_in_chat_overwrites_another(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    async with db.transaction() as conn:
        first = await said(conn, kb, member(), "附件1", tmp_path)
        await enter(conn, "厦门公司")
        second = await said(conn, kb, member(), "附件1", tmp_path)
    assert (companies(first), companies(second)) == ([], ["厦门公司"])


async def test_what_is_not_on_record_leaves_no_file(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    async def breaks(conn: AsyncConnection) -> None:
        await enter(conn, "厦门公司")
        await said(conn, kb, member(), "附件1", tmp_path / "exports")
        raise LookupError

    with pytest.raises(LookupError):
        async with db.transaction() as conn:
            await breaks(conn)
    async with db.transaction() as conn:
        with pytest.raises(LookupError):
            async with savepoint(conn):
                await breaks(conn)
        kept = await said(conn, kb, member(), "附件2", tmp_path / "exports")
    assert os.listdir(kept.parent) == [kept.name]


async def test_what_a_killed_server_left_unfinished_is_swept_away(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    old, young = folder / ".附件1_旧.docx.part", folder / ".附件1_新.docx.part"
    for part in (old, young):
        part.write_text("林小燕")
    os.utime(old, (0, 0))
    async with db.transaction() as conn:
        made = await said(conn, kb, member(), "附件1", folder)
    assert sorted(os.listdir(folder)) == [young.name, made.name]


@pytest.mark.parametrize(
    ("form", "laid_out"), [("附件1", "demand_list"), ("附件2", "results"), ("报告", "report")]
)
async def test_a_form_is_laid_out_and_written_beside_the_loop_that_answers(
    db: Database,
    kb: KnowledgeBase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    laid_out: str,
) -> None:
    threads: list[int] = []
    for owner, name in ((making, laid_out), (chat, "write")):
        monkeypatch.setattr(owner, name, _noting(threads, getattr(owner, name)))
    async with db.transaction() as conn:
        await enter(conn, "厦门公司")
        await said(conn, kb, member(), form, tmp_path)
    assert len(threads) == 2
    assert threading.get_ident() not in threads


async def test_nobody_waits_for_a_large_export_who_writes_meanwhile(
    db: Database, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with db.transaction() as conn:
        chosen = [await enter(conn, f"厦门{number}号公司") for number in range(3)]
        elsewhere = await enter(conn, "泉州公司", "quanzhou")
        dropped = await enter(conn, "取消公司", "xiamen", "cancel")
    go_on = threading.Event()

    def slowly(*given: Any) -> Any:
        assert go_on.wait(60), "who writes had to wait for it"
        return demand_list(*given)

    monkeypatch.setattr(making, "demand_list", slowly)
    scope, only = Scope(None, None, None, together=True), {*chosen[1:], elsewhere, dropped}
    order = Order("附件1", "docx", scope, ["xiamen"], None, only=frozenset(only))
    exported = asyncio.create_task(make(db, kb, order, actor="cli:root", staff={}, now=NOW))
    async with db.transaction() as conn:
        await enter(conn, "后来的公司")
    go_on.set()
    assert companies(await exported) == ["厦门1号公司", "厦门2号公司"]
    async with db.transaction() as conn:
        assert [row.act for row in await audit.listing(conn)] == ["export"]


def _noting(threads: list[int], work: Callable[..., object]) -> Callable[..., object]:
    """`work`, which notes the thread that does it."""

    def noted(*args: object) -> object:
        threads.append(threading.get_ident())
        return work(*args)

    return noted


async def test_staff_export_their_own_regions_and_no_others(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    async with db.transaction() as conn:
        for bureau in ("xiamen", "quanzhou", None):
            await enter(conn, f"{bureau}的公司", bureau)
        await put(conn, member())
        city, province = member(), member("head", "福建省")
        two = member("head", "厦门市", "泉州市")
        nowhere = StaffRow("wecom:x", "某", "head", (), MAY)
        own = await said(conn, kb, city, "附件1", tmp_path / "1")
        all_ = await said(conn, kb, province, "附件1", tmp_path / "2")
        below = await said(conn, kb, province, "附件1 泉州", tmp_path / "3")
        both = await said(conn, kb, two, "附件1", tmp_path / "4")
        with pytest.raises(CannotExport, match="不在您负责的地区"):
            await said(conn, kb, city, "附件1 泉州", tmp_path / "5")
        with pytest.raises(CannotExport, match="没有设置负责的地区"):
            await said(conn, kb, nowhere, "附件1", tmp_path / "6")
    assert companies(own) == ["xiamen的公司"]
    assert companies(all_) == ["xiamen的公司", "quanzhou的公司", "None的公司"]
    assert companies(below) == ["quanzhou的公司"]
    assert companies(both) == ["xiamen的公司", "quanzhou的公司"]
    assert not (tmp_path / "5").exists()


async def test_the_head_of_the_form_is_filled_from_the_settings(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    reporters = {"xiamen": {"联系人": "林芳", "职务": "科长"}}
    async with db.transaction() as conn:
        path = await export(conn, kb, member(), "附件1", NOW, folder=tmp_path, reporters=reporters)
    basics = word_tables(path.read_bytes())[0]
    assert basics[1][1] == "厦门市市场监督管理局（厦门市知识产权局）"
    assert basics[2][:2] == ["联系人", "林芳"]
    assert basics[3][:2] == ["职务", "科长"]
    assert "共0项需求" in word_texts(path.read_bytes())[-1]


async def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    db: Database, kb: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    async with db.transaction() as conn:
        await enter(conn, "厦门公司", task=MARKS)
        with pytest.raises(CannotExport, match="文件没能写成"):
            await said(conn, kb, member(), "附件1", tmp_path / "file")
