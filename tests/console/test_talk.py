"""What was said about a demand, beside the demand."""

from __future__ import annotations

from datetime import timedelta

from bot.console.talk import Attached, as_attached
from storage.attachments import AttachmentRow
from tests.bot.counter.office import NOW
from tests.console.office import Office
from tests.console.talking import COMPANY, ENTRY, Enterprise
from tests.console.test_demands import acts


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
