"""A server process that is killed without warning and started again at the same address."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

_START_SECONDS = 60.0
_LOOK_AGAIN = 0.02


class Mortal:
    """`zhixing serve` in `directory`. `env` is its whole environment but for its address."""

    def __init__(self, directory: Path, env: Mapping[str, str]) -> None:
        self._directory = directory
        self._port = _free_port()
        address = {"ZHIXING_HOST": "127.0.0.1", "ZHIXING_PORT": str(self._port)}
        self._env = dict(env) | address
        self._process: asyncio.subprocess.Process | None = None
        self.url = f"http://127.0.0.1:{self._port}"
        self.starts = 0

    async def start(self) -> None:
        with (self._directory / "server.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "serve",
                cwd=self._directory,
                env=self._env,
                stdout=log,
                stderr=log,
            )
        self.starts += 1

    async def ready(self, http: ClientSession) -> None:
        """Waits until it answers. Raises RuntimeError where it ends by itself or never does."""
        assert self._process is not None
        async with asyncio.timeout(_START_SECONDS):
            while True:
                if self._process.returncode is not None:
                    raise RuntimeError(f"the server ended: see {self._directory / 'server.log'}")
                try:
                    timeout = ClientTimeout(total=1)
                    async with http.get(f"{self.url}/healthz", timeout=timeout) as response:
                        if response.status == 200:
                            return
                except (ClientError, TimeoutError):
                    pass
                await asyncio.sleep(_LOOK_AGAIN)

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is closed."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        await self._process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
