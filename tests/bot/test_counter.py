"""The desk between staff and enterprises: commands, what is told of them, nothing lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.answered import Answered
from bot.counter import Counter
from bot.desk import Desk
from bot.staff.counter.serving import Serving
from intents.conversation import Conversation
from intents.turn import Reply, Turn
from intents.wording.talk import apology
from storage import audit, handling, notes, staff
from storage.audit import AuditRow
from storage.database import Database
from storage.handling import Handled
from storage.notes import NoteRow
from storage.staff import StaffRow
from tests.bot.stand_in import NOW, Broken, a_desk, message

CLERK = StaffRow("wecom:小李", "小李", "clerk", ("福建省",), NOW)


async def serve(at: Serving, text: str, talk: Conversation) -> Turn | None:
    """`受理 N` accepts, `坏 N` accepts and then breaks; all else is no command."""
    order, _, rest = text.partition(" ")
    if order not in ("受理", "坏"):
        return None
    handled = Handled(int(rest), "accept", at.staff.sender, at.now)
    demand = await handling.handle(at.conn, handled)
    told = f"需求{demand.number}已受理"
    await notes.add(at.conn, [NoteRow(demand.sender, told, at.now, demand.id)])
    if order == "坏":
        raise Broken(text)
    return Turn(Reply("command", f"已受理 {rest}"), replace(talk, refusals=9))


@pytest.fixture
def desk(db: Database) -> Desk:
    return a_desk(db, Counter({CLERK.sender: CLERK}, serve=serve))


async def say(desk: Desk, text: str, user: str = "张三") -> Answered:
    say.said = getattr(say, "said", 0) + 1  # type: ignore[attr-defined]
    return await desk.take(message(str(say.said), text, user))  # type: ignore[attr-defined]


async def text_of(desk: Desk, text: str, user: str = "张三") -> str:
    return (await say(desk, text, user)).reply.text


async def test_the_enterprise_is_told_once_and_before_the_next_reply(desk: Desk) -> None:
    filed = await say(desk, "需求 商标")
    assert await text_of(desk, f"受理 {filed.demand}", "小李") == f"已受理 {filed.demand}"
    told = message("first", "你好")
    assert (await desk.take(told)).reply.text == "需求1已受理\n\n2 你好"
    assert await text_of(desk, "你好") == "3 你好"
    assert (await desk.take(told)).reply.text == "需求1已受理\n\n2 你好"


async def test_a_note_is_not_told_to_anybody_else(desk: Desk) -> None:
    filed = await say(desk, "需求 商标")
    await say(desk, f"受理 {filed.demand}", "小李")
    assert await text_of(desk, "你好", "王五") == "1 你好"


async def test_who_has_everything_erased_is_not_told_of_it_any_more(
    desk: Desk, db: Database
) -> None:
    filed = await say(desk, "需求 商标")
    await say(desk, f"受理 {filed.demand}", "小李")
    assert await text_of(desk, "忘记") == "您的信息已删除"
    assert await text_of(desk, "你好") == "1 你好"
    async with db.transaction() as conn:
        assert await notes.waiting(conn, ["wecom:张三"]) == {}


async def test_what_staff_were_shown_is_not_shown_again_once_its_owner_is_forgotten(
    desk: Desk, db: Database
) -> None:
    filed = await say(desk, "需求 商标")
    looked = message("look", "你好 13900000001", "小李")
    other = message("other", "你好", "小陈")
    await asyncio.gather(desk.take(looked), desk.take(other))
    async with db.transaction() as conn:
        await audit.record(conn, [AuditRow(NOW, CLERK.sender, "look", filed.demand)])
    await say(desk, "忘记")
    assert "已要求删除" in (await desk.take(looked)).reply.text
    assert (await desk.take(other)).reply.text == "1 你好"


async def test_staff_are_known_by_the_database_as_well_as_by_the_settings(
    desk: Desk, db: Database
) -> None:
    filed = await say(desk, "需求 商标")
    assert await text_of(desk, f"受理 {filed.demand}", "小陈") == f"1 受理 {filed.demand}"
    async with db.transaction() as conn:
        await staff.put(conn, replace(CLERK, sender="wecom:小陈"))
    assert await text_of(desk, f"受理 {filed.demand}", "小陈") == f"已受理 {filed.demand}"


async def test_staff_may_ask_what_anybody_may_ask_and_their_talk_goes_on(desk: Desk) -> None:
    filed = await say(desk, "需求 商标")
    await say(desk, f"受理 {filed.demand}", "小李")
    assert await text_of(desk, "你好", "小李") == "10 你好"


async def test_a_command_that_breaks_leaves_nothing_and_the_others_of_its_batch_stand(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    filed = await say(desk, "需求 商标")
    both = [message("a", f"坏 {filed.demand}", "小李"), message("b", "需求 专利")]
    broken, other = await asyncio.gather(*(desk.take(m) for m in both))
    assert broken.reply.text == apology()
    assert other.reply.text == "2 需求 专利"
    assert await text_of(desk, "我的") == "1 submitted；2 submitted"
    assert str(filed.demand) not in caplog.text.split("staff", 1)[1]


async def test_a_change_and_an_acceptance_at_the_same_moment_both_happen_in_this_order(
    desk: Desk, db: Database
) -> None:
    filed = await say(desk, "草稿 商标")
    both = [message("a", f"受理 {filed.demand}", "小李"), message("b", "需求 专利")]
    done, _ = await asyncio.gather(*(desk.take(m) for m in both))
    assert done.reply.text == f"已受理 {filed.demand}"
    assert filed.demand is not None
    async with db.transaction() as conn:
        steps = [e.step for e in await handling.history(conn, filed.demand)]
    assert steps == ["submit", "accept"]


async def test_senders_find_their_own_demands_as_the_message_before_left_them(
    desk: Desk, db: Database
) -> None:
    sent = ["需求 商标", "需求 专利", "撤销 1", "我的"]
    said = await asyncio.gather(*(desk.take(message(f"own{n}", t)) for n, t in enumerate(sent)))
    assert said[-1].reply.text == "1 cancelled；2 submitted"
    assert said[1].demand is not None
    async with db.transaction() as conn:
        returned = Handled(said[1].demand, "return", CLERK.sender, NOW, "请补充专利号")
        await handling.handle(conn, returned)
    assert await text_of(desk, "我的") == "1 cancelled；2 returned 请补充专利号"
    assert await text_of(desk, "我的", "李四") == ""
