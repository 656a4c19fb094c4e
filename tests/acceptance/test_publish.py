"""An admin brings a notice live while the server runs: seen by users, checked, and reversible."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, STDOUT
from itertools import count
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from tests.acceptance.server import SECONDS, ZHIXING, environment, running_server
from tests.knowledge.small import NOTICE, ask_few, lay

PATIENCE = 180
"""Seconds for a command, on a loaded machine."""
QUESTION = "2030年惠企通知的实施计划几号报送"
LATER = NOTICE.replace("2030-05-20", "2030-05-25").replace("5月20日", "5月25日")
BROKEN = NOTICE.replace("2030-05-20", "2030-13-01")
_messages = count()


async def zhixing(tmp_path: Path, *args: str) -> tuple[int | None, str]:
    """The command's exit status, and all that it printed."""
    process = await asyncio.create_subprocess_exec(
        ZHIXING, *args, cwd=tmp_path, env=environment(tmp_path, {}), stdout=PIPE, stderr=STDOUT
    )
    told, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, told.decode()


async def reply(url: str) -> str:
    """What a user gets who asks now."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        message = {"id": f"message-{next(_messages):08d}", "text": QUESTION}
        async with session.post(f"{url}/chat", json=message, headers={"Origin": url}) as response:
            assert response.status == 200, await response.text()
            shown = await response.json()
            return "\n".join(block["text"] for block in shown["blocks"])


async def until(url: str, *, says: str) -> None:
    """Waits for the server to take up what was published."""
    for _ in range(SECONDS * 10):
        if says in await reply(url):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"never said: {says}")


async def test_a_published_notice_is_answered_from_and_a_bad_one_is_not(tmp_path: Path) -> None:
    async with running_server(tmp_path) as url:
        assert "5月20日" not in await reply(url)

        files = lay(tmp_path / "own")
        ask_few(files)
        status, told = await zhixing(tmp_path, "kb", "publish", str(files), "--by", "管理员")
        assert status == 0, told
        await until(url, says="5月20日")

        lay(tmp_path / "own", BROKEN)
        status, told = await zhixing(tmp_path, "kb", "publish", str(files))
        assert status == 2
        assert "demo-2030-1.yaml:" in told
        assert "2030-13-01" in told
        assert "5月20日" in await reply(url)

        lay(tmp_path / "own", LATER)
        status, told = await zhixing(tmp_path, "kb", "publish", str(files), "--note", "改期")
        assert status == 0, told
        await until(url, says="5月25日")

        status, told = await zhixing(tmp_path, "kb", "rollback")
        assert status == 0, told
        await until(url, says="5月20日")


@pytest.mark.parametrize("command", [("kb", "rollback", "7"), ("kb", "publish", "nowhere")])
async def test_what_cannot_be_published_or_undone_is_told_in_a_line(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    status, told = await zhixing(tmp_path, *command)
    assert status == 2
    assert len(told.strip().splitlines()) == 1
    assert "Traceback" not in told
