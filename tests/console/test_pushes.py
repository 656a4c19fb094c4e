"""What failed, what was sent to whom, who gets what, and what the next digest would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.console.pushes.marked import marked
from bot.console.pushes.reasons import reason
from bot.delivery.letters import Letter, to_json
from bot.platforms import judging
from intents.turn import Reply
from storage import outbox, subscriptions
from storage.outbox import OutboxRow
from storage.schema import outbox as outbox_table
from storage.subscriptions import SubscriptionRow
from tests.bot.counter.office import NOW, file_demand
from tests.console.office import Office


def letter(words: str) -> dict[str, object]:
    return to_json(Letter(Reply("command", words), markdown=True))


async def put_out(
    office: Office,
    *rows: OutboxRow,
    state: str = "sent",
    error: str = "",
    region: str | None = "厦门市",
) -> None:
    """Into the outbox, where it has been settled."""
    async with office.db.transaction() as conn:
        await outbox.add(conn, [replace(row, region=region) for row in rows])
        of_them = outbox_table.c.key.in_([row.key for row in rows])
        await conn.execute(update(outbox_table).where(of_them).values(state=state, error=error))


async def test_what_could_not_be_sent_is_sent_again_and_tells_no_words(office: Office) -> None:
    row = OutboxRow("note:1", "wecom:woAbCdEfGh123", letter("悄悄话"), NOW, "wecom")
    await put_out(office, row, state="dead", error="errcode 60111: no member of this id")
    lin = await office.hires("林处", "head")
    page = await lin.opens("/pushes")
    assert "办理告知 企业微信用户…123 企业微信" in page
    assert "平台没有这个成员 errcode 60111" in page
    assert "悄悄话" not in page
    assert "woAbCdEfGh" not in lin.page
    assert "1条已重新排队发送" in await lin.sends("/pushes/again", pick="1")
    assert office.woken
    async with office.db.transaction() as conn:
        [message] = await outbox.listing(conn)
    assert message.state == "waiting"
    assert [row.act for row in await office.on_record()][-1] == "send-again"


def test_each_code_that_a_platform_answers_has_its_reason_in_words() -> None:
    families = (
        *(judging.WECOM, judging.KF, judging.WECHAT, judging.DINGTALK),
        *(judging.WECOM_ROBOT, judging.DINGTALK_ROBOT),
    )
    for codes in families:
        for code in {*codes.pause, *codes.barred, *codes.closed, *codes.refused}:
            assert reason(f"errcode {code}: whatever") != "平台没有收下", code
    assert reason("errcode 99999") == "平台没有收下"
    assert reason(None) == reason("") == ""


async def test_what_was_sent_is_found_by_person_kind_day_and_state(office: Office) -> None:
    lin = await office.hires("林处", "head")
    digest = OutboxRow(
        "digest:daily:2024-05-15:wecom:林处", "wecom:林处", letter("甲"), NOW, "wecom"
    )
    early = OutboxRow("reminder:1", "wecom:林处", letter("乙"), NOW - timedelta(days=3), "wecom")
    other = OutboxRow("note:2", "kf:wmABCDEFGHIJK", letter("丙"), NOW, "kf")
    await put_out(office, digest, early)
    await put_out(office, other, state="dead", error="errcode 95002: 48 hours are over")
    everything = await lin.opens("/pushes/sent")
    assert (
        "3号 办理告知 微信客服用户…IJK 微信客服 5月15日 09:00 发送失败 对方超过48小时没有来信"
        in (everything)
    )
    assert "wmABC" not in lin.page
    for query, numbers in (
        ("who=wecom:林处", {1, 2}),
        ("who=others", {3}),
        ("kind=digest", {1}),
        ("state=dead", {3}),
        ("channel=kf", {3}),
        ("since=2024-05-15", {1, 3}),
        ("until=2024-05-12", {2}),
        ("who=somebody&kind=oops&state=oops&since=oops&before=oops", {1, 2, 3}),
    ):
        page = await lin.opens(f"/pushes/sent?{query}")
        assert {n for n in (1, 2, 3) if f" {n}号 " in page} == numbers, query


def dead(number: int) -> OutboxRow:
    return OutboxRow(f"note:{number}", "kf:wmABCDEFGHIJK", letter("丁"), NOW, "kf")


async def test_what_was_sent_and_what_failed_is_seen_and_sent_again_within_the_regions(
    office: Office,
) -> None:
    """What covers two regions is seen by who sees both, what is of none known by who sees all."""
    kept = ("厦门市", "漳州市", "厦门市、漳州市", None)
    for number, region in enumerate(kept, 1):
        await put_out(
            office, dead(number), state="dead", error="errcode 95002: over", region=region
        )
    sees = {"林处": ("厦门市",), "何处": ("福建省",), "丁处": ("漳州市", "厦门市"), "赵": ()}
    seen = {"林处": {1}, "何处": {1, 2, 3}, "丁处": {1, 2, 3}, "赵": {1, 2, 3, 4}}
    for name, regions in sees.items():
        browser = await office.hires(name, "head" if regions else "admin", regions)
        for page in ("/pushes", "/pushes/sent"):
            shown = await browser.opens(page)
            assert {n for n in range(1, 5) if f" {n}号 " in f" {shown}"} == seen[name], (name, page)
    lin = office.browser()
    await lin.signs_in("林处")
    await lin.opens("/pushes")
    assert "1条已重新排队发送" in await lin.sends("/pushes/again", pick=["1", "2", "3", "4"])
    async with office.db.transaction() as conn:
        assert [one.id for one in await outbox.listing(conn, ["waiting"])] == [1]


async def test_a_long_list_of_what_was_sent_comes_page_by_page(office: Office) -> None:
    lin = await office.hires("林处", "head")
    await put_out(office, *(OutboxRow(f"note:{n}", "kf:x", {}, NOW, "kf") for n in range(60)))
    page = await lin.opens("/pushes/sent?kind=note")
    assert " 60号 " in page
    assert " 11号 " in page
    assert " 10号 " not in page
    page = await lin.opens("/pushes/sent?kind=note&before=11")
    assert " 10号 " in page
    assert " 11号 " not in page


async def test_a_digest_that_was_sent_is_read_by_who_may_see_as_much_as_its_reader(
    office: Office,
) -> None:
    lin = await office.hires("林处", "head")
    elsewhere = await office.hires("陈处", "head", ("漳州市",))
    above = await office.hires("何处", "head", ("福建省",))
    words = letter('## 简报\n> **新** 17号 <script>alert("x")</script>')
    digest = OutboxRow("digest:daily:2024-05-15:wecom:林处", "wecom:林处", words, NOW, "wecom")
    note = OutboxRow("note:2", "wecom:林处", letter("悄悄话"), NOW, "wecom")
    await put_out(office, digest, note)
    for browser in (lin, above):
        assert "新 17号 <script>" in await browser.opens("/pushes/sent/1")
        assert "<script>alert" not in browser.page
        assert "悄悄话" not in await browser.opens("/pushes/sent/2")
        assert browser.status == 404
    assert "17号" not in await elsewhere.opens("/pushes/sent/1")
    assert elsewhere.status == 403
    assert 'href="/console/pushes/sent/1"' not in (await elsewhere.opens("/pushes/sent"))


def test_of_marked_text_nothing_but_the_marks_is_more_than_text() -> None:
    shown = marked('### <b>*</b>\n<font color="warning">还剩3天</font> [看](javascript:x)', True)
    left = '<span class="urgent">还剩3天</span>'
    assert shown == f"<h3>&lt;b&gt;*&lt;/b&gt;</h3>\n<p>{left} [看](javascript:x)</p>"
    assert marked("## **a**\n<i>", False) == '<p class="words">## **a**\n&lt;i&gt;</p>'


async def test_a_clerk_subscribes_changes_it_and_gives_it_up(office: Office) -> None:
    wang = await office.hires("王芳")
    assert "还没有订阅" in await wang.opens("/subscriptions")
    page = await wang.sends(
        "/subscriptions", kind="weekly", time="08:30", weekday="2", pick=["region:厦门市"]
    )
    assert "已订阅" in page
    assert "王芳 每周简报 每周二08:30，逢假日挪到相近的工作日 厦门市 全部" in page
    page = await wang.sends("/subscriptions", kind="weekly", time="09:30", weekday="3", empty="1")
    assert "王芳 每周简报 没内容也发 每周三09:30，逢假日挪到相近的工作日 全部 全部" in page
    async with office.db.transaction() as conn:
        [row] = await subscriptions.listing(conn)
    assert (row.target, row.weekday, row.tasks, row.empty) == ("wecom:王芳", 3, (), True)
    assert "已退订" in await wang.sends("/subscriptions/end", to="wecom:王芳", kind="weekly")
    async with office.db.transaction() as conn:
        assert await subscriptions.listing(conn) == []
    acts = [row.act for row in await office.on_record()]
    assert acts.count("subscription") == 3


async def test_what_makes_no_subscription_is_told_and_what_was_typed_is_kept(
    office: Office,
) -> None:
    wang = await office.hires("王芳")
    for fields, problem in (
        ({"kind": "oops"}, "请选择要订阅什么"),
        ({"kind": "daily", "time": "25:00"}, "时间要写成08:30这样"),
        ({"kind": "weekly", "weekday": "12"}, "时间要写成08:30这样"),
        ({"kind": "daily", "pick": "region:漳州市"}, "选了不在负责范围里的地区"),
        ({"kind": "daily", "pick": "task:采蘑菇"}, "现行表单里没有的重点任务"),
        ({"kind": "daily", "to": "wecom:林处"}, "只能为自己订阅"),
    ):
        await wang.opens("/subscriptions")
        assert problem in await wang.sends("/subscriptions", **fields)
        assert wang.status == 400
    await wang.sends("/subscriptions", kind="weekly", time="07:15", weekday="9")
    assert 'value="07:15"' in wang.page
    async with office.db.transaction() as conn:
        assert await subscriptions.listing(conn) == []


async def test_only_an_admin_subscribes_for_others_and_ends_what_is_theirs(office: Office) -> None:
    wang, admin = await office.hires("王芳"), await office.hires("赵", "admin", ())
    await admin.opens("/subscriptions")
    page = await admin.sends("/subscriptions", to="wecom:王芳", kind="handoff")
    assert "王芳 转人工 随到随发" in page
    assert "看不到" not in page
    await wang.opens("/subscriptions")
    lin = await office.hires("林处", "head")
    await lin.opens("/subscriptions")
    page = await lin.sends("/subscriptions/end", to="wecom:王芳", kind="handoff")
    assert (lin.status, "不能替别人退订" in page) == (403, True)
    await admin.opens("/subscriptions")
    assert "已退订" in await admin.sends("/subscriptions/end", to="wecom:王芳", kind="handoff")


async def test_a_clerk_sees_their_own_subscriptions_and_a_head_everybody_s(office: Office) -> None:
    wang, lin = await office.hires("王芳"), await office.hires("林处", "head")
    async with office.db.transaction() as conn:
        for who in ("wecom:王芳", "wecom:林处"):
            row = SubscriptionRow(who, "weekly", NOW, "08:30", 2, ("厦门市",), ("质押",))
            await subscriptions.put(conn, row)
    page = await wang.opens("/subscriptions")
    assert "王芳 每周简报 每周二08:30" in page
    assert "林处 每周简报" not in page
    page = await lin.opens("/subscriptions")
    assert "王芳 每周简报" in page
    assert "林处 每周简报 每周二08:30，逢假日挪到相近的工作日 厦门市 质押" in page


async def test_the_next_digest_is_seen_as_its_reader_would_with_when_it_goes(
    office: Office,
) -> None:
    async with office.db.transaction() as conn:
        number = await file_demand(conn, "xiamen")
        await file_demand(conn, "zhangzhou", company="漳州二诺科技有限公司")
        await subscriptions.put(conn, SubscriptionRow("wecom:王芳", "daily", NOW, "18:00"))
    wang = await office.hires("王芳")
    page = await wang.opens("/subscriptions/preview?to=wecom:王芳&kind=daily")
    assert "下次发送：5月15日 18:00" in page
    assert f"{number}号" in page
    assert "厦门一诺科技有限公司" in page
    assert "漳州二诺" not in page
    assert "林小燕" not in page
    assert "还没有订阅" in await wang.opens("/subscriptions/preview?kind=weekly")
    elsewhere = await office.hires("陈处", "head", ("漳州市",))
    assert "一诺" not in await elsewhere.opens("/subscriptions/preview?to=wecom:王芳")
    assert elsewhere.status == 403
    async with office.db.transaction() as conn:
        [row] = await subscriptions.listing(conn)
    assert row.time == "18:00"
