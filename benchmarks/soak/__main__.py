"""`python -m benchmarks.soak --minutes 60 --rate 100`: whether anything grows that should not.

The real server on SQLite, WeCom callbacks at that rate a second, a few of them filing demands,
and all the while notices are published, digests pushed and demand lists exported: each counts
only once its effect was seen. A line a minute; in the end the slopes, and what the database holds.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession

from benchmarks.kills.town import a_town, environment
from benchmarks.machine import LOAD_CORE, facts, pin
from benchmarks.servers import Server, ServerError, running
from benchmarks.soak.chores import Chores, told
from benchmarks.soak.contents import contents, megabytes
from benchmarks.soak.driving import Talking, questions
from benchmarks.soak.sampling import Process, Sample, percentiles, slopes, table, tasks_of
from bot.settings import Settings
from bot.start import clock_of, knowledge_of

DATABASE = "zhixing.db"


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=100.0, help="messages a second")
    parser.add_argument("--pause", type=float, default=10.0, help="seconds after each command")
    args = parser.parse_args()
    print(f"{facts()}; {args.minutes:g} minutes, {args.rate:g} messages a second\n", flush=True)
    try:
        with TemporaryDirectory() as folder:
            return asyncio.run(_soak(args.minutes, args.rate, args.pause, Path(folder)))
    except ServerError as error:
        print(f"benchmarks.soak: {error}", file=sys.stderr)
        return 1


async def _soak(minutes: float, rate: float, pause: float, folder: Path) -> int:
    async with AsyncExitStack() as opened:
        pin(LOAD_CORE)
        town = await opened.enter_async_context(a_town())
        http = await opened.enter_async_context(ClientSession())
        env = environment(town, f"sqlite+aiosqlite:///{folder / DATABASE}")
        env |= {"ZHIXING_HOST": "127.0.0.1", "ZHIXING_PORT": "0"}
        served = running("bot", "serve", directory=folder, env=env)
        # In a thread, for the platforms that it calls while it starts are in this one.
        server = await asyncio.to_thread(served.__enter__)
        opened.push_async_callback(asyncio.to_thread, served.__exit__, None, None, None)
        settings = Settings()
        asked = questions(knowledge_of(settings, golden=True), clock_of(settings)())
        url = f"http://127.0.0.1:{server.port}"
        talking = Talking(http, url, town.qyapi.callbacks, asked, rate)
        chores = Chores(folder, env, http, url, town.qyapi.arrived, lambda: talking.filed)
        doing = asyncio.create_task(chores.go_on(pause))
        samples = await _sampled(server, talking, chores, minutes)
        doing.cancel()
        with suppress(asyncio.CancelledError):
            await doing
    return _report(samples, talking, chores)


def _report(samples: list[Sample], talking: Talking, chores: Chores) -> int:
    """Prints it; the exit status."""
    held = contents(chores.directory / DATABASE)
    print(*table(samples), "", *slopes(samples), "", *told(chores), "", *held, "", sep="\n")
    print(f"demands filed: {talking.filed}; never sent: {talking.late}")
    wrong = talking.late or any(one.wrong for one in samples)
    return 0 if chores.well and not wrong else 1


async def _sampled(
    server: Server, talking: Talking, chores: Chores, minutes: float
) -> list[Sample]:
    """One a minute."""
    begun = time.perf_counter()
    talk = asyncio.create_task(talking.talk(begun + minutes * 60))
    samples: list[Sample] = []
    before, did = Process.of(server.pid).seconds, 0
    while not talk.done():
        await asyncio.wait([talk], timeout=60.0)
        async with talking.http.get(f"{talking.url}/metrics") as response:
            tasks = tasks_of(await response.text())
        now = Process.of(server.pid)
        seconds, wrong = talking.seconds, talking.wrong
        talking.seconds, talking.wrong = [], 0
        samples.append(
            Sample(
                (time.perf_counter() - begun) / 60,
                now.memory,
                now.handles,
                now.threads,
                tasks,
                megabytes(chores.directory / DATABASE),
                len(seconds),
                wrong,
                chores.count - did,
                *percentiles(seconds),
                (now.seconds - before) * 1000 / max(len(seconds), 1),
            )
        )
        before, did = now.seconds, chores.count
        print(f"minute {len(samples)}: {samples[-1]}", file=sys.stderr, flush=True)
    await talk
    return samples


if __name__ == "__main__":
    sys.exit(main())
