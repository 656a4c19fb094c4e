"""The machine: its cores, and what a process has cost it."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

CORES: tuple[int, ...] = tuple(sorted(os.sched_getaffinity(0)))
SERVER_CORE = CORES[0]
LOAD_CORE = CORES[-1]
"""The same as the server's where there is only one."""

_TICK = 1 / os.sysconf("SC_CLK_TCK")


def pin(core: int, pid: int = 0) -> None:
    """Binds a process, and the threads that it will start, to one core; `pid` 0 is this one."""
    os.sched_setaffinity(pid, {core})


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads; proc(5), fields 14 and 15 of `stat`."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def resident_mb(pid: int) -> float:
    return _megabytes(pid, "VmRSS")


def peak_mb(pid: int) -> float:
    """The most that was ever resident."""
    return _megabytes(pid, "VmHWM")


def _megabytes(pid: int, name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def facts() -> str:
    pinned = "server and load on one core"
    if SERVER_CORE != LOAD_CORE:
        pinned = f"server on core {SERVER_CORE}, load from core {LOAD_CORE}"
    load = os.getloadavg()[0]
    python = platform.python_version()
    return f"Python {python}, {len(CORES)} cores, {pinned}, load average before {load:.1f}"
