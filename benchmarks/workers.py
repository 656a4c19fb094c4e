"""Throughput with one, two and three workers on PostgreSQL, each driven by the same load.

On all cores but by as many processes: what generates the load has its share of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.load import LoadError
from benchmarks.machine import LOAD_CORE, pin
from benchmarks.measure import SEED, Plan, Target
from benchmarks.questions import shipped_replies, unlike
from benchmarks.servers import environment, running
from benchmarks.table import Row
from bot.settings import Settings
from bot.start import clock_of, knowledge_of
from tests.platform.wecom import WeComPlatform
from tests.scratch import scratch

WORKERS = (1, 2, 3)


def sections(
    plan: Plan, directory: Path, counts: Sequence[int] = WORKERS
) -> dict[str, Sequence[Row]]:
    """Nothing where no PostgreSQL answers. Raises ServerError, LoadError."""
    rows: list[Row] = []
    try:
        for count in counts:
            samples = list(_measured(count, plan, directory / str(count)))
            first = rows[0].samples if rows else samples
            ratios = [one / before for one, before in zip(samples, first, strict=True)]
            rows.append(Row(f"workers: {count}", samples, "/s", ratios))
    except OSError:
        return {}
    title = f"several workers on PostgreSQL, no two alike, {plan.connections} connections"
    return {f"{title}; the ratio is to one worker": rows}


def _measured(count: int, plan: Plan, folder: Path) -> Iterator[float]:
    """Messages a second, round by round; each reply was right."""
    settings, platform = Settings(), WeComPlatform()
    kb = knowledge_of(settings, golden=True)
    asked = unlike(kb, shipped_replies(kb, clock_of(settings)), SEED)
    spawn = get_context("spawn")
    command = ("bot", "serve", "--workers", str(count))
    with scratch("workers") as made:
        env = environment(folder, platform) | {"ZHIXING_DATABASE": made.url}
        with (
            ProcessPoolExecutor(1, spawn, initializer=pin, initargs=(LOAD_CORE,)) as generator,
            running(*command, directory=folder, env=env, core=None) as server,
        ):
            target = Target(server, asked, platform, generator)
            target.load(plan.warm_up, plan.connections)
            for _ in range(plan.rounds):
                loaded = target.load(plan.messages, plan.connections)
                if loaded.outcome.wrong:
                    raise LoadError(f"a wrong reply: {loaded.outcome.wrong[0]}")
                yield loaded.per_second
