"""A kill at any step loses no message, and repeats the one that was on its way at most."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.delivery.worker import LEASE, Worker
from bot.push.notes import tell
from storage import notes
from storage.database import Database
from storage.notes import NoteRow
from tests.bot.delivery.carrying import NOW, WHO, states, until_idle
from tests.bot.delivery.killed_worker import STEPS, FileCourier
from tests.clock import Clock
from tests.data_key import KEYS
from tests.scratch import let_go

ROOT = Path(__file__).parents[3]
TEXTS = ["已受理。", "已匹配。", "已办结。"]
TWICE = {
    "claimed": "已受理。",
    "taken up": "已受理。",
    "after it is sent": "已匹配。",
    "recorded": "已匹配。",
}
"""What arrives a second time: it was sent, and that not stored yet. Not where the platform knows
its key."""


@pytest.mark.parametrize("step", STEPS)
async def test_killed_between_any_two_steps_each_note_arrives_and_none_is_told_again(
    database_url: str, tmp_path: Path, step: str
) -> None:
    arrived = tmp_path / "arrived"
    arrived.touch()
    db = await Database.open(database_url, keys=KEYS)
    async with db.transaction() as conn:
        await tell(conn, [NoteRow(WHO, text, NOW) for text in TEXTS], NOW, {"wecom"})
    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.delivery.killed_worker"),
        *(database_url, str(arrived), step),
        cwd=ROOT,
    )
    assert await killed.wait() == -signal.SIGKILL
    await let_go(database_url)
    clock = Clock(NOW + LEASE)
    await until_idle(Worker(db, [FileCourier(arrived)], clock))
    texts = arrived.read_text(encoding="utf-8").splitlines()
    again = TWICE.get(step)
    assert [text for n, text in enumerate(texts) if text not in texts[:n]] == TEXTS
    assert sorted(texts) == sorted([*TEXTS, *([again] if again else [])])
    assert await states(db) == [("sent", None)] * 3
    async with db.transaction() as conn:
        assert await notes.waiting(conn, [WHO]) == {}
    await db.close()
