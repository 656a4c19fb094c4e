"""Pushes, notices and the audit trail."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from storage import outbox, subscriptions
from storage.outbox import OutboxRow
from storage.schema import outbox as outbox_table
from storage.subscriptions import SubscriptionRow
from tests.bot.counter.office import NOW, file_demand
from tests.console.office import Office


async def test_what_could_not_be_sent_is_sent_again_and_tells_no_words(office: Office) -> None:
    async with office.db.transaction() as conn:
        row = OutboxRow("note:1", "wecom:林", {"reply": {"text": "悄悄话"}}, NOW, "wecom")
        await outbox.add(conn, [row])
        await conn.execute(update(outbox_table).values(state="dead", error="WeCom errcode 60020"))
    lin = await office.hires("林处", "head")
    page = await lin.opens("/pushes")
    assert "办理告知 企业微信" in page
    assert "60020" in page
    assert "悄悄话" not in page
    assert "wecom:林" not in page
    assert "1条已重新排队发送" in await lin.sends("/pushes/again", pick="1")
    assert office.woken
    async with office.db.transaction() as conn:
        [message] = await outbox.listing(conn)
    assert message.state == "waiting"
    assert [row.act for row in await office.on_record()][-1] == "send-again"


async def test_who_is_pushed_what_is_listed(office: Office) -> None:
    lin = await office.hires("林处", "head")
    async with office.db.transaction() as conn:
        row = SubscriptionRow("wecom:林处", "weekly", NOW, "08:30", 2, ("厦门市",), ("质押",))
        await subscriptions.put(conn, row)
    assert "林处 每周简报 周二 08:30 厦门市 质押" in await lin.opens("/pushes")


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
