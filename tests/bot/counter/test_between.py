"""What the enterprise and staff say in between: it reaches whom it is for, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.staff.counter.provided import Provided
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.counter.test_dialogues import NEED, Office


@pytest.fixture
async def desk(db: Database, office_kb: KnowledgeBase, tmp_path: Path) -> AsyncIterator[Office]:
    here = Office(db, office_kb, Provided(tmp_path, tmp_path))
    yield here
    await here.desk.close()


async def test_what_staff_say_instead_of_the_rest_is_answered_with_their_own_demands(
    desk: Office,
) -> None:
    await desk.file("王芳")
    await desk.say("王芳", "受理")
    assert "已提交，等待受理" in await desk.say("王芳", "我那份需求到哪了")
    assert "改完再提交" in await desk.say("王芳", "我那份需求的手机改成13900000009")
    assert await desk.statuses() == ["submitted"]


async def test_figures_count_what_was_filed_and_tell_apart_what_was_called_off_later(
    desk: Office,
) -> None:
    await desk.file()
    await desk.say("陈大文", "登记需求")
    await desk.say("陈大文", "厦门二诺科技有限公司")
    await desk.say("吴小妹", "厦门三诺科技有限公司，想质押贷款")
    await desk.say("吴小妹", "不同意保存")
    counted = await desk.say("李强", "统计")
    assert "登记需求1项，其中需国家局协调1项\n按状态：待受理1\n" in counted
    assert "未选" not in counted

    await desk.say("林小燕", "撤回需求1")
    await desk.say("林小燕", "确定撤回")
    counted = await desk.say("李强", "统计")
    assert "登记需求0项，其中需国家局协调0项；另有1项提交后取消，不计在内\n问题" in counted


async def returned_and_taken_up(desk: Office) -> None:
    await desk.file()
    await desk.say("王芳", "退回 1 请补充商标注册号")
    await desk.say("李强", "受理 1")


@pytest.mark.parametrize(
    "answer", ["第12345678号", "商标注册号是第12345678号", "补充需求1：注册号第12345678号"]
)
async def test_an_answer_that_comes_after_the_demand_was_taken_up_reaches_it(
    desk: Office, answer: str
) -> None:
    await returned_and_taken_up(desk)
    told = await desk.say("林小燕", answer)
    assert "需求1已受理，正在办理。您补充的内容已记在需求1里" in told
    assert await desk.statuses() == ["accepted"]
    entry = await desk.say("王芳", "需求 1")
    assert "第12345678号" in entry.partition("企业补充：")[2]
    assert "没有待答" in await desk.say("李强", "待答")


async def test_an_answer_begun_while_it_was_returned_reaches_it_too(desk: Office) -> None:
    await desk.file()
    await desk.say("王芳", "退回 1 请补充商标注册号")
    await desk.say("林小燕", "注册号第12345678号")
    await desk.say("李强", "受理 1")
    assert "已记在需求1里" in await desk.say("林小燕", "提交")
    assert "第12345678号" in (await desk.say("王芳", "需求 1")).partition("企业补充：")[2]


async def test_questions_and_needs_of_who_owes_an_answer_are_not_taken_for_it(
    desk: Office,
) -> None:
    await returned_and_taken_up(desk)
    assert (await desk.reply("林小燕", "2021年万里行的总结几号交")).kind == "answer"
    assert "登记成服务需求" in await desk.say("林小燕", "我们还想招两个懂专利的大学生")
    await desk.say("林小燕", "取消")
    assert "企业补充" not in await desk.say("王芳", "需求 1")


async def test_an_answer_may_go_on_until_staff_take_the_next_step(desk: Office) -> None:
    await returned_and_taken_up(desk)
    await desk.say("林小燕", "第12345678号")
    assert "已记在" in await desk.say("林小燕", "还有一件是第87654321号")
    await desk.say("王芳", "匹配 1 兴业银行")
    assert "已记在" not in await desk.say("林小燕", "第11112222号")


async def test_what_an_enterprise_is_told_names_its_demand_by_its_own_number(
    desk: Office,
) -> None:
    await desk.file("陈大文", NEED.replace("一诺", "二诺"))
    await desk.file()
    heard = []
    for command in (
        "退回 2 请补充商标注册号", "受理 2", "转办 2 厦门", "匹配 2 兴业银行", "回复 2 请来电"
    ):  # fmt: skip
        await desk.say("李强", command)
        heard.append(await desk.say("林小燕", "你好"))
    await desk.say("林小燕", "注册号是第12345678号")
    await desk.say("王芳", "备注 2 已收到")
    heard.append(await desk.say("林小燕", "需求1的手机改成13900000009"))
    await desk.say("王芳", "答 1 已改好")
    heard.append(await desk.say("林小燕", "你好"))
    await desk.say("王芳", "办结 2 已放款")
    heard.append(await desk.say("林小燕", "我的需求"))
    assert "在需求1里更正或补充的“手机改成13900000009”：已改好。" in heard[-2]
    assert not [text for text in heard if "需求2" in text or "2号" in text]
    assert all("需求1" in text for text in heard if "【" in text)


@pytest.mark.parametrize("ending", [("删除我的信息",), ("撤回需求1", "确定撤回")])
async def test_what_was_noted_late_is_erased_with_the_rest(
    desk: Office, ending: tuple[str, ...]
) -> None:
    await returned_and_taken_up(desk)
    await desk.say("林小燕", "注册号第12345678号，打13900000009也行")
    assert "13900000009" in await desk.say("王芳", "需求 1")
    for said in ending:
        await desk.say("林小燕", said)
    assert "13900000009" not in await desk.say("王芳", "需求 1")
