"""Several workers on one address: whatever becomes of one of them, nobody notices."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.schema import inbox
from tests.acceptance.server import running_server
from tests.acceptance.talkers import (
    PEOPLE,
    asked_without_end,
    is_alive,
    parent_of,
    until,
    workers,
)
from tests.acceptance.test_wecom_end_to_end import PLATFORM, SETTINGS

WORKERS = 2
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@on_postgresql
async def test_a_worker_dies_and_all_are_replaced_while_people_ask(
    tmp_path: Path, database_url: str
) -> None:
    # Who asks without end asks more often than people may.
    env = {**SETTINGS, "ZHIXING_DATABASE": database_url, "ZHIXING_LIMITS__MESSAGES": "0"}
    async with running_server(tmp_path, env, "--workers", str(WORKERS)) as url:
        supervisor = parent_of(workers(tmp_path)[0])
        async with asked_without_end(PLATFORM, url) as talkers:
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
