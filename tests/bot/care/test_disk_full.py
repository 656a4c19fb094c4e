"""The disk is full: what cannot be stored is not acknowledged, and nothing is lost or doubled."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import app, opening
from bot.settings import Settings
from storage.database import Database
from storage.schema import inbox
from tests.bot.care.conftest import PLATFORM, WHO, House
from tests.platform.wecom import Callback, right_now

WORDS = "我们公司想了解专利质押融资" * 30
MANY = 300
_NO_LIMIT = 2**30


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Database]:
    """The application's own database, once it is built."""
    found: list[Database] = []
    inner = opening.open_database

    async def open_database(stack: AsyncExitStack, settings: Settings, **more: Any) -> Database:
        found.append(await inner(stack, settings, **more))
        return found[-1]

    monkeypatch.setattr(app, "open_database", open_database)
    return found


async def limited(db: Database, pages: int) -> None:
    """The database cannot grow beyond so many pages; what it has it keeps."""
    async with db.transaction() as conn:
        await conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def taken(db: Database) -> int:
    async with db.transaction() as conn:
        return (await conn.execute(select(func.count()).select_from(inbox))).scalar_one()


def call(number: int) -> Callback:
    return PLATFORM.text(f"{number} {WORDS}", right_now(), f"{WHO}{number}")


async def test_a_message_that_finds_no_room_is_answered_once_there_is_room_again(
    opened: list[Database], house: House
) -> None:
    [db] = opened
    await limited(db, 1)  # no page more than there are
    acknowledged = 0
    for number in range(MANY):
        unlucky = call(number)
        status, _ = await house.sends(unlucky)
        if status != 200:
            break
        acknowledged += 1
    assert status == 500
    assert await taken(db) == acknowledged

    for _ in range(3):  # the platform tries again
        assert (await house.sends(unlucky))[0] == 500
    ready = await house.client.get("/readyz")
    assert ready.status == 200

    await limited(db, _NO_LIMIT)
    status, reply = await house.sends(unlucky)
    assert status == 200
    assert WORDS in PLATFORM.read(reply)["Content"]
    assert (await house.sends(unlucky))[0] == 200
    assert await taken(db) == acknowledged + 1
    failed = (await house.metrics())["zhixing_messages_failed_total", "wecom"]
    assert failed == 4
