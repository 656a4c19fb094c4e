"""Enterprise, staff and assistant over the one desk, from the first sentence to the last step."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.counter import Counter
from bot.current import Current
from bot.desk import Desk
from bot.message import Message, Sender
from bot.staff.counter.provided import Provided
from intents.respond import respond
from intents.turn import Reply, Said
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage import activities, audit, demands, outbox
from storage.database import Database
from tests.bot.counter import office
from tests.bot.counter.office import NOW, clerk

NEED = (
    "我们是厦门一诺科技有限公司，想用商标质押贷款300万元，联系人林小燕，"
    "手机13900000001，没有邮箱，需要国家局协调"
)


class Office:
    """The desk, and staff: 王芳 of 厦门, 陈静 of 漳州, 李强 who heads the province's."""

    def __init__(self, db: Database, kb: KnowledgeBase, provided: Provided) -> None:
        people = (
            clerk("王芳"),
            clerk("陈静", regions=("漳州市",)),
            clerk("李强", "head", ("福建省",)),
        )
        self.db = db
        self._now = NOW
        listed = {person.sender: person for person in people}
        self.provided = replace(provided, listed=listed)
        counter = Counter(listed, self.provided)
        self.desk = Desk(db, Current(kb), self._clock, respond, counter)
        self._count = 0

    def _clock(self) -> datetime:
        return self._now

    async def reply(self, who: str, text: str) -> Reply:
        """A minute later."""
        self._count += 1
        self._now += timedelta(minutes=1)
        message = Message(str(self._count), Sender("wecom", who), Said(text), self._now)
        return (await self.desk.take(message)).reply

    async def say(self, who: str, text: str) -> str:
        return (await self.reply(who, text)).plain

    async def file(self, who: str = "林小燕", text: str = NEED) -> None:
        """The enterprise's need, up to its being submitted."""
        await self.say(who, text)
        await self.say(who, "提交")

    async def statuses(self) -> list[str]:
        async with self.db.transaction() as conn:
            return [demand.status for demand in await demands.listing(conn)]

    async def acts(self) -> list[tuple[str, str]]:
        """Who is on record for what."""
        async with self.db.transaction() as conn:
            return [(row.actor.partition(":")[2], row.act) for row in await audit.listing(conn)]


@pytest.fixture
async def desk(db: Database, office_kb: KnowledgeBase, tmp_path: Path) -> AsyncIterator[Office]:
    (tmp_path / "drafts").mkdir()
    here = Office(db, office_kb, Provided(tmp_path / "drafts", tmp_path / "exports"))
    yield here
    await here.desk.close()


async def test_a_need_is_taken_up_matched_and_closed_and_its_sender_told_each_time(
    desk: Office,
) -> None:
    await desk.file()
    assert "1号 厦门一诺科技有限公司" in await desk.say("王芳", "待办")

    assert "已受理" in await desk.say("王芳", "受理 1")
    told = await desk.say("林小燕", "你好")
    assert "已受理" in told
    assert "您好" in told
    assert "受理" not in await desk.say("林小燕", "你好")

    offered = await desk.reply("王芳", "匹配 1")
    assert offered.options[0].startswith("兴业银行知识产权质押贷（")
    await desk.say("王芳", "1")
    assert "兴业银行知识产权质押贷" in await desk.say("林小燕", "谢谢")

    await desk.say("王芳", "办结1 已放款300万元")
    assert "已放款300万元" in await desk.say("林小燕", "我的需求")
    assert await desk.statuses() == ["closed"]
    assert "没有待办" in await desk.say("王芳", "待办")
    assert "王芳办结：已放款300万元" in await desk.say("李强", "需求 1")
    await desk.say("李强", "回复 1 恭喜")
    assert "已办结（王芳" in await desk.say("李强", "受理 1")


async def test_what_is_returned_with_a_question_comes_back_with_the_answer(desk: Office) -> None:
    await desk.file()
    asked_back = await desk.say("王芳", "退回 1")
    assert "要请企业补充什么" in asked_back
    await desk.say("王芳", "请补充商标注册证号")
    assert await desk.statuses() == ["returned"]

    assert "请补充商标注册证号" in await desk.say("林小燕", "在吗")
    await desk.say("林小燕", "我的需求")
    await desk.say("林小燕", "商标注册证号是第A-77号")
    await desk.say("林小燕", "提交")
    assert await desk.statuses() == ["submitted"]
    entry = await desk.say("王芳", "需求 1")
    assert "第A-77号" in entry
    assert "王芳退回：请补充商标注册证号" in entry


async def test_personal_data_are_clear_only_in_the_entry_and_the_look_is_on_record(
    desk: Office,
) -> None:
    await desk.file()
    listed = await desk.say("王芳", "待办")
    assert "13900000001" not in listed
    assert "林小燕" not in listed
    assert ("王芳", "look") not in await desk.acts()
    entry = await desk.say("王芳", "需求 1")
    assert "手机：13900000001" in entry
    assert "联系人：林小燕" in entry
    assert await desk.acts() == [("王芳", "look")]


async def test_what_the_enterprise_corrects_too_late_is_clear_in_the_entry_alone(
    desk: Office,
) -> None:
    await desk.file()
    await desk.say("王芳", "受理 1")
    await desk.say("林小燕", "需求1的手机改成13900000009")
    assert "13900000009" not in await desk.say("李强", "待答")
    entry = await desk.say("王芳", "需求 1")
    corrected = entry.partition("【企业要更正或补充】")[2]
    assert "13900000009" in corrected


async def test_a_phone_in_any_field_is_masked_in_lists(desk: Office) -> None:
    async with desk.db.transaction() as conn:
        await office.file_demand(
            conn, "xiamen", company="林小燕工作室 13900000001", need="打13900000001找我"
        )
    listed = await desk.say("王芳", "待办")
    done = await desk.say("王芳", "受理 1")
    assert "13900000001" not in listed + done
    assert "林小燕" not in listed + done


async def test_a_demand_elsewhere_is_refused_without_its_content_and_on_record(
    desk: Office,
) -> None:
    await desk.file()
    for message in ("需求 1", "受理 1", "匹配 1", "退回 1 请补充"):
        said = await desk.say("陈静", message)
        assert "不在您负责的地区" in said
        assert "一诺" not in said
    assert "没有待办" in await desk.say("陈静", "待办")
    assert await desk.acts() == [("陈静", "refused")] * 4
    assert await desk.statuses() == ["submitted"]


async def test_the_province_sees_all_and_hands_a_demand_to_another_city(desk: Office) -> None:
    await desk.file()
    assert "需国家局" in await desk.say("李强", "待办")
    assert "超出您负责的地区" in await desk.say("王芳", "转办 1 漳州")
    assert "漳州市局" in await desk.say("李强", "把1转给漳州")
    assert "没有待办" in await desk.say("王芳", "待办")
    assert "1号 厦门一诺" in await desk.say("陈静", "待办")
    assert "漳州市" in await desk.say("林小燕", "你好")


async def test_an_answer_reaches_who_asked_and_becomes_a_draft(desk: Office) -> None:
    question = "个体户申请外观设计专利的费用能减多少？"
    await desk.say("林小燕", question)
    waiting = await desk.say("李强", "待答")
    assert question in waiting
    await desk.say("李强", "答 1 按国家局收费减缴办法办，最多减85%")
    told = await desk.say("林小燕", "你好")
    assert "最多减85%" in told
    assert "外观设计专利" in told

    drafted = await desk.say("李强", "入库 1 cnipa-2021-51#五(二)")
    assert "cnipa-2021-51#五（二）" in drafted
    assert desk.provided.drafts is not None
    notice = load_knowledge(shipped_dir(), desk.provided.drafts).notice("cnipa-2021-51")
    assert notice.faq[-1].question == question
    assert notice.faq[-1].clause == "五（二）"
    assert notice.golden[-1].clauses == ("cnipa-2021-51#五（二）",)
    assert notice.golden[-1].facts == ("85%",)
    assert "已经有了" in await desk.say("李强", "入库 1 cnipa-2021-51#五（二）")


async def test_numbers_of_demands_and_of_questions_are_told_apart(desk: Office) -> None:
    await desk.file()
    assert "请发：回复 1" in await desk.say("王芳", "答 1 材料收到")
    await desk.say("林小燕", "个体户申请外观设计专利的费用能减多少？")
    await desk.say("林小燕", "那外观设计专利的年费呢？")
    assert "请发：答 2" in await desk.say("王芳", "回复 2 最多减85%")


@pytest.mark.parametrize("times", ["-3", "99999999999999999999", "1.5"])
async def test_an_activity_with_a_figure_that_counts_nothing_is_asked_for_again(
    desk: Office, times: str
) -> None:
    told = await desk.say("王芳", f"记活动 质押融资 银企对接会 {times}次 56家")
    assert "次数" in told
    async with desk.db.transaction() as conn:
        assert not await activities.listing(conn)


async def test_an_activity_is_kept_for_the_bureau_of_who_records_it(desk: Office) -> None:
    await desk.say("王芳", "记活动 质押融资 银企对接会 3次 56家 促成贷款2000万元")
    await desk.say("王芳", "记活动质押融资银企对接会三场，惠及五十六家企业")
    assert "还缺" in await desk.say("王芳", "记活动 质押融资 银企对接会")
    async with desk.db.transaction() as conn:
        kept = await activities.listing(conn, bureaus=["xiamen"])
    task = "开展知识产权质押融资“入园惠企”行动"
    figures = [(a.task, a.form, a.times, a.enterprises, a.other) for a in kept]
    assert figures == [
        (task, "银企对接会", 3, 56, "促成贷款2000万元"),
        (task, "银企对接会", 3, 56, ""),
    ]


async def test_figures_are_ones_own_for_a_clerk_and_of_all_for_a_head(desk: Office) -> None:
    await desk.file()
    await desk.say("王芳", "受理 1")
    await desk.say("王芳", "办结 1")
    assert "受理1次，办结1次" in await desk.say("王芳", "统计 本月")
    assert "还没有" in await desk.say("陈静", "统计")
    whole = await desk.say("李强", "统计 今年")
    assert "登记需求1项" in whole
    assert "厦门市局1" in whole
    assert "登记需求0项" in await desk.say("李强", "统计 去年")
    assert "没看懂时间" in await desk.say("李强", "统计 猴年")


async def test_a_place_without_a_bureau_of_theirs_is_told_and_no_list_shown(desk: Office) -> None:
    await desk.file()
    for place in ("火星", "北京"):
        told = await desk.say("王芳", f"待办 {place}")
        assert f"您负责的地区里没有“{place}”这个局" in told
        assert "一诺" not in told
    for everything in ("待办 全部", "待办 今天的", "待办，谢谢"):
        assert "1号 厦门一诺" in await desk.say("王芳", everything)


async def test_a_year_far_off_is_told_in_one_line_and_can_be_put_right(desk: Office) -> None:
    await desk.file()
    told = "不在2000年到2099年之间，请核对。"
    assert await desk.say("李强", "统计 9999年12月") == f"年份“9999”{told}"
    assert "登记需求1项" in await desk.say("李强", "2024年5月")
    assert await desk.say("李强", "导出 附件1 0000年1月") == f"年份“0000”{told}"
    assert not desk.provided.exports.exists()


@pytest.mark.parametrize(("form", "private"), [("附件1", True), ("附件2", False), ("报告", False)])
async def test_only_the_list_of_demands_is_said_to_hold_contacts(
    desk: Office, form: str, private: bool
) -> None:
    await desk.file()
    told = await desk.say("李强", f"导出 {form} 全部")
    assert "已导出" in told
    assert ("内有企业联系方式" in told) == private


async def test_what_is_exported_is_sent_where_its_channel_carries_files(
    db: Database, office_kb: KnowledgeBase, tmp_path: Path
) -> None:
    provided = Provided(exports=tmp_path / "exports", pushable={"wecom"})
    here = Office(db, office_kb, provided)
    await here.file()
    assert "文件随后发来" in await here.say("李强", "导出 附件2 全部")
    async with db.transaction() as conn:
        [sent] = [row for row in await outbox.listing(conn) if row.target == "wecom:李强"]
    assert sent.payload is not None
    await here.desk.close()
    assert zipfile.is_zipfile(sent.payload["reply"]["file"])


async def test_lists_show_patents_and_mark_hidden_numbers_one_way(desk: Office) -> None:
    async with desk.db.transaction() as conn:
        await office.file_demand(conn, "xiamen", need="ZL202010012345.6想质押")
        await office.file_demand(conn, "xiamen", need="请打［号码已隐去］或13900000009")
    listed = await desk.say("王芳", "待办")
    assert "ZL202010012345.6想质押" in listed
    assert "请打［号码已隐去］或［号码已隐去］" in listed


async def test_the_help_is_numbered_and_its_numbers_can_be_said(desk: Office) -> None:
    await desk.file()
    help_ = await desk.reply("王芳", "帮助")
    assert not any(option.startswith("导出") for option in help_.options)
    accept = next(n for n, o in enumerate(help_.options, 1) if o.startswith("受理"))
    assert "受理哪一项" in await desk.say("王芳", str(accept))
    assert "1号已受理" in await desk.say("王芳", "1")
    assert any(o.startswith("导出") for o in (await desk.reply("李强", "指令")).options)


async def test_what_was_begun_can_be_called_off_or_left_for_a_question(desk: Office) -> None:
    await desk.file()
    await desk.say("王芳", "退回 1")
    assert "没有改动" in await desk.say("王芳", "算了")
    await desk.say("王芳", "受理")
    answer = await desk.reply("王芳", "2021年万里行的总结几号交")
    assert answer.kind == "answer"
    await desk.say("王芳", "退回 1")
    assert (await desk.reply("王芳", "你好")).kind == "smalltalk"
    await desk.say("王芳", "先别受理 1")
    assert await desk.statuses() == ["submitted"]


async def test_numbers_alone_complete_what_was_begun(desk: Office) -> None:
    await desk.file()
    await desk.file("陈大文", NEED.replace("一诺", "二诺"))
    assert "哪一项" in await desk.say("王芳", "受理全部")
    await desk.say("王芳", "1、2")
    assert await desk.statuses() == ["accepted", "accepted"]
    assert "手机：13900000001" in await desk.say("王芳", "1")


async def test_an_entry_is_found_by_its_enterprise_within_reach_alone(desk: Office) -> None:
    await desk.file()
    assert "手机：13900000001" in await desk.say("王芳", "需求 一诺")
    assert "一诺科技" not in await desk.say("陈静", "需求 一诺")


async def test_what_staff_were_shown_of_an_erased_demand_comes_back_neither_repeated_nor_paged(
    desk: Office,
) -> None:
    await desk.file()
    for _ in range(4):
        await desk.say("王芳", f"备注 1 打13900000001找林小燕，{'再约时间' * 90}")
    look = Message("look", Sender("wecom", "王芳"), Said("需求 1"), NOW)
    note = Message("note", Sender("wecom", "李强"), Said("备注 1 打13900000001"), NOW)
    for message in (look, note):
        assert "13900000001" in (await desk.desk.take(message)).reply.text
    await desk.say("林小燕", "删除我的信息")
    for message in (look, note):
        assert "13900000001" not in (await desk.desk.take(message)).reply.text
    assert "林小燕" not in await desk.say("王芳", "更多")


async def test_what_was_erased_is_said_to_be(desk: Office) -> None:
    await desk.file()
    await desk.say("林小燕", "删除我的信息")
    entry = await desk.say("王芳", "需求 1")
    assert "林小燕" not in entry
    assert "已按企业要求或到期删除" in entry


async def test_an_ordinary_question_of_staffs_is_answered_as_anybodys(desk: Office) -> None:
    reply = await desk.reply("王芳", "2021年万里行的总结几号交")
    assert reply.kind == "answer"
    assert "10月30日" in reply.text


async def test_a_resource_is_named_in_part_or_need_not_be_in_the_directory(desk: Office) -> None:
    await desk.file()
    await desk.file("陈大文", NEED.replace("一诺", "二诺"))
    await desk.say("王芳", "受理 1、2")
    assert "兴业银行知识产权质押贷" in await desk.say("王芳", "匹配 1 兴业银行")
    assert "按您写的记下" in await desk.say("王芳", "匹配2 某某担保公司")
    assert "某某担保公司" in await desk.say("陈大文", "你好")


async def test_the_same_need_of_the_same_enterprise_is_shown_to_staff(desk: Office) -> None:
    await desk.file()
    again = NEED.replace("想用商标质押贷款300万元", "想拿商标质押，贷款三百万")
    await desk.file("陈大文", again)
    assert "疑似与1号重复" in await desk.say("王芳", "待办")
    assert "【可能重复】\n1号（待受理）" in await desk.say("王芳", "需求 2")


async def test_what_is_long_goes_on_when_more_is_asked_for(desk: Office) -> None:
    async with desk.db.transaction() as conn:
        for n in range(60):
            await office.file_demand(conn, "xiamen", company=f"厦门{n}号科技有限公司")
    first = await desk.say("王芳", "待办")
    assert "更多" in first
    assert len(first.encode()) <= 2048
    assert "厦门0号" in first
    assert "厦门0号" not in await desk.say("王芳", "更多")
