"""A server as a process of its own, on one core, from its start to SIGTERM."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import SERVER_CORE, cpu_seconds, pin, resident_mb
from tests.platform.wecom import WeComPlatform

_ADDRESS = re.compile(r"http://127\.0\.0\.1:([1-9][0-9]*)")
_END_SECONDS = 30


class ServerError(Exception):
    """The server did not start; `str` is what it printed."""


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int

    @property
    def cpu_seconds(self) -> float:
        return cpu_seconds(self.pid)

    @property
    def resident_mb(self) -> float:
        return resident_mb(self.pid)


def environment(directory: Path, platform: WeComPlatform) -> dict[str, str]:
    """This process's environment without the developer's own settings, and with the account's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ZHIXING_")}
    return own | {
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "ZHIXING_DATABASE": f"sqlite+aiosqlite:///{directory / 'zhixing.db'}",
        "ZHIXING_HOST": "127.0.0.1",
        "ZHIXING_PORT": "0",
        "ZHIXING_LIMITS__MESSAGES": "0",
        "ZHIXING_WECOM__CORP_ID": platform.corp_id,
        "ZHIXING_WECOM__AGENT_ID": str(platform.agent_id),
        "ZHIXING_WECOM__TOKEN": platform.token,
        "ZHIXING_WECOM__AES_KEY": platform.aes_key,
    }


@contextmanager
def running(
    module: str,
    *args: str,
    directory: Path,
    env: Mapping[str, str],
    core: int | None = SERVER_CORE,
    python: str = sys.executable,
) -> Iterator[Server]:
    """`python -m MODULE ARGS` in `directory` on that core, or on all without one, once it has
    printed its address. A `module` may be a file, for a `python` that knows none of ours.

    Raises ServerError.
    """
    directory.mkdir(exist_ok=True)
    log = directory / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [python, *([] if module.endswith(".py") else ["-m"]), module, *args],
            cwd=directory,
            env=env,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        if core is not None:
            pin(core, process.pid)
        try:
            yield Server(process.pid, _port(process, log))
        finally:
            _end(process)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line.decode()
        if found := _ADDRESS.search(printed):
            return int(found[1])
    raise ServerError(f"no address printed:\n{printed}{log.read_text(encoding='utf-8')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
