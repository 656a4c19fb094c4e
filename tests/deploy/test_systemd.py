"""The systemd unit: valid, hardened, and its command really serves."""

from __future__ import annotations

import ctypes
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.deploy.tools import DEPLOY, program

UNIT = DEPLOY / "zhixing.service"
TEXT = UNIT.read_text(encoding="utf-8")
OURS = "/opt/zhixing/.venv/bin/"
_MDWE, _NO_NEW_PRIVILEGES = 65, 38
"""prctl's numbers for MemoryDenyWriteExecute= and NoNewPrivileges=."""


def of(key: str) -> list[str]:
    return re.findall(rf"(?m)^{key}=(.*)$", TEXT)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with this environment's program, which `verify` looks for."""
    path = tmp_path / "zhixing.service"
    path.write_text(TEXT.replace(OURS, f"{Path(sys.executable).parent}/"), encoding="utf-8")
    return path


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("systemd-analyze"), *arguments], capture_output=True, text=True, check=False
    )


def test_systemd_takes_every_line_of_it(unit: Path) -> None:
    verified = analyze("verify", "--man=no", unit)
    assert (verified.returncode, verified.stderr) == (0, "")


def test_it_is_as_little_exposed_as_a_server_can_be(unit: Path) -> None:
    """Of 0 to 10, as systemd counts; a unit without hardening has 9.6."""
    judged = analyze("security", "--offline=yes", "--threshold=15", "--no-pager", unit)
    assert judged.returncode == 0, judged.stdout[-200:]


def test_it_is_restarted_whatever_happens_and_holds_its_limits() -> None:
    assert of("Restart") == ["always"]
    assert of("MemoryMax") == ["1G"]
    assert of("User") == ["zhixing"]
    assert of("WorkingDirectory") == ["/var/lib/zhixing"]


def _as_systemd_does() -> None:
    """In the child: no new privileges, and no memory that is both written and executed."""
    libc = ctypes.CDLL(None)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_MDWE, 1, 0, 0, 0)  # from Linux 6.3 on; an older one says no, which is no harm
    os.umask(0o077)


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the address that it says."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "ZHIXING_PORT": "0"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=_as_systemd_does,
    ) as process:
        try:
            assert process.stdout is not None
            said = iter(process.stdout.readline, "")
            found = next(filter(None, (re.search(r"http://[\d.]+:\d+", line) for line in said)))
            yield process, found.group()
        finally:
            process.kill()


def test_its_command_serves_in_an_empty_folder_and_ends_when_it_is_told_to(
    tmp_path: Path,
) -> None:
    settings = tmp_path / "zhixing.toml"
    settings.write_bytes((DEPLOY / "zhixing.example.toml").read_bytes())
    [line] = of("ExecStart")
    line = line.replace(OURS, f"{Path(sys.executable).parent}/")
    command = shlex.split(line.replace("/etc/zhixing/zhixing.toml", str(settings)))
    state = tmp_path / "state"
    state.mkdir()
    with started(command, state) as (process, url):
        with urlopen(f"{url}/readyz") as ready:
            assert json.load(ready) == {"status": "ready"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    kept = [path for path in state.iterdir() if path.is_file()]
    assert kept
    assert not [path for path in kept if path.stat().st_mode & 0o077]
    assert {path.name for path in tmp_path.iterdir()} == {"state", "zhixing.toml"}
