"""The real server as a process of its own, on a free port and a fresh database."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests import log_detector

ZHIXING = Path(sys.executable).parent / "zhixing"
SECONDS = 120
"""For a start or an end on a loaded machine; far more than either takes."""

_ADDRESS = re.compile(r"http://127\.0\.0\.1:[1-9][0-9]*")


def database_url(tmp_path: Path) -> str:
    """The database of the server that runs in `tmp_path`, unless `env` names another."""
    return f"sqlite+aiosqlite:///{tmp_path / 'zhixing.db'}"


def log_of(tmp_path: Path) -> str:
    """Everything that the server has printed so far."""
    return (tmp_path / "server.log").read_text(encoding="utf-8")


def environment(tmp_path: Path, env: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without the developer's own settings, and with the test's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ZHIXING_")}
    settings = {
        "ZHIXING_DATABASE": database_url(tmp_path),
        "ZHIXING_HOST": "127.0.0.1",
        "ZHIXING_PORT": "0",
    }
    return own | settings | dict(env) | {"PYTHONUNBUFFERED": "1"}


@asynccontextmanager
async def running_server(
    tmp_path: Path,
    env: Mapping[str, str] | None = None,
    *options: str,
    under: Sequence[str] = (),
) -> AsyncIterator[str]:
    """`async with running_server(tmp_path, {"ZHIXING_…": …}) as url:` ends with SIGTERM.
    `options` are those of `zhixing serve`; `under` is the command that runs it.

    Raises AssertionError, with what the server printed, where it does not start or not end.
    """
    process = await asyncio.create_subprocess_exec(
        *(*under, str(ZHIXING), "serve", *options),
        cwd=tmp_path,  # no zhixing.toml of the developer's is there
        env=environment(tmp_path, env or {}),
        stdout=PIPE,
        stderr=STDOUT,
    )
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    follower = asyncio.create_task(_follow(process, tmp_path / "server.log", address))
    try:
        try:
            url = await asyncio.wait_for(address, SECONDS)
        except (EOFError, TimeoutError):
            raise AssertionError(f"the server did not start:\n{log_of(tmp_path)}") from None
        yield url
    finally:
        await _end(process, follower)
    assert log_detector.found(log_of(tmp_path)) == []


async def _follow(process: Process, log: Path, address: asyncio.Future[str]) -> None:
    """Keeps what the server prints; its first address means that it listens."""
    assert process.stdout is not None
    with log.open("w", encoding="utf-8") as kept:
        async for line in process.stdout:
            kept.write(line.decode("utf-8", "replace"))
            kept.flush()
            found = _ADDRESS.search(line.decode("utf-8", "replace"))
            if found and not address.done():
                address.set_result(found[0])
    if not address.done():
        address.set_exception(EOFError())


async def _end(process: Process, follower: asyncio.Task[None]) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise AssertionError("the server did not end on SIGTERM") from None
    finally:
        await follower
