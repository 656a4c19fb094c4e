"""How long `zhixing ask` takes from its start to its answer, and how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import SERVER_CORE, pin

QUESTION = "2021年万里行的需求清单什么时候报送？"
FACT = "5月25日"


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds to the first line of the answer; the most memory that was resident."""

    seconds: float
    resident_mb: float
    right: bool


def measure(directory: Path, env: Mapping[str, str]) -> Started:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", QUESTION],
        cwd=directory,
        env=env,
        stdout=subprocess.PIPE,
    )
    pin(SERVER_CORE, process.pid)
    assert process.stdout is not None
    first = process.stdout.readline()
    seconds = time.perf_counter() - begun
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    right = process.returncode == 0 and FACT in first.decode()
    return Started(seconds, usage.ru_maxrss / 1024, right)
