"""Marks that nobody sees, in what enterprises and staff send, change nothing of what is meant."""

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
    here = Office(db, office_kb, Provided(tmp_path / "drafts", tmp_path / "exports"))
    yield here
    await here.desk.close()


async def test_a_company_with_turning_marks_in_its_name_keeps_its_name_place_and_contact(
    desk: Office,
) -> None:
    await desk.say("林小燕", "登记需求：想用商标质押贷款300万元，不需要国家局协调，没有邮箱")
    await desk.say("林小燕", "单位名称：厦门\u202e计设\u202c试样\u200b科技有限公司")
    await desk.say("林小燕", "联系人：王小\u2066二")
    await desk.say("林小燕", "手机：1390\u200d0001234")
    await desk.say("林小燕", "提交")
    entry = await desk.say("王芳", "需求 1")
    assert "单位名称：厦门计设试样科技有限公司" in entry
    assert "联系人：王小二" in entry
    assert "手机：13900001234" in entry
    assert "厦门市" in entry


@pytest.mark.parametrize("command", ["回复", "备注", "退回"])
async def test_words_that_nobody_sees_are_no_words_for_an_enterprise(
    desk: Office, command: str
) -> None:
    await desk.file()
    for unseen in ("\u202e\u200b", "\u3164\u2800", "\ufe0f"):
        assert "直接回复就行" in await desk.say("王芳", f"{command} 1 {unseen}")
        assert "直接回复就行" in await desk.say("王芳", unseen)
        assert "没有改动" in await desk.say("王芳", "算了")
    assert await desk.statuses() == ["submitted"]
    assert "王芳" not in await desk.say("李强", "需求 1")
