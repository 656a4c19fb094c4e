"""What a server is like at one moment, and whether it stays so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, quantiles

from benchmarks.machine import cpu_seconds, resident_mb

_TASKS = re.compile(r"^zhixing_tasks (\S+)$", re.MULTILINE)
_REVISION = re.compile(r"^zhixing_knowledge_revision (\S+)$", re.MULTILINE)
_SETTLED = 1
"""Minutes at the start that no slope counts: everything is being used for the first time."""


@dataclass(frozen=True, slots=True)
class Sample:
    """`minute` since the start. Memory and database in MB, latencies in ms, `processor` in ms of
    the server a message; messages, wrong ones and `chores`, what staff did, are of the minute
    before."""

    minute: float
    memory: float
    handles: int
    threads: int
    tasks: int
    database: float
    messages: int
    wrong: int
    chores: int
    p50: float
    p99: float
    processor: float


HEADS = {
    "minute": "分钟",
    "memory": "内存 MB",
    "handles": "文件句柄",
    "threads": "线程",
    "tasks": "异步任务",
    "database": "数据库 MB",
    "messages": "消息",
    "wrong": "未答",
    "chores": "办成的事",
    "p50": "p50 ms",
    "p99": "p99 ms",
    "processor": "每条占处理器 ms",
}
_SLOPES = ("memory", "handles", "threads", "tasks", "database", "p50", "p99", "processor")


@dataclass(frozen=True, slots=True)
class Process:
    """What the system knows of it."""

    memory: float
    handles: int
    threads: int
    seconds: float

    @classmethod
    def of(cls, pid: int) -> Process:
        status = Path(f"/proc/{pid}/status").read_text()
        found = re.search(r"^Threads:\s+(\d+)", status, re.MULTILINE)
        handles = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        return cls(resident_mb(pid), handles, int(found[1]) if found else 0, cpu_seconds(pid))


def tasks_of(metrics: str) -> int:
    return _gauge(_TASKS, metrics)


def revision_of(metrics: str) -> int:
    """That is served; 0: the shipped notices alone."""
    return _gauge(_REVISION, metrics)


def _gauge(named: re.Pattern[str], metrics: str) -> int:
    found = named.search(metrics)
    return round(float(found[1])) if found else 0


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    if len(seconds) < 2:
        return 0.0, 0.0
    cut = quantiles(seconds, n=100, method="inclusive")
    return cut[49] * 1000, cut[98] * 1000


def table(samples: Sequence[Sample]) -> Iterator[str]:
    yield f"| {' | '.join(HEADS.values())} |"
    yield f"|{'---:|' * len(HEADS)}"
    for one in samples:
        yield f"| {' | '.join(_shown(getattr(one, name)) for name in HEADS)} |"


def slopes(samples: Sequence[Sample]) -> Iterator[str]:
    """By how much each changes in an hour if it goes on so, by least squares."""
    settled = [one for one in samples if one.minute > _SETTLED]
    if len(settled) < 2:
        yield "时间太短，看不出趋势。"
        return
    minutes = [one.minute for one in settled]
    yield "| 每小时变化 | |"
    yield "|---|---:|"
    for name in _SLOPES:
        slope = linear_regression(minutes, [getattr(one, name) for one in settled]).slope
        yield f"| {HEADS[name]} | {slope * 60:+,.1f} |"


def _shown(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
