"""A server that is killed without warning and started again at the same address."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

from aiohttp import ClientError, ClientSession, ClientTimeout

from benchmarks.kills.signs import HURRIED, TELL

_START_SECONDS = 120.0
_LOOK_AGAIN = 0.02
_AT_A_STEP = 2.0
"""Seconds in which a worker that was told to die at a step comes to it, or is killed then."""

_ALL = 0.1
"""The share of kills that take the supervisor and all its workers, where there are several."""

_MOST_STEPS = 30

_TOLD = 2.0
"""Seconds in which a process has written where it is."""


class Mortal:
    """`zhixing serve` in `directory`. `env` is its whole environment but for its address."""

    def __init__(
        self, directory: Path, env: Mapping[str, str], workers: int = 1, *, hurried: bool = False
    ) -> None:
        self._how = [HURRIED] if hurried else []
        self._directory = directory
        self._log = directory / "server.log"
        self._port = _free_port()
        address = {"ZHIXING_HOST": "127.0.0.1", "ZHIXING_PORT": str(self._port)}
        self._env = dict(env) | address
        self._workers = workers
        self._nursery: Process | None = None
        self._pid = 0
        self.url = f"http://127.0.0.1:{self._port}"
        self.starts = 0

    async def open(self) -> None:
        """To be called once, before the first start."""
        with self._log.open("ab") as log:
            self._nursery = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.kills.nursery"),
                *(*self._how, "serve", "--workers", str(self._workers)),
                cwd=self._directory,
                env=self._env,
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
            )
        if await self._told() != "ready":
            raise RuntimeError(f"it cannot start: see {self._log}")

    async def start(self) -> None:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(b"\n")
        self._pid = int(await self._told())
        self.starts += 1

    async def _told(self) -> str:
        assert self._nursery is not None
        assert self._nursery.stdout is not None
        return (await self._nursery.stdout.readline()).decode().strip()

    async def ready(self, http: ClientSession) -> None:
        """Waits until it answers. Raises RuntimeError where it ends by itself or never does."""
        try:
            await self._ready(http)
        except TimeoutError:
            await self.tell()
            raise RuntimeError(f"it never answers: see {self._log}") from None

    async def tell(self) -> None:
        """All its processes write into its log where they are."""
        for pid in (self._pid, *_children(self._pid)):
            _send(pid, TELL)
        await asyncio.sleep(_TOLD)

    async def _ready(self, http: ClientSession) -> None:
        again = True
        async with asyncio.timeout(_START_SECONDS):
            while True:
                if not _alive(self._pid):
                    if not again:
                        raise RuntimeError(f"it ended: see {self._log}")
                    again = False  # a supervisor ends where its first worker was killed
                    await self.start()
                try:
                    timeout = ClientTimeout(total=5)
                    async with http.get(f"{self.url}/healthz", timeout=timeout) as response:
                        if response.status == 200:
                            return
                except (ClientError, TimeoutError):
                    pass
                await asyncio.sleep(_LOOK_AGAIN)

    async def kill(self, rng: Random) -> str:
        """One of the workers, or all at once; at once, or at a step of its storage. Nothing is
        finished, nothing is closed. Says how; "" where nobody
        was there to be killed."""
        chance, whom, steps = rng.random(), rng.random(), rng.randrange(-_MOST_STEPS, _MOST_STEPS)
        workers = _children(self._pid)
        if self._workers > 1 and chance < _ALL:
            for pid in (self._pid, *workers):  # first the one that would begin others
                _send(pid, signal.SIGKILL)
            for pid in (self._pid, *workers):
                await _gone(pid)
            await self.start()
            return "all"
        if self._workers > 1 and not workers:
            return ""
        pid = workers[int(whom * len(workers))] if self._workers > 1 else self._pid
        said = await _end(pid, steps)
        if pid == self._pid:
            await self.start()
        return said

    async def stop(self) -> None:
        """By SIGTERM, then whatever is left."""
        _send(self._pid, signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(_START_SECONDS):
                await _gone(self._pid)
        await self.close()

    async def close(self) -> None:
        for pid in (self._pid, *_children(self._pid)):
            _send(pid, signal.SIGKILL)
        if self._nursery is not None and self._nursery.returncode is None:
            self._nursery.kill()
            await self._nursery.wait()


async def _end(pid: int, steps: int) -> str:
    if steps >= 0:
        _send(pid, signal.SIGRTMIN + steps)
        with suppress(TimeoutError):
            async with asyncio.timeout(_AT_A_STEP):
                await _gone(pid)
                return "at a step"
    _send(pid, signal.SIGKILL)
    await _gone(pid)
    return "at once"


async def _gone(pid: int) -> None:
    while _alive(pid):  # noqa: ASYNC110  other processes set no event
        await asyncio.sleep(_LOOK_AGAIN / 4)


def _alive(pid: int) -> bool:
    return _stat(pid)[0] not in ("", "Z")


def _children(pid: int) -> list[int]:
    found = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    return [one for one in found if _stat(one)[1] == str(pid) and _alive(one)]


def _stat(pid: int) -> tuple[str, str]:
    """State and parent; ("", "") where there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    state, parent = stat.rpartition(")")[2].split()[:2]
    return state, parent


def _send(pid: int, number: int) -> None:
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
