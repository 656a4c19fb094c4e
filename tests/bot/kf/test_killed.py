"""Killed between any two steps: every customer is answered, each message once, in order."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.channels.kf.account import LEASE as AT_AN_ACCOUNT
from bot.delivery.worker import LEASE as AT_A_LETTER
from storage import outbox
from storage.database import Database
from tests.bot.kf.killed import STEPS
from tests.bot.kf.office import Office
from tests.clock import Clock
from tests.data_key import KEYS
from tests.platform.kf_customers import CUSTOMER
from tests.platform.qyapi import QyApi
from tests.scratch import let_go

ROOT = Path(__file__).parents[3]
OTHER = "wmOTHER-CUSTOMER"


ONCE = [(step, 0) for step in STEPS]
AGAIN = [("Desk.take", 1)]


@pytest.mark.parametrize(("step", "before"), ONCE + AGAIN)
async def test_killed_after_any_step_nothing_is_lost_and_nothing_is_said_twice(
    wecom: QyApi, session: ClientSession, clock: Clock, database_url: str, step: str, before: int
) -> None:
    wecom.kf.page = 2
    for user, text in ((CUSTOMER, "一"), (OTHER, "甲"), (CUSTOMER, "二")):
        wecom.kf.says(text, user)
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bot.kf.killed", database_url, wecom.base, step, str(before)),
        cwd=ROOT,
    )
    assert await worker.wait() == -signal.SIGKILL
    await let_go(database_url)

    db = await Database.open(database_url, keys=KEYS)
    office = Office(wecom.base, db, session, clock, owner="worker-2")
    clock.now += AT_AN_ACCOUNT + AT_A_LETTER
    await office.settle()
    assert wecom.arrived.texts(CUSTOMER) == ["1 一", "2 二"]
    assert wecom.arrived.texts(OTHER) == ["1 甲"]
    async with db.transaction() as conn:
        assert {letter.state for letter in await outbox.listing(conn)} == {"sent"}
    await office.desk.close()
    await db.close()
