"""Enterprise, assistant and staff, from the call for a person to its end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.outcome import Closed, Outcome, Refused
from bot.handover.silence import end_all
from bot.handover.telling import Wire
from bot.message import Window
from intents.turn import Attachment
from storage import audit, staff, tickets
from tests.bot.counter.office import clerk
from tests.bot.handover.office import SILENCE, Office

NEED = (
    "我们是厦门一诺科技有限公司，想用商标质押贷款300万元，联系人林小燕，"
    "手机13900000001，没有邮箱，不需要国家局协调"
)
QUESTION = "2021年万里行的总结几号交"
CALL = "转人工，我是厦门的企业，手机13900000001"


async def taken(office: Office, by: str = "王芳") -> str:
    """林小燕 of 厦门 wants a person, and one takes her; what that one is told."""
    await office.say("林小燕", "我们是厦门的企业")
    await office.say("林小燕", QUESTION)
    await office.say("林小燕", "转人工")
    return await office.say(by, "接 1")


# A person is wanted


async def test_those_on_duty_in_the_region_are_told_at_once_without_personal_data(
    office: Office,
) -> None:
    await office.say("林小燕", "我们是厦门的企业")
    assert "请稍候" in await office.say("林小燕", CALL)
    for who in ("王芳", "李四"):
        [told] = office.pushed(who)
        assert told.startswith("【转人工】T1 厦门市 说：")
        assert "接 1" in told
        assert "13900000001" not in told
    assert office.pushed("陈静") == []


async def test_of_who_is_from_nobody_knows_where_all_on_duty_are_told(office: Office) -> None:
    await office.say("林小燕", "人工")
    assert [len(office.pushed(who)) for who in ("王芳", "李四", "陈静")] == [1, 1, 1]


async def test_who_asks_twice_has_one_ticket(office: Office) -> None:
    assert "不用重复发" in await office.all("林小燕", "人工", "转人工")
    assert len(await office.tickets()) == 1
    assert len(office.pushed("王芳")) == 1


async def test_two_refusals_in_a_row_open_a_ticket_about_both(office: Office) -> None:
    told = await office.all("林小燕", "公共服务网的网址是什么", "优秀案例要写多少字")
    assert "已为您转给工作人员" in told
    ticket = await office.ticket()
    assert "公共服务网" in ticket.about
    assert "优秀案例" in ticket.about


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ((15, 18, 0), "明天（周四）9:00后"),
        ((17, 17, 30), "周一（5月20日）9:00后"),
        ((16, 8, 0), "今天9:00后"),
    ],
)
async def test_after_hours_they_are_told_when_somebody_answers(
    office: Office, moment: tuple[int, int, int], told: str
) -> None:
    day, hour, minute = moment
    office.at(office.now.replace(day=day, hour=hour, minute=minute))
    assert told in await office.say("林小燕", "人工")
    assert (await office.ticket()).state == "waiting"


async def test_where_nobody_is_on_duty_they_are_told_when_the_office_opens_next(
    office: Office,
) -> None:
    office.duty = []
    assert "明天（周四）9:00后" in await office.say("林小燕", "人工")
    assert "T1 地区未知" in await office.say("王芳", "接")


async def test_while_nobody_has_taken_it_the_assistant_answers(office: Office) -> None:
    await office.say("林小燕", "人工")
    assert "10月30日" in await office.say("林小燕", QUESTION)
    assert f"对方：{QUESTION}" in await office.say("王芳", "接 1")


async def test_who_thinks_better_of_it_leaves_nobody_to_take(office: Office) -> None:
    await office.say("林小燕", "人工")
    assert "不转人工了" in await office.say("林小燕", "取消人工")
    assert "T1已经结束了" in await office.say("王芳", "接 1")
    assert "现在没有人等人工" in await office.say("王芳", "接")


# It is taken


async def test_who_takes_it_is_told_what_was_said_and_the_enterprise_who_took_it(
    office: Office,
) -> None:
    told = await taken(office)
    assert "已接入T1（厦门市" in told
    assert "总结几号交" in told
    assert "“受理 17”" in told
    assert "结束" in told
    assert "王芳已接入" in office.pushed("林小燕")[-1]
    async with office.db.transaction() as conn:
        acts = [(row.actor, row.act, row.detail) for row in await audit.listing(conn)]
    assert acts == [("wecom:王芳", "take", "ticket 1")]


async def test_who_takes_it_sees_which_demands_they_have_entered(office: Office) -> None:
    told = await office.all("林小燕", NEED, "提交", "人工")
    assert "已为您转给工作人员" in told
    assert "1号（待受理）" in await office.say("王芳", "接 1")
    assert "手机：13900000001" in await office.say("王芳", "需求 1")


async def test_a_long_talk_is_shown_page_by_page_even_after_a_word_was_said(
    office: Office,
) -> None:
    await office.say("林小燕", "人工")
    for n in range(10):
        await office.say("林小燕", f"第{n}件事：{'说来话长' * 30}")
    told = await office.say("王芳", "接 1")
    assert "说完发“结束”" in told
    assert "更多" in told
    assert await office.say("王芳", "请稍等") == ""
    assert "第9件事" in await office.all("王芳", "更多", "更多")


async def test_who_comes_later_is_told_who_has_it(office: Office) -> None:
    await taken(office)
    assert await office.say("李四", "接入1") == "T1已由王芳接入。"
    assert "您正在和T1对话" in await office.say("王芳", "接 1")


async def test_who_was_not_told_in_time_is_not_told_that_somebody_waits(office: Office) -> None:
    await office.desk.take(office.message("林小燕", "人工"))
    await office.say("李强", "接 1")
    assert "转人工" not in await office.say("王芳", "待办")
    assert office.pushed("王芳") == []


async def test_of_two_who_take_it_at_the_same_moment_one_gets_it(office: Office) -> None:
    await office.say("林小燕", "人工")
    other = office.another_desk()
    first, second = office.message("王芳", "接 1"), office.message("李四", "接 1")
    told = await asyncio.gather(office.desk.take(first), other.take(second))
    await other.close()
    await office.push()
    texts = sorted(answered.reply.text[:5] for answered in told)
    assert texts == ["T1已由王", "已接入T1"] or texts == ["T1已由李", "已接入T1"]
    assert len([text for text in office.pushed("林小燕") if "已接入" in text]) == 1


async def test_who_is_from_elsewhere_is_not_theirs_to_take(office: Office) -> None:
    await office.say("林小燕", "我们是厦门的企业")
    await office.say("林小燕", "人工")
    assert "不在您负责的地区" in await office.say("陈静", "接 1")
    assert "现在没有人等人工" in await office.say("陈静", "接")
    assert (await office.ticket()).state == "waiting"


async def test_nobody_has_two_talks_at_once(office: Office) -> None:
    await taken(office)
    await office.say("陈大文", "人工")
    assert "您正在和T1对话" in await office.all("王芳", "#接 2")
    assert (await office.ticket(2)).state == "waiting"


# In the talk


async def test_words_go_from_one_to_the_other_and_the_assistant_is_silent(office: Office) -> None:
    await taken(office)
    assert await office.say("王芳", "您好，我是王芳") == ""
    assert office.pushed("林小燕")[-1] == "【人工】王芳：您好，我是王芳"
    assert await office.say("林小燕", "质押要哪些材料？") == ""
    assert office.pushed("王芳")[-1] == "【T1】质押要哪些材料？"


async def test_a_repeated_message_is_passed_on_once(office: Office) -> None:
    await taken(office)
    ours, theirs = office.message("王芳", "您好"), office.message("林小燕", "您好")
    other = office.another_desk()
    for message in (ours, theirs, ours, theirs):
        await asyncio.gather(office.desk.take(message), other.take(message))
        await office.push()
    await other.close()
    assert [text for text in office.pushed("林小燕") if "您好" in text] == ["【人工】王芳：您好"]
    assert [text for text in office.pushed("王芳") if "您好" in text] == ["【T1】您好"]


async def test_the_same_words_said_twice_are_passed_on_twice(office: Office) -> None:
    await taken(office)
    await office.all("林小燕", "在吗", "在吗")
    assert office.pushed("王芳")[-2:] == ["【T1】在吗"] * 2


async def test_pictures_go_over_as_words_both_ways_and_who_sent_one_knows(office: Office) -> None:
    await taken(office)
    told = await office.say("林小燕", Attachment("file", "ref", "合同.pdf"))
    assert office.pushed("王芳")[-1] == "【T1】[文件：合同.pdf]"
    assert "只看到“[文件：合同.pdf]”" in told
    assert "只看到“[图片]”" in await office.say("王芳", Attachment("image", "ref"))
    assert office.pushed("林小燕")[-1] == "【人工】王芳：[图片]"


@pytest.mark.parametrize("command", ["受理 1", "#受理1", "＃受理 1", "受理1"])
async def test_a_command_in_the_talk_is_done_and_not_passed_on(
    office: Office, command: str
) -> None:
    await office.say("林小燕", NEED)
    await office.say("林小燕", "提交")
    await office.say("林小燕", "人工")
    await office.say("王芳", "接 1")
    assert "1号已受理" in await office.say("王芳", command)
    assert await office.statuses() == ["accepted"]
    assert not any("王芳：" in text for text in office.pushed("林小燕"))


@pytest.mark.parametrize(
    "words",
    ["待办", "17", "帮助", "统计本月", "把17转给厦门", "17号需求受理了没有", "转给我们就行"],
)
async def test_what_may_be_either_is_neither_done_nor_passed_on_before_it_is_asked(
    office: Office, words: str
) -> None:
    await taken(office)
    asked = await office.reply("王芳", words)
    assert "发给T1" in asked.options
    assert not any(words in text for text in office.pushed("林小燕"))
    assert await office.say("王芳", "1") == ""
    assert office.pushed("林小燕")[-1] == f"【人工】王芳：{words}"


async def test_what_may_be_either_is_done_when_they_say_so(office: Office) -> None:
    await taken(office)
    await office.say("王芳", "待办")
    assert "没有待办" in await office.say("王芳", "2")
    assert not any("待办" in text for text in office.pushed("林小燕"))


async def test_a_command_that_still_lacks_words_does_not_swallow_those_for_the_enterprise(
    office: Office,
) -> None:
    await office.all("林小燕", NEED, "提交", "人工")
    await office.all("王芳", "接 1", "退回 1")
    asked = await office.reply("王芳", "请补充专利号")
    assert "发给T1" in asked.options
    assert await office.statuses() == ["submitted"]
    await office.say("王芳", "2")
    assert await office.statuses() == ["returned"]


@pytest.mark.parametrize(
    "words", ["结束时间是5月20日", "好的，转给我看看", "受理要3天", "3月17日来"]
)
async def test_ordinary_words_are_for_the_enterprise(office: Office, words: str) -> None:
    await taken(office)
    assert await office.say("王芳", words) == ""
    assert office.pushed("林小燕")[-1] == f"【人工】王芳：{words}"


async def test_what_a_command_offers_is_picked_by_number_and_other_numbers_are_words(
    office: Office,
) -> None:
    await office.all("林小燕", NEED, "提交", "人工")
    await office.all("王芳", "接 1", "受理 1")
    offered = await office.reply("王芳", "#帮助")
    accept = next(n for n, o in enumerate(offered.options, 1) if o.startswith("受理"))
    assert "受理哪一项" in await office.say("王芳", f"#{accept}")
    await office.say("王芳", "#取消")
    assert await office.say("王芳", "3天内") == ""
    assert office.pushed("林小燕")[-1] == "【人工】王芳：3天内"


# It ends


@pytest.mark.parametrize("end", ["结束", "结束 1", "结束T1", "结束对话。"])
async def test_after_its_end_the_assistant_answers_again(office: Office, end: str) -> None:
    await taken(office)
    assert "T1的对话已结束" in await office.say("王芳", end)
    assert "我继续为您服务" in office.pushed("林小燕")[-1]
    assert "10月30日" in await office.say("林小燕", QUESTION)
    assert "没有待办" in await office.say("王芳", "待办")


async def test_who_speaks_with_nobody_is_told_so_instead_of_being_answered(office: Office) -> None:
    await taken(office)
    await office.say("林小燕", "结束人工")
    assert "没有接入的对话" in await office.say("王芳", "结束")


async def test_a_member_of_staff_who_wanted_a_person_ends_it_as_anybody(office: Office) -> None:
    await office.say("王芳", "人工")
    await office.say("李四", "接 1")
    assert "我继续为您服务" in await office.say("王芳", "结束对话")
    assert office.pushed("李四")[-1] == "【T1】对方结束了人工对话。"


async def test_another_number_ends_nothing(office: Office) -> None:
    await taken(office)
    assert "不是T7" in await office.say("王芳", "结束 7")
    assert (await office.ticket()).state == "held"


async def test_the_enterprise_may_end_it_and_staff_are_told(office: Office) -> None:
    await taken(office)
    assert "我继续为您服务" in await office.say("林小燕", "不用了，谢谢")
    assert office.pushed("王芳")[-2:] == [
        "【T1】不用了，谢谢",
        "【T1】对方结束了人工对话。",
    ]
    assert "10月30日" in await office.say("林小燕", QUESTION)


async def test_a_talk_is_handed_to_a_colleague_who_is_told_what_was_said(office: Office) -> None:
    await taken(office)
    await office.say("林小燕", "要哪些材料")
    assert await office.say("王芳", "转给 李四") == "T1已转给李四。"
    assert "要哪些材料" in office.pushed("李四")[-1]
    assert "李四" in office.pushed("林小燕")[-1]
    await office.say("林小燕", "在吗")
    assert office.pushed("李四")[-1] == "【T1】在吗"
    await office.say("李四", "在的")
    assert office.pushed("林小燕")[-1] == "【人工】李四：在的"
    assert "没有待办" in await office.say("王芳", "待办")


@pytest.mark.parametrize(
    ("name", "why"), [("陈静", "不负责T1的地区"), ("赵六", "没有叫“赵六”的同事")]
)
async def test_it_is_handed_to_nobody_who_may_not_have_it(
    office: Office, name: str, why: str
) -> None:
    await taken(office)
    assert why in await office.say("王芳", f"转给 {name}")
    assert (await office.ticket()).staff == "wecom:王芳"


async def test_silence_gives_it_back_and_both_are_told_once(office: Office) -> None:
    await taken(office)
    office.wait(31)
    for _ in range(2):
        async with office.db.transaction() as conn:
            await end_all(Wire(conn, office.now, office.provided.pushable), SILENCE)
        await office.push()
    for who in ("王芳", "林小燕"):
        assert len([text for text in office.pushed(who) if "30分钟没有新消息" in text]) == 1
    assert "10月30日" in await office.say("林小燕", QUESTION)


async def test_silence_is_noticed_at_the_next_message_of_either_side(office: Office) -> None:
    await taken(office)
    office.wait(31)
    told = await office.say("林小燕", QUESTION)
    assert "30分钟没有新消息" in told
    assert "10月30日" in told
    assert "30分钟没有新消息" in office.pushed("王芳")[-1]


async def test_a_word_in_time_keeps_the_talk(office: Office) -> None:
    await taken(office)
    office.wait(25)
    await office.say("王芳", "请稍等")
    office.wait(25)
    assert await office.say("林小燕", "好的") == ""


async def test_of_who_works_here_no_more_the_talk_waits_for_another(office: Office) -> None:
    async with office.db.transaction() as conn:
        await staff.put(conn, clerk("赵六", regions=("厦门市",)))
    await office.say("林小燕", "人工")
    async with office.db.transaction() as conn:
        assert await tickets.take(conn, 1, "wecom:赵六", office.now)
        await staff.remove(conn, "wecom:赵六")
    assert "10月30日" in await office.say("林小燕", QUESTION)
    assert office.pushed("赵六") == []
    assert "已接入T1" in await office.say("王芳", "接 1")


# Who cannot be written to first


async def test_where_nothing_can_be_pushed_words_wait_for_the_next_message(office: Office) -> None:
    office.provided = replace(office.provided, pushable=())
    office.desk = office.another_desk()
    await office.say("林小燕", "人工")
    assert "下次来信时会看到" in await office.say("王芳", "接 1")
    assert "下次来信时会看到" in await office.say("王芳", "您好，请讲")
    told = await office.say("林小燕", "在吗")
    assert "王芳：您好，请讲" in told
    assert "下次发消息时显示" in told
    assert "【T1】在吗" in await office.say("王芳", "请问什么事")
    assert [office.pushed(who) for who in ("林小燕", "王芳")] == [[], []]


async def test_who_may_not_be_written_to_any_more_is_told_later_and_staff_know(
    office: Office,
) -> None:
    short = Window(3, timedelta(minutes=1))
    await office.desk.take(office.message("林小燕", "人工", short))
    assert "对方现在收不到推送" in await office.say("王芳", "接 1")
    await office.desk.take(office.message("林小燕", "在吗", Window(5, timedelta(hours=48))))
    await office.push()
    assert await office.say("王芳", "您好") == ""


@pytest.mark.parametrize("outcome", [Closed("errcode 45015"), Refused("errcode 43019")])
async def test_who_says_what_the_platform_then_refuses_learns_that_it_waits(
    office: Office, outcome: Outcome
) -> None:
    await office.say("林小燕", "人工")
    await office.say("王芳", "接 1")
    to_customers = next(courier for courier in office.couriers if courier.channel == "kf")
    to_customers.outcomes.append(outcome)
    assert await office.say("王芳", "请您补充专利号") == ""
    assert "下次来信时才会看到" in await office.say("王芳", "还有申请日")
    assert "请您补充专利号" in await office.say("林小燕", "在吗")
    assert await office.say("王芳", "好的") == ""


# What is left of it


async def test_who_wants_to_be_forgotten_leaves_no_word_of_the_talk(office: Office) -> None:
    secret = "我的手机13900000001"
    await office.say("林小燕", "转人工")
    await office.say("林小燕", secret)
    looked = office.message("王芳", "接 1")
    assert secret in (await office.desk.take(looked)).reply.text
    await office.say("林小燕", f"{secret}，请打给我")
    await office.say("王芳", f"收到，{secret}")
    assert "已删除" in await office.say("林小燕", "删除我的信息")
    assert "13900000001" not in await office.still_stored()
    assert "13900000001" not in (await office.desk.take(looked)).reply.text
    assert "要求删除信息" in office.pushed("王芳")[-1]
    erased = await office.ticket()
    assert (erased.about, erased.state, erased.why) == ("", "closed", "erased")
    assert "没有待办" in await office.say("王芳", "待办")


async def test_the_form_that_was_open_goes_on_after_the_talk(office: Office) -> None:
    asked = await office.all("林小燕", "登记需求", "厦门一诺科技有限公司")
    await office.say("林小燕", "人工")
    await office.all("王芳", "接 1", "联系人写经办人")
    await office.say("林小燕", "好的")
    await office.say("王芳", "结束")
    assert "联系人" in asked
    assert "已记下：联系人 林小燕" in await office.say("林小燕", "林小燕")
