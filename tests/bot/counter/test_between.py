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
