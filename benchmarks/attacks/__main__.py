"""`python -m benchmarks.attacks --seed 1 --number 100000`: hostile callbacks over all channels.

The real server, every platform connected, is fired at from two hundred addresses, while people go
on writing to it. No answer may be a 5xx, the log holds no traceback, the memory stays bounded, the
file handles come back, and who is slow is cut; good traffic is all answered, its p99 < 250 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession

from benchmarks.attacks.good import Waits, write
from benchmarks.attacks.platforms import Keys
from benchmarks.attacks.storm import CUT_SECONDS, Job, Tally, storm
from benchmarks.kills.town import Town, a_town, environment
from benchmarks.machine import facts, peak_mb, resident_mb
from benchmarks.servers import Server, running
from tests.platform.aibot_callbacks import Sealing

CALM = 5.0
"""Seconds of good traffic alone, before."""

GROWTH_MB = 64.0
P99 = 0.25
SPARE_HANDLES = 10
SETTLING = 100.0
"""Seconds in which handles come back; kept connections are closed after 75."""


@dataclass(frozen=True, slots=True)
class State:
    """Of the server's process: `peak` and `resident` in MB."""

    resident: float
    peak: float
    handles: int

    @classmethod
    def of(cls, pid: int) -> State:
        return cls(resident_mb(pid), peak_mb(pid), len(os.listdir(f"/proc/{pid}/fd")))


@dataclass(frozen=True, slots=True)
class Run:
    tally: Tally
    calm: Waits
    good: Waits
    before: State
    after: State
    log: str

    def faults(self, *, timed: bool) -> list[str]:
        """What must not be."""
        answers = Counter[str]()
        for (_, status), number in self.tally.answers.items():
            answers[status] += number
        fives = sum(number for status, number in answers.items() if status[:1] == "5")
        found = {
            f"{fives} answers were 5xx": fives,
            f"{answers['no connection']} found no connection": answers["no connection"],
            "a traceback in the log": "Traceback" in self.log or 'File "' in self.log,
            "an error in the log": " ERROR " in self.log,
            f"{len(self.good.lost)} good messages without an answer": self.good.lost,
            f"p99 of good traffic over {P99 * 1000:.0f} ms": timed and self.good.p99 >= P99,
            f"grown by over {GROWTH_MB:.0f} MB": self.after.peak - self.before.peak > GROWTH_MB,
            "file handles did not come back": self.after.handles
            > self.before.handles + SPARE_HANDLES,
            "a slow one was not cut": self.tally.slow >= CUT_SECONDS,
        }
        return [fault for fault, is_so in found.items() if is_so]


async def run(seed: int, number: int, directory: Path) -> Run:
    async with AsyncExitStack() as opened:
        town = await opened.enter_async_context(a_town())
        keys = Keys(town.qyapi.callbacks, town.weixin.account, Sealing(), town.dingtalk.base)
        server = await opened.enter_async_context(_served(town, keys, directory))
        http = await opened.enter_async_context(ClientSession())
        url = f"http://127.0.0.1:{server.port}"
        calm = await _for_a_while(http, url, keys)
        before = State.of(server.pid)
        over = asyncio.Event()
        writing = asyncio.create_task(write(http, url, keys, over))
        spawned = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, spawned) as pool:
            loop = asyncio.get_running_loop()
            tally = await loop.run_in_executor(pool, storm, Job(server.port, seed, number, keys))
        over.set()
        good = await writing
        after = await _settled(server.pid, before)
    log = (directory / "server.log").read_text(encoding="utf-8")
    return Run(tally, calm, good, before, after, log)


@asynccontextmanager
async def _served(town: Town, keys: Keys, directory: Path) -> AsyncIterator[Server]:
    """The real server, called back by each platform that can."""
    env = environment(town, f"sqlite+aiosqlite:///{directory / 'zhixing.db'}")
    del env["ZHIXING_LIMITS__MESSAGES"]
    env |= {
        "ZHIXING_HOST": "127.0.0.1",
        "ZHIXING_PORT": "0",
        "ZHIXING_AIBOT__MODE": "callback",
        "ZHIXING_AIBOT__TOKEN": keys.sealing.token,
        "ZHIXING_AIBOT__AES_KEY": keys.sealing.aes_key,
        "ZHIXING_DINGTALK__MODE": "callback",
    }
    server = running("bot", "serve", directory=directory, env=env)
    try:
        yield await asyncio.to_thread(server.__enter__)
    finally:
        await asyncio.to_thread(server.__exit__, None, None, None)


async def _for_a_while(http: ClientSession, url: str, keys: Keys) -> Waits:
    over = asyncio.Event()
    writing = asyncio.create_task(write(http, url, keys, over))
    await asyncio.sleep(CALM)
    over.set()
    return await writing


async def _settled(pid: int, before: State) -> State:
    for _ in range(round(SETTLING)):
        if State.of(pid).handles <= before.handles + SPARE_HANDLES:
            break
        await asyncio.sleep(1)
    return State.of(pid)


def report(played: Run) -> None:
    tally, before, after = played.tally, played.before, played.after
    statuses = sorted({status for _, status in tally.answers})
    kinds = sorted({kind for kind, _ in tally.answers})
    print(f"| kind | {' | '.join(statuses)} |\n|{'---|' * (len(statuses) + 1)}")
    for kind in kinds:
        row = [str(tally.answers[kind, status] or "") for status in statuses]
        print(f"| {kind} | {' | '.join(row)} |")
    print(f"{tally.seconds:.0f} s; the slowest was cut after {tally.slow:.1f} s")
    print(
        f"good traffic: {len(played.good.seconds)} answered, {len(played.good.lost)} not, "
        f"p99 {played.good.p99 * 1000:.0f} ms (before: {played.calm.p99 * 1000:.0f} ms)"
    )
    print(
        f"resident before {before.resident:.0f} MB, after {after.resident:.0f} MB, "
        f"peak {after.peak:.0f} MB; file handles before {before.handles}, after {after.handles}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.attacks", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=100_000, help="of hostile connections")
    parser.add_argument("--untimed", action="store_true", help="whatever good traffic's p99 is")
    parser.add_argument("--directory", type=Path, help="where database and log are kept")
    args = parser.parse_args()
    print(f"seed {args.seed}, {args.number} hostile connections; {facts()}", flush=True)
    with TemporaryDirectory() as temporary:
        played = asyncio.run(run(args.seed, args.number, args.directory or Path(temporary)))
    report(played)
    faults = played.faults(timed=not args.untimed)
    print("\n".join(faults) if faults else "clean")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
