"""The running assistant makes what is due, sends it, and ends without leaving anything behind."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.app import build_app
from bot.settings import DigestSettings, HostsSettings, RobotTarget, Settings
from tests.bot.push.office import STAFF, WEDNESDAY
from tests.platform.robots import WECOM_KEY, FakeRobots, serving


def now() -> datetime:
    return WEDNESDAY


@pytest.fixture
def told(database_url: str, tmp_path: Path) -> Settings:
    robot = RobotTarget(name="处室群", kind="wecom", key=SecretStr(WECOM_KEY))
    key = SecretStr("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    digest = DigestSettings(targets=(robot,), empty=True)
    return Settings(database=database_url, data_key=key, digest=digest, staff=STAFF)


async def test_this_mornings_digest_reaches_its_group_and_no_task_is_left(told: Settings) -> None:
    fake = FakeRobots(now)
    before = asyncio.all_tasks()
    async with serving(fake):
        hosts = HostsSettings(wecom=fake.base)
        app = await build_app(told.model_copy(update={"hosts": hosts}), now)
        runner = web.AppRunner(app)
        await runner.setup()
        async with asyncio.timeout(30):
            await fake.news.wait()
        await runner.cleanup()
    assert asyncio.all_tasks() <= before
    [text] = fake.arrived["wecom"]
    assert text.startswith("## 知行简报 5月15日 周三")
