"""The server looks for silent talks again and again, whatever ails the database meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from bot.handover.looking import look_for_silence
from storage.connection import AsyncConnection
from storage.database import Database
from tests.bot.handover.office import SILENCE, Office


class FailsOnce:
    """A database that is away at the first look."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.away = True

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        if self.away:
            self.away = False
            raise OSError
        async with self._db.transaction() as conn:
            yield conn


async def test_a_silent_talk_ends_without_anybody_writing(office: Office) -> None:
    await office.say("林小燕", "人工")
    await office.say("王芳", "接 1")
    office.wait(31)
    looks, woken = 0, asyncio.Event()

    async def sleep(_seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise asyncio.CancelledError

    db = cast(Any, FailsOnce(office.db))
    channels = office.provided.pushable
    with pytest.raises(asyncio.CancelledError):
        await look_for_silence(db, lambda: office.now, SILENCE, channels, woken.set, sleep)
    assert woken.is_set()
    await office.push()
    assert (await office.ticket()).why == "silence"
    assert len([text for text in office.pushed("林小燕") if "没有新消息" in text]) == 1
