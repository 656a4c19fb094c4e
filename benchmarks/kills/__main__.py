"""`python -m benchmarks.kills --seed 1 --kills 200 [--database URL --workers 3]`: nothing lost.

Simulated platforms carry people's messages to the real server, whose processes are killed at
seeded random moments, also while they start, and between any two steps of their storage. In the
end every acknowledged message must have been answered once, every confirmed demand be there once,
and whoever is on duty have heard once of each call for a person and of each demand for the
national office. Where a platform knows no key for a message of ours, at most one a kill may come
twice.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector

from benchmarks.kills.balance import Outcome, report
from benchmarks.kills.books import opened as books_of
from benchmarks.kills.ledger import Account, balance
from benchmarks.kills.mortal import Mortal
from benchmarks.kills.people import PATIENCE, People, kf_user
from benchmarks.kills.town import ON_DUTY, a_town, environment
from benchmarks.kills.words import words

LONGEST = 1.0
"""Seconds between a start that has answered and the next kill, at most."""

CALM = 0.03
"""The share of kills before which there is time for what a lease or a pause puts off."""

_CALM_LASTS = 13.0
"""Seconds: the lease of the one connection that 智能机器人 may have outlives its holder by ten."""

SETTLING = 90.0
"""Seconds in which the last answers must come: a lost wake-up takes a minute."""

CHANNELS = ("wecom", "wechat", "kf", "dingtalk", "aibot")


async def run(args: argparse.Namespace) -> bool:
    """Plays it all and prints the balance; whether it was clean."""
    rng = Random(args.seed)
    async with AsyncExitStack() as opened:
        directory = args.directory or Path(opened.enter_context(TemporaryDirectory()))
        url = args.database or f"sqlite+aiosqlite:///{directory / 'zhixing.db'}"
        town = await opened.enter_async_context(a_town())
        connector = TCPConnector(force_close=True)
        http = await opened.enter_async_context(ClientSession(connector=connector))
        server = Mortal(directory, environment(town, url), args.workers, hurried=args.hurried)
        opened.push_async_callback(server.close)
        await server.open()
        await server.start()
        await server.ready(http)
        accounts = _accounts(args.people)
        ended = asyncio.Event()
        crowd = People(town, http, server.url, rng, ended.is_set)
        async with (
            asyncio.timeout(None) as patience,
            _explained(server),
            asyncio.TaskGroup() as talks,
        ):
            for number, one in enumerate(accounts):
                said = words(Random(f"{args.seed} {one.user}"), number)
                talks.create_task(crowd.talk(one, said))
            kills = await _killing(server, http, rng, args.kills)
            await server.ready(http)
            ended.set()
            patience.reschedule(asyncio.get_running_loop().time() + PATIENCE + SETTLING)
        books = await books_of(url)
        for one in accounts:
            crowd.read_up(one)
        told = town.qyapi.arrived.texts(ON_DUTY)
        await server.stop()
    lines = [balance(channel, accounts, books.taken) for channel in CHANNELS]
    return report(Outcome(args.seed, kills, server.starts, lines, accounts, books, told))


@asynccontextmanager
async def _explained(server: Mortal) -> AsyncIterator[None]:
    """Whatever breaks the play off, the log says where the server was just then."""
    try:
        yield
    except BaseException:
        await server.tell()
        raise


def _accounts(people: int) -> list[Account]:
    return [
        Account(channel, kf_user(number) if channel == "kf" else f"{channel}person{number}")
        for channel in CHANNELS
        for number in range(people)
    ]


async def _killing(server: Mortal, http: ClientSession, rng: Random, wanted: int) -> Counter[str]:
    """How they died."""
    kills: Counter[str] = Counter()
    while kills.total() < wanted:
        if rng.random() < 0.9:
            await server.ready(http)
        calm = rng.random() < CALM
        await asyncio.sleep(_CALM_LASTS if calm else rng.uniform(0.0, LONGEST))
        if how := await server.kill(rng):
            kills[how] += 1
            if kills.total() % 20 == 0:
                print(f"{kills.total()} kills", file=sys.stderr, flush=True)
    return kills


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.kills", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=4, help="on each platform")
    parser.add_argument("--workers", type=int, default=1, help="more than one on PostgreSQL alone")
    parser.add_argument("--database", metavar="URL", help="an empty one; default: SQLite")
    parser.add_argument("--hurried", action="store_true", help="waits of a minute take seconds")
    parser.add_argument("--directory", type=Path, help="where database and log are kept")
    return 0 if asyncio.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
