"""Notices and the audit trail."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.counter.office import NOW, file_demand
from tests.console.office import Office


async def test_the_audit_trail_is_searched_and_shows_the_newest_first(office: Office) -> None:
    async with office.db.transaction() as conn:
        number = await file_demand(conn, "xiamen")
    wang, admin = await office.hires("王芳"), await office.hires("赵", "admin", ("全国",))
    await wang.opens(f"/demands/{number}")
    assert "王芳 查看 1号" in await admin.opens("/audit")
    assert "王芳 查看 1号" in await admin.opens("/audit?actor=wecom:王芳&act=look&demand=1")
    assert "没有符合条件的记录" in await admin.opens("/audit?act=export")
    tomorrow = (NOW + timedelta(days=1)).date()
    assert "没有符合条件的记录" in await admin.opens(f"/audit?since={tomorrow}")
    assert "王芳" in await admin.opens("/audit?since=oops&demand=oops&before=oops")


async def test_a_notice_is_shown_with_its_clauses_and_facts(office: Office) -> None:
    wang = await office.hires("王芳")
    assert "国知发运函字〔2021〕51号" in await wang.opens("/notices")
    page = await wang.opens("/notices/cnipa-2021-51")
    assert "5月25日前" in page
    assert "三（三）" in page
    await wang.opens("/notices/no-such-notice")
    assert wang.status == 404
