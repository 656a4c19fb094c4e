"""`python -m benchmarks.kills --seed 1 --kills 200 [--database URL]`: nothing lost, nothing twice.

Simulated platforms carry people's messages to the real server, which is killed at seeded random
moments, also while it starts. In the end every acknowledged message must have been answered once;
where a platform knows no key for a message of ours, at most one answer a kill may come twice.
Everybody calls for a person once: whoever is on duty must hear of each call once.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import fields
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector
from sqlalchemy import text

from benchmarks.kills.ledger import Account, Line, balance
from benchmarks.kills.mortal import Mortal
from benchmarks.kills.people import PATIENCE, People, kf_user
from benchmarks.kills.town import ON_DUTY, a_town, environment
from storage.database import Database

QUESTIONS = (
    "2021年万里行的需求清单什么时候报送？",
    "优秀案例推荐截止到哪天",
    "万里行联系谁",
    "总结几号交",
    "保护司牵头几项",
    "2021年工作指引里有哪些重点任务",
)
CALL = "转人工"
LONGEST = 1.5
"""Seconds between a start that has answered and the next kill, at most."""

SETTLING = 90.0
"""Seconds in which the last answers must come: a lost wake-up takes a minute."""

LOOK_AGAIN = 0.5

CHANNELS = ("wecom", "wechat", "kf", "dingtalk", "aibot")

ONCE = frozenset({"wecom", "wechat", "kf"})
"""Here nothing may come twice: replies ride back, or carry a key that WeCom knows."""


def words(rng: Random) -> Iterator[str]:
    """Questions without end, and somewhere among the first a call for a person."""
    called = rng.randrange(2, 6)
    number = 0
    while True:
        yield CALL if number == called else rng.choice(QUESTIONS)
        number += 1


async def run(
    seed: int, kills: int, people: int, database: str | None, directory: Path | None
) -> bool:
    """Plays it all and prints the balance; whether it was clean."""
    rng = Random(seed)
    async with AsyncExitStack() as opened:
        directory = directory or Path(opened.enter_context(TemporaryDirectory()))
        url = database or f"sqlite+aiosqlite:///{directory / 'zhixing.db'}"
        town = await opened.enter_async_context(a_town())
        connector = TCPConnector(force_close=True)
        http = await opened.enter_async_context(ClientSession(connector=connector))
        server = Mortal(directory, environment(town, url))
        await server.start()
        accounts = _accounts(people)
        ended = asyncio.Event()
        crowd = People(town, http, server.url, rng, ended.is_set)
        talks = [
            asyncio.create_task(crowd.talk(one, words(Random(f"{seed} {one.user}"))))
            for one in accounts
        ]
        await _killing(server, http, rng, kills)
        ended.set()
        await server.ready(http)
        await asyncio.wait_for(asyncio.gather(*talks), PATIENCE + SETTLING)
        await _all_sent(url)
        for one in accounts:
            crowd.read_up(one)
        calls = await _scalar(url, "SELECT count(*) FROM tickets")
        told = sum(CALL in heard for heard in town.qyapi.arrived.texts(ON_DUTY))
        taken = await _taken(url)
        await server.stop()
    lines = [balance(channel, accounts, taken) for channel in CHANNELS]
    return _report(seed, kills, lines, calls, told)


def _accounts(people: int) -> list[Account]:
    return [
        Account(channel, kf_user(number) if channel == "kf" else f"{channel}person{number}")
        for channel in CHANNELS
        for number in range(people)
    ]


async def _killing(server: Mortal, http: ClientSession, rng: Random, kills: int) -> None:
    for number in range(kills):
        if rng.random() < 0.9:
            await server.ready(http)
            await asyncio.sleep(rng.uniform(0.0, LONGEST))
        else:
            await asyncio.sleep(rng.uniform(0.0, LONGEST))
        await server.kill()
        await server.start()
        if (number + 1) % 20 == 0:
            print(f"{number + 1} kills", file=sys.stderr, flush=True)


async def _all_sent(url: str) -> None:
    """The outbox is empty, or nothing more is to be hoped for."""
    for _ in range(round(SETTLING / LOOK_AGAIN)):
        if not await _scalar(url, "SELECT count(*) FROM outbox WHERE state = 'waiting'"):
            return
        await asyncio.sleep(LOOK_AGAIN)


async def _taken(url: str) -> dict[str, int]:
    db = await Database.open(url)
    try:
        async with db.transaction() as conn:
            found = await conn.execute(text("SELECT sender, count(*) FROM inbox GROUP BY sender"))
            return {sender: number for sender, number in found}
    finally:
        await db.close()


async def _scalar(url: str, statement: str) -> int:
    db = await Database.open(url)
    try:
        async with db.transaction() as conn:
            number: int = (await conn.execute(text(statement))).scalar_one()
            return number
    finally:
        await db.close()


def _report(seed: int, kills: int, lines: Sequence[Line], calls: int, told: int) -> bool:
    heads = [field.name for field in fields(Line)]
    print(f"seed {seed}, {kills} kills")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for line in lines:
        print(f"| {' | '.join(map(str, line.cells))} |")
    print(f"calls for a person: {calls}, told: {told}")
    clean = told == calls and all(
        not one.lost and not one.anew and one.doubled <= (0 if one.channel in ONCE else kills)
        for one in lines
    )
    print("clean" if clean else "NOT CLEAN")
    return clean


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.kills", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=4, help="on each platform")
    parser.add_argument("--database", metavar="URL", help="an empty one; default: SQLite")
    parser.add_argument("--directory", type=Path, help="where database and log are kept")
    args = parser.parse_args()
    played = run(args.seed, args.kills, args.people, args.database, args.directory)
    return 0 if asyncio.run(played) else 1


if __name__ == "__main__":
    sys.exit(main())
