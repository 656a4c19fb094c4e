"""Several workers on one address: whatever becomes of one of them, nobody notices."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy import func, select

from storage.database import Database
from storage.schema import inbox
from tests.acceptance.server import SECONDS, log_of, running_server
from tests.acceptance.test_wecom_end_to_end import PLATFORM, SETTINGS
from tests.platform.wecom import right_now

PEOPLE = 4
WORKERS = 2
QUESTION, ANSWER = "2021年万里行的需求清单什么时候报送？", "5月25日"
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


class Talkers:
    """People who ask without end; WeCom sends a message again that was not answered."""

    def __init__(self, url: str) -> None:
        self.url, self.asked, self.stop = url, 0, asyncio.Event()

    async def talk(self, user: str) -> None:
        async with ClientSession(timeout=ClientTimeout(total=5)) as http:
            while not self.stop.is_set():
                self.asked += 1
                xml = PLATFORM.text_xml(QUESTION, FromUserName=user, MsgId=str(self.asked))
                answer = await self.answered(http, xml)
                assert ANSWER in answer, answer
                await asyncio.sleep(0.2)

    async def answered(self, http: ClientSession, xml: str) -> str:
        """At most thrice, as WeCom does."""
        for left in (2, 1, 0):
            callback = PLATFORM.sealed(xml, right_now())
            try:
                async with http.post(callback.at(f"{self.url}/wecom"), data=callback.body) as got:
                    assert got.status == 200
                    return PLATFORM.read(await got.read())["Content"]
            except (ClientError, TimeoutError):
                if not left:
                    raise
        raise AssertionError


@asynccontextmanager
async def asked_without_end(url: str) -> AsyncIterator[Talkers]:
    talkers = Talkers(url)
    async with asyncio.TaskGroup() as group:
        for n in range(PEOPLE):
            group.create_task(talkers.talk(f"user{n}"))
        yield talkers
        talkers.stop.set()


def workers(tmp_path: Path) -> list[int]:
    """Of all that were ever ready, in their order."""
    return [int(pid) for pid in re.findall(r"worker (\d+) is ready", log_of(tmp_path))]


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not so():  # noqa: ASYNC110  other processes set no event
            await asyncio.sleep(0.05)


@on_postgresql
async def test_a_worker_dies_and_all_are_replaced_while_people_ask(
    tmp_path: Path, database_url: str
) -> None:
    env = {**SETTINGS, "ZHIXING_DATABASE": database_url}
    async with running_server(tmp_path, env, "--workers", str(WORKERS)) as url:
        supervisor = parent_of(workers(tmp_path)[0])
        async with asked_without_end(url) as talkers:
            os.kill(workers(tmp_path)[0], signal.SIGKILL)
            await until(lambda: len(workers(tmp_path)) > WORKERS)
            os.kill(supervisor, signal.SIGHUP)
            for replaced in range(1, WORKERS + 1):
                await until(lambda: len(workers(tmp_path)) > WORKERS + replaced)  # noqa: B023
        await until(lambda: sum(map(is_alive, workers(tmp_path))) == WORKERS)
        assert [pid for pid in workers(tmp_path) if is_alive(pid)] == workers(tmp_path)[-WORKERS:]
    assert talkers.asked > PEOPLE
    db = await Database.open(database_url)
    async with db.transaction() as conn:
        taken = (await conn.execute(select(func.count()).select_from(inbox))).scalar_one()
    await db.close()
    assert taken == talkers.asked


@on_postgresql
async def test_no_worker_outlives_the_one_that_looks_after_them(
    tmp_path: Path, database_url: str
) -> None:
    env = {**SETTINGS, "ZHIXING_DATABASE": database_url}
    async with running_server(tmp_path, env, "--workers", str(WORKERS)):
        started = workers(tmp_path)
        os.kill(parent_of(started[0]), signal.SIGKILL)
        await until(lambda: not any(map(is_alive, started)))


async def test_several_workers_on_one_file_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="several workers need PostgreSQL"):
        async with running_server(tmp_path, SETTINGS, "--workers", "2"):
            pass
