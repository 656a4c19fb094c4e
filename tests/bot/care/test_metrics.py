"""What the assistant tells of itself to those who run it, and to nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import cast

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.care.counts import Counts
from bot.care.loops import Loops
from bot.care.routes import Care
from bot.care.state import Looking
from bot.current import Current
from bot.delivery.outcome import Refused, Sent
from bot.platforms.tokens import Fetched, NoToken, Token
from knowledge.snapshot import KnowledgeBase
from storage import outbox, revisions
from storage.connection import AsyncConnection
from storage.database import Database
from storage.health import Queue, queues
from storage.outbox import OutboxRow
from storage.revisions import RevisionRow
from storage.schema import outbox as table
from tests.bot.care.conftest import MOBILE, WHO, House
from tests.storage.rows import NOW


async def test_messages_are_counted_by_channel_and_kind_with_their_time(house: House) -> None:
    assert await house.says("万里行联系谁") == 200
    assert await house.says("还有呢") == 200
    metrics = await house.metrics()
    assert metrics["zhixing_messages_total", "wecom", "answer"] == 2
    assert metrics["zhixing_answer_seconds_count", "wecom"] == 2
    assert 0 < metrics["zhixing_answer_seconds_sum", "wecom"] < 60


async def test_nobody_and_nothing_that_was_said_is_in_them(house: House) -> None:
    await house.says(f"我的手机是{MOBILE}")
    await house.client.get(f"/{WHO}?name={WHO}")
    told = await (await house.client.get("/metrics")).text()
    assert not [word for word in (MOBILE, WHO, "手机") if word in told]


async def test_refused_callbacks_are_counted_and_unknown_paths_are_one(house: House) -> None:
    for path in ("/wecom", "/wecom?msg_signature=x", "/nowhere", "/elsewhere"):
        await house.client.get(path)
    metrics = await house.metrics()
    assert metrics["zhixing_requests_total", "/wecom", "403"] == 2
    assert metrics["zhixing_requests_total", "other", "404"] == 2


async def test_what_is_served_and_what_runs_is_told(house: House) -> None:
    metrics = await house.metrics()
    assert metrics["zhixing_database_up",] == 1
    assert metrics["zhixing_tasks",] >= 4
    assert metrics["zhixing_knowledge_notices",] >= 5
    assert metrics["zhixing_knowledge_revision",] == metrics["zhixing_knowledge_newest",] == 0
    for loop in ("outbox", "pushes", "purge", "revisions"):
        assert metrics["zhixing_loop_alive", loop] == 1
    for what in ("waiting", "struggling", "dead", "overdue_seconds"):
        assert metrics[f"zhixing_outbox_{what}", "robot"] == 0


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
async def test_what_came_through_a_proxy_sees_no_metrics(house: House, header: str) -> None:
    answered = await house.client.get("/metrics", headers={header: "127.0.0.1"})
    assert answered.status == 404
    assert b"zhixing_" not in await answered.read()


def looking(db: Database, loops: Loops, channels: Sequence[str] = ()) -> Looking:
    kb = cast(KnowledgeBase, type("Kb", (), {"notices": ["one"], "version": "1"})())
    return Looking(db, Current(kb, 3), lambda: NOW, loops, channels)


def care(db: Database, *allow: str) -> Care:
    look = looking(db, Loops())
    return Care(
        db, Current(cast(KnowledgeBase, None)), look, Counts(), list(map(ip_network, allow))
    )


async def seen_from(address: str, care: Care) -> bool:
    transport = type("Wire", (), {"get_extra_info": lambda *_: (address, 1)})()
    request = make_mocked_request("GET", "/metrics", transport=transport)
    try:
        await care.metrics(request)
    except web.HTTPNotFound:
        return False
    return True


async def test_metrics_are_for_this_machine_and_the_networks_in_the_settings(db: Database) -> None:
    nobody, office = care(db), care(db, "10.8.0.0/16", "2001:db8::/32")
    for near in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert await seen_from(near, nobody)
    for far in ("10.8.3.1", "::ffff:10.8.3.1", "2001:db8::7", "203.0.113.9", "::ffff:203.0.113.9"):
        assert not await seen_from(far, nobody)
    for inside in ("10.8.3.1", "::ffff:10.8.3.1", "2001:db8::7"):
        assert await seen_from(inside, office)
    assert not await seen_from("10.9.0.1", office)


async def test_the_outbox_is_told_by_channel(db: Database) -> None:
    hour = timedelta(hours=1)
    dues = {"wecom": [NOW - hour, NOW - 2 * hour, NOW + hour], "robot": [NOW + hour]}
    rows = [
        OutboxRow(f"{channel}:{due}", f"{channel}:a", {}, due, channel)
        for channel, all_of_it in dues.items()
        for due in all_of_it
    ]
    async with db.transaction() as conn:
        await outbox.add(conn, rows)
        given_up = table.update().where(table.c.due == NOW - 2 * hour)
        await conn.execute(given_up.values(state="dead", error="errcode 1"))
        late = table.update().where(table.c.due == NOW - hour)
        await conn.execute(late.values(attempts=7))
        found = await queues(conn, ["wecom", "robot", "kf"], NOW)
    assert found == {
        "wecom": Queue(waiting=2, struggling=1, overdue=hour, dead=1),
        "robot": Queue(waiting=1),
        "kf": Queue(),
    }


async def test_a_revision_that_could_not_be_served_is_to_be_seen(db: Database) -> None:
    async with db.transaction() as conn:
        await revisions.add(conn, RevisionRow(4, NOW, "改期"), {})
    state = await looking(db, Loops()).look()
    assert (state.revision, state.newest) == (3, 4)


async def test_a_platform_that_gives_no_token_is_counted(house: House) -> None:
    async def none(_dead: str) -> Fetched:
        raise NoToken("errcode 40001")

    before = (await house.metrics()).get(("zhixing_token_troubles_total", "kf"), 0)
    with pytest.raises(NoToken):
        await Token("kf", none, lambda: datetime.now(UTC)).current()
    assert (await house.metrics())["zhixing_token_troubles_total", "kf"] == before + 1


async def test_sends_are_counted_by_what_became_of_them() -> None:
    counts = Counts()
    for outcome in (Sent(), Sent(), Refused("errcode 1")):
        counts.sent("wecom", outcome)
    value = counts.registry.get_sample_value
    assert value("zhixing_sends_total", {"channel": "wecom", "outcome": "sent"}) == 2
    assert value("zhixing_sends_total", {"channel": "wecom", "outcome": "refused"}) == 1


async def test_it_is_ready_and_says_so_through_a_proxy_too(house: House) -> None:
    answered = await house.client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert (answered.status, await answered.json()) == (200, {"status": "ready"})


async def test_it_is_not_ready_while_a_loop_that_it_needs_has_ended(db: Database) -> None:
    end, tasks = asyncio.Event(), []

    async def running(_app: web.Application) -> AsyncIterator[None]:
        tasks.append(asyncio.create_task(end.wait()))
        yield

    loops, app = Loops(), web.Application()
    async with asynccontextmanager(loops.watched("outbox", running))(app):
        assert (await looking(db, loops).look()).lacks == []
        end.set()
        await asyncio.wait(tasks)
        assert (await looking(db, loops).look()).lacks == ["loop outbox"]


class Away(Database):
    """Cannot be reached."""

    def __init__(self, db: Database) -> None:
        super().__init__(db._engine)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        raise ConnectionRefusedError
        yield

    transaction = snapshot


async def test_without_its_database_it_is_neither_ready_nor_healthy_but_tells_metrics(
    db: Database,
) -> None:
    away = Away(db)
    assert (await looking(away, Loops()).look()).lacks == ["database"]
    request = make_mocked_request("GET", "/")
    ready, health = await care(away).ready(request), await care(away).health(request)
    assert (ready.status, health.status) == (503, 503)
    transport = type("Wire", (), {"get_extra_info": lambda *_: ("127.0.0.1", 1)})()
    told = await care(away).metrics(make_mocked_request("GET", "/metrics", transport=transport))
    assert b"zhixing_database_up 0.0" in cast(bytes, told.body)
