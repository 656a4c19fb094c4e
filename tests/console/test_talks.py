"""Talks with enterprises, held from the console: taken, said, passed on, ended."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.answered import PastTurn, to_json
from bot.console import passwords
from bot.handover.silence import end_all
from bot.handover.telling import Wire
from intents.turn import Reply
from storage import accounts, inbox, notes, outbox, staff, tickets
from storage.accounts import AccountRow
from storage.inbox import InboxRow
from storage.schema import notes as note_table
from storage.staff import StaffRow
from storage.tickets import StoredTicket, TicketRow, WordRow
from tests.bot.counter.office import NOW, file_demand
from tests.console.office import PASSWORD, Browser, Office

ABOUT = "专利质押找谁办"
SAID = "您好，我来帮您看"


async def waits(
    office: Office, sender: str = "wecom:ent", region: str | None = "厦门市", about: str = ABOUT
) -> int:
    async with office.db.transaction() as conn:
        return await tickets.open_(conn, TicketRow(sender, about, NOW, region))


async def ticket(office: Office, number: int) -> StoredTicket:
    async with office.db.transaction() as conn:
        found = await tickets.find(conn, number)
    assert found is not None
    return found


async def told(office: Office, sender: str = "wecom:ent") -> list[str]:
    async with office.db.transaction() as conn:
        return [note.text for note in (await notes.waiting(conn, [sender])).get(sender, [])]


async def takes(browser: Browser, number: int) -> str:
    await browser.opens("/talks")
    return await browser.sends(f"/talks/{number}", step="take")


async def says(browser: Browser, number: int, text: str) -> str:
    await browser.opens(f"/talks/{number}")
    once = browser.hidden("once")
    return await browser.sends(f"/talks/{number}", step="say", text=text, once=once)


async def console_only(
    office: Office, name: str = "周", regions: tuple[str, ...] = ("厦门市",)
) -> Browser:
    """Somebody of the staff who writes on no platform."""
    row = StaffRow(f"console:{name}", name, "clerk", regions, NOW)
    async with office.db.transaction() as conn:
        await staff.put(conn, row)
        await accounts.add(
            conn, AccountRow(name, row.sender, passwords.hashed(PASSWORD), False, NOW)
        )
    browser = office.browser()
    await browser.signs_in(name)
    return browser


async def test_who_waits_is_listed_without_personal_data_and_taken(office: Office) -> None:
    number = await waits(office, about="我叫林小燕，电话13900000001，质押找谁")
    wang = await office.hires("王芳")
    page = await wang.opens("/talks")
    assert f"T{number} 厦门市 · 企业微信" in page
    assert "质押找谁" in page
    assert "13900000001" not in wang.page
    await takes(wang, number)
    assert wang.at == f"/console/talks/{number}"
    assert (await ticket(office, number)).staff == "wecom:王芳"
    assert ["工作人员王芳已接入" in one for one in await told(office)] == [True]
    assert office.woken
    assert {"take", "look"} <= {row.act for row in await office.on_record()}


async def test_how_many_wait_stands_in_the_navigation_of_each_page(office: Office) -> None:
    await waits(office)
    await waits(office, "wecom:two", None)
    await waits(office, "wecom:three", "漳州市")
    wang = await office.hires("王芳")
    await wang.opens("/notices")
    assert '人工对话 <span class="count">2<' in wang.page


async def test_words_go_both_ways_and_stand_in_the_talk(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    assert SAID in await says(wang, number, SAID)
    assert f"【人工】王芳：{SAID}" in await told(office)
    async with office.db.transaction() as conn:
        await tickets.say(conn, [WordRow(number, "wecom:ent", "我在湖里区", NOW)])
    page = await wang.opens(f"/talks/{number}")
    assert page.index(SAID) < page.index("我在湖里区")


async def test_what_is_sent_twice_is_said_once(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    await wang.opens(f"/talks/{number}")
    once = wang.hidden("once")
    for _ in range(2):
        await wang.sends(f"/talks/{number}", step="say", text=SAID, once=once)
    assert (await told(office)).count(f"【人工】王芳：{SAID}") == 1
    async with office.db.transaction() as conn:
        assert [word.text for word in await tickets.said(conn, number, 9)] == [SAID]


async def test_of_two_who_take_it_one_has_it_and_the_other_is_told_who(office: Office) -> None:
    number = await waits(office)
    wang, li = await office.hires("王芳"), await office.hires("李强")
    await wang.opens("/talks")
    await li.opens("/talks")
    await wang.sends(f"/talks/{number}", step="take")
    page = await li.sends(f"/talks/{number}", step="take")
    assert li.status == 409
    assert "已由王芳接入" in page
    assert (await ticket(office, number)).staff == "wecom:王芳"


async def test_nobody_has_two_talks_at_once(office: Office) -> None:
    one, other = await waits(office), await waits(office, "wecom:two")
    wang = await office.hires("王芳")
    await takes(wang, one)
    assert f"您正在和T{one}对话" in await takes(wang, other)
    assert (await ticket(office, other)).state == "waiting"


async def test_a_talk_of_another_region_is_neither_seen_nor_taken(office: Office) -> None:
    number = await waits(office, region="漳州市")
    wang = await office.hires("王芳")
    assert ABOUT not in await wang.opens("/talks")
    await wang.opens(f"/talks/{number}")
    assert (wang.status, ABOUT in wang.page) == (403, False)
    await takes(wang, number)
    assert wang.status == 403
    assert (await ticket(office, number)).state == "waiting"


async def test_what_was_said_to_the_assistant_before_is_shown(office: Office) -> None:
    def past(key: str, days: int, said: str, answer: str) -> InboxRow:
        at = NOW - timedelta(days=days, minutes=5)
        turn = to_json(PastTurn(Reply("answer", answer), said=said))
        return InboxRow(key, "wecom:ent", at, turn, NOW + timedelta(days=9), "answer")

    number = await waits(office)
    async with office.db.transaction() as conn:
        rows = [past("a", 3, "三天前问的", "旧答案"), past("b", 1, "昨天问的", "昨天的答案")]
        await inbox.store(conn, [*rows, past("c", 0, "今天问的", "今天的答案")])
        demand = await file_demand(conn, "xiamen")
    wang = await office.hires("王芳")
    page = await wang.opens(f"/talks/{number}")
    assert page.index("昨天问的") < page.index("昨天的答案") < page.index("今天问的")
    assert "三天前问的" not in page
    assert f"{demand}号" not in page  # of another sender


async def test_a_talk_is_passed_to_a_colleague_of_the_region(office: Office) -> None:
    number = await waits(office)
    wang, li = await office.hires("王芳"), await office.hires("李强")
    await office.hires("陈", regions=("漳州市",))
    await takes(wang, number)
    page = await wang.opens(f"/talks/{number}")
    assert "李强" in page
    assert ">陈<" not in wang.page
    assert "已转给同事" in await wang.sends(f"/talks/{number}", step="pass", to="wecom:李强")
    assert (await ticket(office, number)).staff == "wecom:李强"
    assert "我正在接待" in await li.opens("/talks")
    page = await says(li, number, SAID)
    assert SAID in page


async def test_a_colleague_who_speaks_with_somebody_is_not_given_another(office: Office) -> None:
    one, other = await waits(office), await waits(office, "wecom:two")
    wang, li = await office.hires("王芳"), await office.hires("李强")
    await takes(wang, one)
    await takes(li, other)
    await wang.opens(f"/talks/{one}")
    page = await wang.sends(f"/talks/{one}", step="pass", to="wecom:李强")
    assert f"李强正在和T{other}对话" in page
    assert (await ticket(office, one)).staff == "wecom:王芳"


async def test_a_talk_is_given_back_to_the_assistant(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    await wang.opens(f"/talks/{number}")
    assert "由知行继续回答对方" in await wang.sends(f"/talks/{number}", step="end")
    assert (await ticket(office, number)).why == "staff"
    assert "人工对话已结束" in (await told(office))[-1]
    assert "对话已结束" in await wang.opens(f"/talks/{number}")


async def test_what_is_said_into_a_talk_that_is_over_is_not_lost(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    await wang.opens(f"/talks/{number}")
    async with office.db.transaction() as conn:
        await tickets.close(conn, number, "sender", NOW)
    page = await wang.sends(f"/talks/{number}", step="say", text=SAID)
    assert wang.status == 409
    assert f"写的没有发出：“{SAID}”" in page
    assert not any(SAID in one for one in await told(office))


async def test_too_long_or_nothing_is_not_said_and_stays_in_the_field(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    await wang.opens(f"/talks/{number}")
    assert "一次最多2000字" in await wang.sends(f"/talks/{number}", step="say", text="长" * 2001)
    assert "长" * 2001 in wang.page
    assert "请先写下要说的话" in await wang.sends(f"/talks/{number}", step="say", text=" ")


async def test_a_tap_puts_a_canned_answer_behind_what_was_typed(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    await wang.opens(f"/talks/{number}")
    first = office.kb.canned[0]
    assert first.name in wang.page
    page = await wang.sends(f"/talks/{number}", text="林女士：", insert="0")
    assert f"林女士： {first.answer}" in page
    assert not any(first.answer in one for one in await told(office))


async def test_nothing_is_put_out_for_who_only_works_in_the_console(office: Office) -> None:
    number = await waits(office)
    zhou = await console_only(office)
    await takes(zhou, number)
    await says(zhou, number, SAID)
    now = NOW + timedelta(minutes=1)
    async with office.db.transaction() as conn:
        found = await tickets.find(conn, number)
        wire = Wire(conn, now, {"wecom"})
        await wire.tell("console:周", "没有地方可去", "talk:1:x", "厦门市")
        assert found is not None
        assert await outbox.listing(conn)
        assert not [m for m in await outbox.listing(conn) if m.target == "console:周"]
        for_them = select(note_table.c.id).where(note_table.c.sender == "console:周")
        assert (await conn.execute(for_them)).first() is None


async def test_silence_ends_the_talk_of_who_only_works_in_the_console(office: Office) -> None:
    number = await waits(office)
    zhou = await console_only(office)
    await takes(zhou, number)
    later = office.clock.now + timedelta(minutes=31)
    async with office.db.transaction() as conn:
        assert await end_all(Wire(conn, later, {"wecom"}), timedelta(minutes=30)) == 1
    assert "很久没有人说话，对话已结束" in await zhou.opens(f"/talks/{number}")


async def test_who_was_not_reached_is_told_of_in_the_talk(office: Office) -> None:
    """Of a visitor of the web page, whom nobody can push to."""
    number = await waits(office, "web:lin")
    zhou = await console_only(office)
    await takes(zhou, number)
    await says(zhou, number, SAID)
    office.clock.now += timedelta(seconds=30)
    page = await zhou.opens(f"/talks/{number}")
    assert "对方现在收不到推送" in page
    assert "有 2 条消息对方还没收到" in page
    async with office.db.transaction() as conn:
        [greeting, word] = (await notes.waiting(conn, ["web:lin"]))["web:lin"]
        await notes.told(conn, [greeting.id, word.id], NOW)
    await zhou.opens(f"/talks/{number}")
    assert 'id="unread" hidden' in zhou.page


async def test_hostile_words_are_shown_inert_and_whole(office: Office) -> None:
    number = await waits(office)
    hostile = "<script>alert(1)</script> =1+1 \u202e😀"
    async with office.db.transaction() as conn:
        await tickets.say(conn, [WordRow(number, "wecom:ent", hostile, NOW)])
    wang = await office.hires("王芳")
    await wang.opens(f"/talks/{number}")
    assert "<script>alert" not in wang.page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1" in wang.page
