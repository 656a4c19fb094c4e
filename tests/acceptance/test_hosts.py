"""Two hosts on one PostgreSQL are one assistant, also while both are restarted."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession
from sqlalchemy import func, select

from storage.database import Database
from storage.schema import inbox
from tests.acceptance.corporation import asks, connected, says
from tests.acceptance.hosts import Host, forwarded, hosts
from tests.acceptance.server import log_of, running_server
from tests.acceptance.talkers import asked_without_end, parent_of, until, workers
from tests.acceptance.test_publish import QUESTION, zhixing
from tests.data_key import KEY
from tests.knowledge.small import ask_few, lay
from tests.platform.kf_customers import CUSTOMER
from tests.platform.posting import post
from tests.platform.qyapi import QyApi
from tests.platform.wecom import right_now

WORKERS = 2
APPLICATIONS = 2
"""The app and 微信客服: each has a token, which all workers of both hosts share."""

FANG = "wangwu"
STAFF = {"sender": f"wecom:{FANG}", "name": "王芳", "role": "head", "regions": ["全国"]}
DIGEST = {"to": f"wecom:{FANG}", "kinds": ["daily"], "at": "00:00", "empty": True}


@dataclass(frozen=True, slots=True)
class Serving:
    """One host at work; its log is in `directory`."""

    url: str
    directory: Path


def settings(wecom: QyApi, database_url: str) -> Mapping[str, str]:
    """A digest is due today, whatever day that is."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    return {
        **connected(wecom),
        "ZHIXING_DATABASE": database_url,
        "ZHIXING_DATA_KEY": b64encode(KEY).decode(),
        "ZHIXING_HOST": "0.0.0.0",
        "ZHIXING_STAFF": json.dumps([STAFF]),
        "ZHIXING_SUBSCRIPTIONS": json.dumps([DIGEST]),
        "ZHIXING_CALENDAR__WORKDAYS": json.dumps([today]),
    }


@asynccontextmanager
async def serving(
    host: Host, directory: Path, env: Mapping[str, str], wecom: QyApi
) -> AsyncIterator[Serving]:
    """There: `serve`, a way to WeCom on its loopback, and one to the database over its link."""
    platform, database = urlsplit(wecom.base), urlsplit(env["ZHIXING_DATABASE"])
    assert platform.port
    assert database.hostname
    near = host.listening("127.0.0.1", platform.port)
    far = socket.create_server((host.gateway, 0))
    at = f"{database.username}@{host.gateway}:{far.getsockname()[1]}"
    env = {**env, "ZHIXING_DATABASE": database._replace(netloc=at).geturl()}
    directory.mkdir()  # noqa: ASYNC240  one directory, in a test
    async with (
        forwarded(near, "127.0.0.1", platform.port),
        forwarded(far, database.hostname, database.port or 5432),
        running_server(directory, env, "--workers", str(WORKERS), under=host.under) as url,
    ):
        yield Serving(url.replace("127.0.0.1", host.address), directory)


@asynccontextmanager
async def two_hosts(
    tmp_path: Path, env: Mapping[str, str], wecom: QyApi
) -> AsyncIterator[tuple[Serving, Serving]]:
    async with AsyncExitStack() as opened:
        there = opened.enter_context(hosts(2))
        begun = [serving(host, tmp_path / host.name, env, wecom) for host in there]
        first, second = await asyncio.gather(*map(opened.enter_async_context, begun))
        yield first, second


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_hosts_are_one_assistant(
    tmp_path: Path, database_url: str, wecom: QyApi, http: ClientSession
) -> None:
    async with two_hosts(tmp_path, settings(wecom, database_url), wecom) as both:
        await _a_talk_goes_on_where_the_other_host_left_it(both, wecom, http)
        await _a_message_that_both_hosts_get_is_answered_once(both, wecom, http)
        await _both_hosts_call_the_platform(both, wecom, http)
        await _what_is_published_reaches_every_worker(both, tmp_path, database_url)
        await _both_are_restarted_while_people_ask(both, wecom, database_url)
        digests = await wecom.arrived.until(1, FANG)
    assert len(digests) == 1, "a digest is made once"
    assert len([one for one in wecom.seen if one.path == "/cgi-bin/gettoken"]) == APPLICATIONS


async def _a_talk_goes_on_where_the_other_host_left_it(
    both: tuple[Serving, Serving], wecom: QyApi, http: ClientSession
) -> None:
    first, second = both
    await says(http, first.url, wecom, "登记需求")
    given = "单位名称：福州试验有限公司\n联系人：张三\n联系电话：0591-87654321"
    await says(http, second.url, wecom, given)
    asked = await says(http, first.url, wecom, "服务需求事项：专利质押融资\n需国家局协调：否")
    assert "福州试验有限公司" in asked
    assert "编号是需求1" in await says(http, second.url, wecom, "提交")


async def _a_message_that_both_hosts_get_is_answered_once(
    both: tuple[Serving, Serving], wecom: QyApi, http: ClientSession
) -> None:
    sent = wecom.callbacks.text(QUESTION, right_now(), "lisi")
    got = [post(http, f"{host.url}/wecom", sent, patience=30) for host in both]
    first, second = await asyncio.gather(*got)
    assert wecom.callbacks.read(first.body)["Content"]
    shown = [wecom.callbacks.read(one.body)["Content"] for one in (first, second)]
    assert shown[0] == shown[1]


async def _both_hosts_call_the_platform(
    both: tuple[Serving, Serving], wecom: QyApi, http: ClientSession
) -> None:
    for number, host in enumerate((*both, *both), 1):
        await asks(http, host.url, wecom, "万里行联系谁")
        await wecom.arrived.until(number, CUSTOMER)
    assert len(wecom.arrived.texts(CUSTOMER)) == 4


async def _what_is_published_reaches_every_worker(
    both: tuple[Serving, Serving], tmp_path: Path, database_url: str
) -> None:
    files = lay(tmp_path / "own")
    ask_few(files)
    args = ("kb", "publish", str(files), "--database", database_url)
    status, told = await zhixing(tmp_path, *args)
    assert status == 0, told
    for host in both:
        await until(lambda: log_of(host.directory).count("revision 1 is served") == WORKERS)  # noqa: B023


async def _both_are_restarted_while_people_ask(
    both: tuple[Serving, Serving], wecom: QyApi, database_url: str
) -> None:
    before = await _taken(database_url)
    async with asked_without_end(wecom.callbacks, *(host.url for host in both)) as talkers:
        for host in both:
            os.kill(parent_of(workers(host.directory)[0]), signal.SIGHUP)
            await until(lambda: len(workers(host.directory)) == 2 * WORKERS)  # noqa: B023
    assert await _taken(database_url) - before == talkers.asked


async def _taken(database_url: str) -> int:
    db = await Database.open(database_url)
    async with db.transaction() as conn:
        taken: int = (await conn.execute(select(func.count()).select_from(inbox))).scalar_one()
    await db.close()
    return taken
