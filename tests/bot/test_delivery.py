"""A digest reaches its groups: once a period, in spite of errors, kills, limits and restarts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, web

from bot.delivery.plan import Plan, plan_of
from bot.delivery.robots import Note, Outcome, Robot, Robots
from bot.delivery.scheduler import Scheduler
from bot.delivery.worker import GIVE_UP, LEASE, Worker, delivering, delivery_ctx
from bot.settings import DigestSettings, RobotTarget, Settings
from bot.staff.digest_job import queue_extra, queue_period
from bot.staff.schedule import Timetable
from knowledge.model import Notice
from storage import demands, outbox
from storage.database import Database
from storage.demands import DemandRow
from storage.outbox import OutboxRow, StoredMessage
from tests.data_key import KEYS
from tests.platform.robots import (
    DING_SECRET,
    DING_TOKEN,
    WECOM_KEY,
    FakeRobots,
    answering,
    errcode,
    serving,
)

BEIJING = ZoneInfo("Asia/Shanghai")
MORNINGS = Timetable(time(9, 0), frozenset({1, 2, 3, 4, 5}), BEIJING)
TUESDAY = datetime(2025, 11, 18, 9, 0, tzinfo=BEIJING)
WECOM = Robot("省局群", "wecom", WECOM_KEY)
DING = Robot("市局群", "dingtalk", DING_TOKEN, DING_SECRET)
BOTH = Plan(MORNINGS, (WECOM, DING))


@dataclass
class Clock:
    """Time that only moves when it is told to, or when somebody sleeps by it."""

    now: datetime = TUESDAY
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.forward(timedelta(seconds=seconds))


@dataclass(frozen=True)
class Knowledge:
    notices: tuple[Notice, ...] = ()


@dataclass
class Current:
    kb: Knowledge = Knowledge()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeRobots]:
    async with serving(FakeRobots(clock)) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened


@pytest.fixture
def worker(db: Database, fake: FakeRobots, session: ClientSession, clock: Clock) -> Worker:
    return worker_on(db, fake, session, clock)


def worker_on(
    db: Database,
    fake: FakeRobots,
    session: ClientSession,
    clock: Clock,
    client: type[Robots] = Robots,
) -> Worker:
    sender = client(session, clock=clock, jitter=lambda: 0.0, wecom=fake.base, dingtalk=fake.base)
    return Worker(db, {r.name: r for r in BOTH.robots}, sender, clock, clock.sleep)


async def put(db: Database, count: int = 1, robot: Robot = WECOM, text: str = "### 简报") -> None:
    rows = [
        OutboxRow(f"{robot.name}:{n}", robot.name, {"title": "简报", "text": f"{text}{n}"}, TUESDAY)
        for n in range(count)
    ]
    async with db.transaction() as conn:
        await outbox.add(conn, rows)


async def stored(db: Database) -> list[StoredMessage]:
    async with db.transaction() as conn:
        return await outbox.listing(conn)


async def submit(db: Database, at: datetime, number: int = 1) -> None:
    row = DemandRow(
        sender="wecom:chenyi",
        number=number,
        notice="cnipa-2021-51",
        campaign=None,
        region="福建省三明市",
        channel="wecom",
        status="submitted",
        fields={"单位名称": f"三明示例{number}有限公司", "联系人": "陈一", "需国家局协调": True},
        at=at,
        personal=("联系人",),
    )
    async with db.transaction() as conn:
        await demands.save(conn, [row])


async def until_idle(worker: Worker) -> None:
    while await worker.round():
        pass


# The outbox and the robots


async def test_a_message_is_sent_once_and_stays_sent(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    await put(db)
    await until_idle(worker)
    clock.forward(timedelta(days=1))
    await until_idle(worker)
    assert fake.arrived["wecom"] == ["### 简报0"]
    assert [(m.state, m.sent) for m in await stored(db)] == [("sent", TUESDAY.astimezone(UTC))]


async def test_after_an_error_of_the_platform_it_arrives_once(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    await put(db)
    fake.specials.append(answering(500))
    await until_idle(worker)
    assert fake.arrived["wecom"] == []
    assert [(m.state, m.error) for m in await stored(db)] == [("waiting", "HTTP 500")]
    clock.forward(timedelta(seconds=5))
    await until_idle(worker)
    assert fake.arrived["wecom"] == ["### 简报0"]
    assert [(m.state, m.attempts) for m in await stored(db)] == [("sent", 2)]


class KilledAfterSending(Robots):
    """The platform has the message, but the worker does not live to store that."""

    async def send(self, robot: Robot, note: Note, attempts: int = 1) -> Outcome:
        await super().send(robot, note, attempts)
        raise asyncio.CancelledError


async def test_a_worker_killed_between_sending_and_storing_makes_it_arrive_twice_not_never(
    db: Database, worker: Worker, fake: FakeRobots, session: ClientSession, clock: Clock
) -> None:
    await put(db)
    with pytest.raises(asyncio.CancelledError):
        await worker_on(db, fake, session, clock, KilledAfterSending).round()
    clock.forward(LEASE - timedelta(seconds=1))
    assert await worker.round() == 0
    clock.forward(timedelta(seconds=1))
    assert await worker.round() == 1
    assert fake.arrived["wecom"] == ["### 简报0"] * 2
    assert [m.state for m in await stored(db)] == ["sent"]


async def test_two_workers_share_the_work_without_sending_anything_twice(
    database_url: str, fake: FakeRobots, session: ClientSession, clock: Clock
) -> None:
    first, second = [await Database.open(database_url, keys=KEYS) for _ in range(2)]
    try:
        await put(first, 15)
        await put(first, 15, DING)
        workers = [worker_on(each, fake, session, clock) for each in (first, second)]
        claimed = await asyncio.gather(*[worker.round() for worker in workers])
        assert sum(claimed) == 30
        assert sorted(fake.arrived["wecom"]) == sorted(f"### 简报{n}" for n in range(15))
        assert sorted(fake.arrived["dingtalk"]) == sorted(f"### 简报{n}" for n in range(15))
        assert {m.state for m in await stored(first)} == {"sent"}
    finally:
        await first.close()
        await second.close()


async def test_no_robot_gets_more_than_twenty_a_minute(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    await put(db, 45)
    await until_idle(worker)
    assert fake.codes == [0] * 45
    assert fake.arrived["wecom"] == [f"### 简报{n}" for n in range(45)]
    assert clock.slept == [60.0, 60.0]
    assert {m.attempts for m in await stored(db)} == {1}


async def test_a_robot_that_is_told_to_slow_down_rests_with_all_its_messages(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    await put(db, 3, DING)
    fake.specials.append(errcode(130101))
    await until_idle(worker)
    assert fake.requests == 1
    clock.forward(timedelta(minutes=9, seconds=59))
    await until_idle(worker)
    assert fake.requests == 1
    clock.forward(timedelta(seconds=1))
    await until_idle(worker)
    assert len(fake.arrived["dingtalk"]) == 3


async def test_one_robots_trouble_does_not_hold_up_the_other(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    gone = OutboxRow("x", "没有的群", {"title": "简报", "text": "x"}, TUESDAY)
    broken = OutboxRow("y", WECOM.name, {"text": 5}, TUESDAY)
    async with db.transaction() as conn:
        await outbox.add(conn, [gone, broken])
    await put(db, 1, DING)
    await until_idle(worker)
    assert [(m.target, m.state, m.error) for m in await stored(db)] == [
        ("没有的群", "waiting", "no such robot in the settings"),
        ("省局群", "dead", "no title or text in the payload"),
        ("市局群", "sent", None),
    ]


async def test_a_removed_robot_is_a_dead_letter(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    await put(db)
    fake.specials.append(errcode(93000))
    await until_idle(worker)
    assert [(m.state, m.error) for m in await stored(db)] == [("dead", "errcode 93000")]


async def test_what_is_too_long_never_leaves(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    await put(db, text="知" * 1366)
    await until_idle(worker)
    assert fake.requests == 0
    assert [m.state for m in await stored(db)] == ["dead"]


async def test_after_half_a_day_of_failures_it_is_given_up(
    db: Database, worker: Worker, fake: FakeRobots, clock: Clock
) -> None:
    await put(db)
    fake.specials.extend([errcode(-1)] * GIVE_UP)
    for _ in range(GIVE_UP):
        assert await worker.round() == 1
        clock.forward(timedelta(hours=1))
    assert await worker.round() == 0
    assert [(m.state, m.attempts) for m in await stored(db)] == [("dead", GIVE_UP)]


# A period's digest


async def test_a_period_gives_each_group_one_digest_however_often_it_is_made(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    await submit(db, TUESDAY - timedelta(hours=3))
    for _ in range(3):
        assert await queue_period(db, Knowledge(), BOTH, TUESDAY)
        await until_idle(worker)
    assert [m.key for m in await stored(db)] == [
        "digest:2025-11-18:省局群",
        "digest:2025-11-18:市局群",
    ]
    assert len(fake.arrived["wecom"]) == len(fake.arrived["dingtalk"]) == 1
    assert "三明示例1有限公司" in fake.arrived["wecom"][0]
    assert "陈一" not in str(fake.arrived)


async def test_an_empty_period_is_passed_over_in_silence_unless_wanted(db: Database) -> None:
    assert not await queue_period(db, Knowledge(), BOTH, TUESDAY)
    assert await stored(db) == []
    wanted = Plan(MORNINGS, (WECOM,), empty=True)
    assert await queue_period(db, Knowledge(), wanted, TUESDAY)
    assert [m.key for m in await stored(db)] == ["digest:2025-11-18:省局群"]


async def test_a_demand_is_told_as_new_even_if_days_of_digests_were_missed(db: Database) -> None:
    await submit(db, TUESDAY - timedelta(hours=3), number=1)
    await queue_period(db, Knowledge(), BOTH, TUESDAY)
    await submit(db, TUESDAY + timedelta(hours=1), number=2)
    thursday_missed = TUESDAY + timedelta(days=3)
    await queue_period(db, Knowledge(), BOTH, thursday_missed)
    text = (await stored(db))[-2].payload["text"]
    assert "统计时段：11月18日 09:00 至 11月21日 09:00" in text
    assert "新增需求 **1** 项" in text


async def test_what_is_pushed_by_hand_comes_beside_the_scheduled_digest(
    db: Database, worker: Worker, fake: FakeRobots
) -> None:
    await submit(db, TUESDAY - timedelta(hours=3))
    for _ in range(2):
        by_hand = await queue_extra(db, Knowledge(), BOTH, TUESDAY - timedelta(hours=1))
        assert by_hand == ["省局群", "市局群"]
    await queue_period(db, Knowledge(), BOTH, TUESDAY)
    await until_idle(worker)
    assert len(fake.arrived["wecom"]) == 2
    assert all("新增需求 **1** 项" in text for text in fake.arrived["wecom"])


# The schedule


class Enough(Exception):
    pass


async def runs_of(clock: Clock, until: datetime, failures: int = 0) -> list[datetime]:
    """The runs that a scheduler asks for from the clock's now until `until`."""
    asked: list[datetime] = []

    async def job(run: datetime) -> None:
        asked.append(run)
        if len(asked) <= failures:
            raise OSError("database is away")

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        if clock.now > until:
            raise Enough

    with pytest.raises(Enough):
        await Scheduler(MORNINGS, job, clock, sleep).run()
    return asked


async def test_every_working_morning_one_digest_is_asked_for() -> None:
    clock = Clock(TUESDAY - timedelta(hours=2))
    asked = await runs_of(clock, TUESDAY + timedelta(days=7))
    days = [0, 1, 2, 3, 6, 7]
    assert asked == [TUESDAY + timedelta(days=n) for n in days]


async def test_a_server_that_comes_back_in_the_afternoon_makes_up_for_the_morning() -> None:
    clock = Clock(TUESDAY + timedelta(hours=6))
    assert await runs_of(clock, TUESDAY + timedelta(hours=8)) == [TUESDAY]


async def test_a_digest_that_failed_is_asked_for_again_within_a_minute() -> None:
    clock = Clock(TUESDAY)
    asked = await runs_of(clock, TUESDAY + timedelta(minutes=10), failures=2)
    assert asked == [TUESDAY] * 3
    assert max(clock.slept) <= 60


# In the running server


def settings_with(
    url: str, *robots: Robot, weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
) -> Settings:
    targets = tuple(
        RobotTarget.model_validate(
            {
                "name": robot.name,
                "kind": robot.kind,
                "key" if robot.kind == "wecom" else "access_token": robot.key,
                "secret": robot.secret,
            }
        )
        for robot in robots
    )
    return Settings(database=url, digest=DigestSettings(targets=targets, weekdays=weekdays))


def test_the_settings_name_the_robots_and_the_hour() -> None:
    plan = plan_of(settings_with("sqlite://", WECOM, DING))
    assert plan == Plan(MORNINGS, [WECOM, DING])
    assert WECOM_KEY not in repr(plan)


@asynccontextmanager
async def leaving_no_task() -> AsyncIterator[set[asyncio.Task[object]]]:
    before = asyncio.all_tasks()
    yield before
    assert asyncio.all_tasks() <= before


async def test_the_running_server_makes_and_sends_todays_digest_and_stops_cleanly(
    db: Database, database_url: str, fake: FakeRobots, clock: Clock
) -> None:
    await submit(db, TUESDAY - timedelta(hours=3))
    clock.forward(timedelta(minutes=20))
    async with (
        leaving_no_task(),
        delivering(settings_with(database_url, WECOM), db, Current(), clock, wecom=fake.base),
        asyncio.timeout(30),
    ):
        await fake.news.wait()
    assert len(fake.arrived["wecom"]) == 1


async def test_the_application_starts_and_stops_delivery(db: Database, database_url: str) -> None:
    app = web.Application()
    saturday = Clock(TUESDAY - timedelta(days=3))
    app.cleanup_ctx.append(
        delivery_ctx(settings_with(database_url, WECOM), db, Current(), saturday)
    )
    runner = web.AppRunner(app)
    async with leaving_no_task() as before:
        await runner.setup()
        assert len(asyncio.all_tasks() - before) == 2
        await runner.cleanup()


@pytest.mark.parametrize(
    ("robots", "weekdays", "tasks"),
    [((), (1,), 0), ((WECOM,), (), 1), ((WECOM,), (1,), 2)],
    ids=["nobody to send to", "only what is pushed by hand", "on schedule"],
)
async def test_only_the_loops_that_the_settings_need_are_running(
    tmp_path: Path, robots: Sequence[Robot], weekdays: tuple[int, ...], tasks: int
) -> None:
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    db = await Database.open(url, keys=KEYS)
    settings = settings_with(url, *robots, weekdays=weekdays)
    async with leaving_no_task() as before, delivering(settings, db, Current(), Clock()):
        assert len(asyncio.all_tasks() - before) == tasks
    await db.close()
