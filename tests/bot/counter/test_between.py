"""What the enterprise and staff say in between: it reaches whom it is for, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.staff.counter.provided import Provided
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.counter.test_dialogues import Office


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
