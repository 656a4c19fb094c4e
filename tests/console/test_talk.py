"""What was said about a demand, beside the demand."""

from __future__ import annotations

from datetime import timedelta

from bot.console.talk import Attached, as_attached
from storage import tickets
from storage.attachments import AttachmentRow
from storage.tickets import TicketRow
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office
from tests.console.talking import COMPANY, ENTRY, Enterprise
from tests.console.test_demands import acts
from tests.console.test_talks import says, takes


async def talks_live(
    office: Office, enterprise: Enterprise, clerk: Browser, said: str, reply: str, over: bool = True
) -> int:
    """A talk with a person, as each of the two has one sentence; its number."""
    async with office.db.transaction() as conn:
        row = TicketRow(enterprise.sender.key, "想找人问问", office.clock(), "厦门市")
        number = await tickets.open_(conn, row)
    await takes(clerk, number)
    office.clock.now += timedelta(minutes=1)
    await says(clerk, number, said)
    await enterprise.says(reply)
    if over:
        await ends(clerk, number)
    return number


async def ends(clerk: Browser, number: int) -> None:
    await clerk.opens(f"/talks/{number}")
    await clerk.sends(f"/talks/{number}", step="end")


async def test_all_that_was_said_until_it_was_handed_in_stands_beside_the_demand(
    office: Office,
) -> None:
    enterprise = Enterprise(office)
    await enterprise.says("2023年的优秀案例几号前报")
    number = await enterprise.files()
    await enterprise.says("2024年任务清单有几项任务")
    wang = await office.hires("王芳")
    page = await wang.opens(f"/demands/{number}")
    talk = page[page.index(" 对话 ") :]
    assert f"企业 {COMPANY}，联系人林小燕，手机13900000001" in talk
    assert talk.index("登记需求") < talk.index("想用商标质押贷款300万元") < talk.index("已提交")
    assert "优秀案例" not in talk, "what was asked before belongs to no demand"
    assert "任务清单" not in talk, "nor what is asked later"


async def test_what_touches_it_later_and_what_staff_wrote_comes_in_its_place(
    office: Office,
) -> None:
    enterprise = Enterprise(office)
    number = await enterprise.files()
    wang = await office.hires("王芳")
    await acts(wang, number, "return", why="请补充专利号")
    await acts(wang, number, "note", why="内部看看")
    await enterprise.says("取消第1号需求")
    await enterprise.says("是")
    page = await wang.opens(f"/demands/{number}")
    talk = page[page.index(" 对话 ") :]
    assert "王芳 退回" in talk
    assert talk.index("已提交") < talk.index("请补充专利号") < talk.rindex("企业 是")
    assert "内部看看" not in talk, "that was not said to the enterprise"


async def test_what_was_said_live_stands_in_the_talk_of_the_demand_that_came_out_of_it(
    office: Office,
) -> None:
    """Each word once, also where the entry was begun while people were in the talk."""
    enterprise = Enterprise(office)
    wang = await office.hires("王芳")
    number = await talks_live(
        office, enterprise, wang, "可以做质押，请登记需求", "好的，我这就登记"
    )
    demand = await enterprise.files()
    page = await wang.opens(f"/demands/{demand}")
    talk = page[page.index(" 对话 ") :]
    assert f"王芳 人工对话T{number} 可以做质押，请登记需求" in talk
    assert talk.count("好的，我这就登记") == 1
    assert talk.index("请登记需求") < talk.index("想用商标质押贷款300万元")


async def test_a_later_talk_stands_there_if_it_names_or_touches_the_demand(
    office: Office,
) -> None:
    enterprise = Enterprise(office)
    wang = await office.hires("王芳")
    demand = await enterprise.files()
    office.clock.now += timedelta(days=2)
    await wang.signs_in("王芳")
    await talks_live(office, enterprise, wang, "年费明天交也行", "谢谢")
    await talks_live(office, enterprise, wang, "您的第1号需求有银行接了", "太好了")
    page = await wang.opens(f"/demands/{demand}")
    talk = page[page.index(" 对话 ") :]
    assert talk.index("有银行接了") < talk.index("太好了")
    assert "年费" not in talk, "that was about something else"
    number = await talks_live(office, enterprise, wang, "我来帮您补充", "多谢", over=False)
    await acts(wang, demand, "return", why="请补充专利号")
    await ends(wang, number)
    assert "我来帮您补充" in await wang.opens(f"/demands/{demand}")


async def test_a_long_talk_is_folded_up_and_all_of_it_is_there(office: Office) -> None:
    enterprise = Enterprise(office)
    await enterprise.says("登记需求")
    for number in range(8):
        await enterprise.says(f"需求是想做第{number}种专利导航")
    await enterprise.says(f"{COMPANY}，联系人林小燕，手机13900000001")
    demand = (await enterprise.says("没有", "跳过", "跳过", "提交")).demand
    wang = await office.hires("王芳")
    page = await wang.opens(f"/demands/{demand}")
    assert "先前的" in page
    assert "第0种" in page


async def test_what_was_sent_along_is_named_and_how_it_is_to_be_had(office: Office) -> None:
    enterprise = Enterprise(office)
    number = await enterprise.files()
    await enterprise.sends("image", "质押合同.jpg", "media-77")
    wang = await office.hires("王芳")
    page = await wang.opens(f"/demands/{number}")
    assert "附件 图片：质押合同.jpg" in page
    assert "平台保存到5月18日" in page
    assert "media-77" in page
    assert "企业 发来图片：质押合同.jpg" in page[page.index(" 对话 ") :]
    office.clock.now += timedelta(days=4)
    await wang.signs_in("王芳")
    page = await wang.opens(f"/demands/{number}")
    assert "不再提供下载" in page
    assert "media-77" not in page


async def test_what_the_enterprise_had_erased_is_not_in_the_talk(office: Office) -> None:
    enterprise = Enterprise(office)
    number = await enterprise.files()
    await enterprise.says("删除我的信息", "确认删除")
    wang = await office.hires("王芳")
    page = await wang.opens(f"/demands/{number}")
    assert "13900000001" not in page
    assert "林小燕" not in page
    assert "对话" not in page


async def test_hostile_words_in_a_talk_are_inert_and_whole(office: Office) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}' + "长" * 900
    enterprise = Enterprise(office)
    await enterprise.says(*ENTRY[:-2], hostile)
    number = (await enterprise.says(*ENTRY[-2:])).demand
    assert number
    wang = await office.hires("王芳")
    await acts(wang, number, "return", why=hostile)
    page = await wang.opens(f"/demands/{number}")
    assert "<script>alert" not in wang.page
    assert "<img" not in wang.page
    talk = page[page.index(" 对话 ") :]
    assert talk.count(hostile) >= 2


def test_how_what_was_sent_is_to_be_had_depends_on_its_platform() -> None:
    def sent_by(channel: str, ago: timedelta) -> Attached:
        return as_attached(AttachmentRow(f"{channel}:lin", 1, "file", "code", "", NOW - ago), NOW)

    day = timedelta(days=1)
    assert [sent_by(channel, day).how for channel in ("wecom", "kf", "wechat")] == ["by id"] * 3
    assert sent_by("wecom", day).until == NOW + 2 * day
    assert sent_by("wecom", 3 * day).how == "gone"
    assert sent_by("dingtalk", 30 * day).how == "by code"
    assert (sent_by("aibot", day).how, sent_by("aibot", day).ref) == ("gone", "")
