"""Letters to group robots: both platforms', over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.connection import House
from bot.channels.robot import CHANNEL, connect, target_of
from bot.delivery.letters import Letter, to_json
from bot.delivery.worker import Worker
from bot.settings import HostsSettings, RobotTarget
from intents.turn import Reply
from storage.database import Database
from storage.outbox import OutboxRow
from tests.bot.delivery.carrying import NOW, put, stored, until_idle
from tests.bot.noting_desk import NotingDesk
from tests.clock import Clock
from tests.platform.robots import (
    DING_SECRET,
    DING_TOKEN,
    WECOM_KEY,
    FakeRobots,
    errcode,
    serving,
)

ROBOTS = [
    RobotTarget(name="省局群", kind="wecom", key=SecretStr(WECOM_KEY)),
    RobotTarget(
        name="市局群",
        kind="dingtalk",
        access_token=SecretStr(DING_TOKEN),
        secret=SecretStr(DING_SECRET),
    ),
]


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeRobots]:
    async with serving(FakeRobots(clock)) as running:
        yield running


@pytest.fixture
async def worker(db: Database, fake: FakeRobots, clock: Clock) -> AsyncIterator[Worker]:
    hosts = HostsSettings(wecom=fake.base, dingtalk_robot=fake.base)
    async with ClientSession() as session:
        house = House(NotingDesk(), db, session, clock, lambda: 0.0, lambda: None)
        yield Worker(db, connect(ROBOTS, hosts, house).couriers, clock)


def to(robot: str, *texts: str, markdown: bool = True, title: str = "简报") -> list[OutboxRow]:
    target = target_of(robot)
    return [
        OutboxRow(
            f"digest:{text}:{robot}",
            target,
            to_json(Letter(Reply("command", text), title=title, markdown=markdown)),
            NOW,
            CHANNEL,
            target,
        )
        for text in texts
    ]


async def test_each_group_gets_its_letters_in_order(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    await put(db, *to("省局群", "### 一", "### 二"), *to("市局群", "### 三"))
    await until_idle(worker)
    assert fake.arrived == {"wecom": ["### 一", "### 二"], "dingtalk": ["### 三"]}
    assert "简报" in fake.titles


async def test_more_than_twenty_a_minute_are_never_even_tried(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    await put(db, *to("省局群", *map(str, range(45))))
    for _ in range(3):
        await until_idle(worker)
        clock.passes(seconds=70)
    assert fake.codes == [0] * 45
    assert fake.arrived["wecom"] == [str(n) for n in range(45)]


async def test_a_group_reads_plain_words_as_they_are(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    words = "转人工\n[点我](http://x/) **急**"
    await put(
        db, *to("市局群", words, markdown=False, title=""), *to("省局群", words, markdown=False)
    )
    await until_idle(worker)
    shown = "［点我］(http://x/) ＊＊急＊＊"
    assert fake.arrived["dingtalk"] == [f"转人工\n\n{shown}"]
    assert fake.arrived["wecom"] == [f"转人工\n{shown}"]
    assert "知行" in fake.titles


async def test_a_robot_that_is_gone_is_a_dead_letter_and_one_that_may_come_is_waited_for(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    fake.specials.append(errcode(93000))
    await put(db, *to("省局群", "1"), *to("新的群", "2"))
    await until_idle(worker)
    gone, unknown = await stored(db)
    assert (gone.state, unknown.state) == ("dead", "waiting")
    assert "93000" in (gone.error or "")
    clock.passes(minutes=10)
    await until_idle(worker)
    assert (await stored(db))[1].attempts == 2


async def test_what_is_too_long_never_leaves(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    await put(db, *to("省局群", "知" * 1366))
    await until_idle(worker)
    assert fake.requests == 0
    assert [m.state for m in await stored(db)] == ["dead"]
