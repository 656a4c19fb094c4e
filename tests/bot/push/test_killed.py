"""A server that is killed (kill -9) while it makes a digest: the next one makes it, and once."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.push.office import FANG, WEDNESDAY, House, settings, submit, subscribed
from tests.data_key import KEYS
from tests.scratch import let_go

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("step", "stored"),
    [
        ("storage.periods.end", 0),
        ("storage.outbox.add", 0),
        ("bot.push.pushing.queue", 1),
    ],
    ids=["the period is ended", "the letters are queued", "all of it is stored"],
)
async def test_one_digest_whatever_was_done_when_the_kill_came(
    database_url: str, kb: KnowledgeBase, step: str, stored: int
) -> None:
    db = await Database.open(database_url, keys=KEYS)
    house = House(db, kb, settings(subscribed(FANG, "daily")))
    await submit(db, 1, WEDNESDAY - timedelta(hours=20))
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.push.killed_pusher", database_url, step, cwd=ROOT
    )
    assert await server.wait() == -signal.SIGKILL
    await let_go(database_url)
    assert len(await house.keys()) == stored
    assert await house.at(11) == [f"digest:daily:2024-05-15:{FANG}"]
    assert "新增需求 1 项" in (await house.texts(FANG))[0]
    await db.close()
