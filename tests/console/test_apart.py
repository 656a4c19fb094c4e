"""Reports are found out in a process of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.console.drafts.apart import BrokenOff, found_out
from bot.console.drafts.report import Check, Report, as_json
from bot.console.drafts.shared import report_of
from bot.console.process import process
from bot.revisions.served import Revision
from bot.settings import Settings
from storage import reports
from storage.database import Database
from tests.acceptance.talkers import is_alive, parent_of, until
from tests.knowledge.small import FILE, NOTICE

SLEEPS = "tests.console.sleeping_child"
DIES = f"""
import asyncio, os
from bot.console.process import process
async def main():
    async with process("{SLEEPS}") as child:
        print(child.pid, flush=True)
        await child.stdout.readline()
        os.kill(os.getpid(), 9)
asyncio.run(main())
"""


def order(text: str) -> Check:
    return Check(Settings(), {FILE: text}, Revision(0, {}), datetime.now(UTC))


def environment_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


def children() -> list[int]:
    """Of this process, such as find reports out."""
    found = []
    for folder in Path("/proc").glob("[1-9]*"):
        with suppress(OSError):
            is_mine = parent_of(int(folder.name)) == os.getpid()
            if is_mine and b"drafts.child" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


async def test_what_is_wrong_with_a_draft_is_told_by_another_process() -> None:
    told = [one async for one in found_out(order(NOTICE.replace("2030-05-20", "2030-13-01")))]
    [problem] = told[-1].problems
    assert (problem.file, problem.line, problem.what[:12]) == (FILE, 17, "“2030-13-01”")


async def test_a_process_that_was_killed_is_told_as_a_report_that_broke_off() -> None:
    reports = found_out(order(NOTICE))
    await anext(reports)
    [child] = children()
    os.kill(child, signal.SIGKILL)
    with pytest.raises(BrokenOff):
        [_ async for _ in reports]


async def test_it_holds_none_of_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIXING_DATA_KEY", "secret")
    async with process(SLEEPS) as child:
        assert child.stdout is not None
        await child.stdout.readline()
        environment = environment_of(child.pid)
    assert b"ZHIXING" not in environment
    assert child.returncode is not None


async def test_who_waits_no_more_leaves_no_process_behind() -> None:
    async with aclosing(found_out(order(NOTICE))) as reports:
        asking = asyncio.ensure_future(anext(reports))
        await until(lambda: bool(children()))
        asking.cancel()
        await asyncio.wait([asking])
    assert children() == []


async def test_no_process_outlives_a_server_that_was_killed() -> None:
    server = await asyncio.create_subprocess_exec(sys.executable, "-c", DIES, stdout=PIPE)
    told, _ = await server.communicate()
    assert server.returncode == -signal.SIGKILL
    await until(lambda: not is_alive(int(told)))


async def test_a_report_is_over_as_soon_as_all_of_it_is_told(db: Database) -> None:
    """The process that tells it may take a while to end."""
    told = as_json(Report("over", notices=5))
    async with db.transaction() as conn:
        now = datetime.now(UTC)
        await reports.claim(conn, "key", now, timedelta(minutes=1))
        await reports.keep(conn, "key", "running", told, now + timedelta(minutes=1))
        known = await report_of(conn, "key")
    assert known is not None
    assert not known.running
    assert known.report == Report("over", notices=5)
