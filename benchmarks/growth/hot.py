"""The paths that grow with the messages that lie there: before and after so many were loaded."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import quantiles
from typing import Any

import asyncpg
from sqlalchemy import text

from benchmarks.growth.costs import KEY, backends
from benchmarks.measure import SEED
from benchmarks.questions import unlike
from bot.answered import PastTurn, to_json
from bot.current import Current
from bot.desk import Desk
from bot.keeping import ASKED
from bot.message import Message, Sender
from bot.privacy.retention import MESSAGES
from bot.settings import Settings
from bot.start import clock_of, knowledge_of
from intents.respond import respond
from intents.turn import Reply, Said
from storage import inbox
from storage.connection import AsyncConnection
from storage.database import Database
from storage.inbox import REPLY

EACH = 50
"""Messages of one sender."""

OVER = timedelta(days=1)
"""Of how many days messages lie there that are to be purged."""

_AT_A_TIME = 100_000
_KINDS = ("answer", "answer", "answer", "clarify", "refuse", "collect", "smalltalk")
_COLUMNS = ("key", "sender", "at", "reply", "kind", "until")
_INDEXES = """\
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = 'inbox' AND indexname <> 'inbox_pkey'"""
_TOGETHER = 2
_FIGURES = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Hot:
    """With `rows` messages lying there. Milliseconds of PostgreSQL's processor: for a message, one
    sender's last messages, each row that is counted and deleted, and a look of the purge that
    finds nothing. `desk` is our own processor's for a message; `p50` and `p99` by the clock."""

    rows: int
    desk: float
    message: float
    p50: float
    p99: float
    listed: float
    tallied_ms: float
    looked_ms: float
    purged_ms: float
    purged: int


def measure(url: str, name: str, rows: int, messages: int) -> Iterator[Hot]:
    """Before, with a hundredth of the rows, and after; `url` is of an empty database, `name` its
    name."""
    for number, count in enumerate((max(rows // 100, 1_000), rows)):
        asyncio.run(_load(url, number, count))
        yield asyncio.run(_hot(url, name, count, messages))


async def _load(url: str, number: int, rows: int) -> None:
    """By COPY, what is over first: as old as is purged, and a day more. Indexes are made after."""
    await (await Database.open(url, keys=KEY)).close()
    now = clock_of(Settings())()
    connection = await asyncpg.connect(url)
    try:
        indexes = await connection.fetch(_INDEXES)
        for name, _ in indexes:
            await connection.execute(f"DROP INDEX {name}")
        made = _made(number, rows, now)
        while some := list(itertools.islice(made, _AT_A_TIME)):
            await connection.copy_records_to_table("inbox", records=some, columns=_COLUMNS)
        for _, definition in indexes:
            await connection.execute(definition)
        await connection.execute("VACUUM ANALYZE inbox")
    finally:
        await connection.close()


def _made(number: int, rows: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    random = Random(f"{SEED} {number}")
    sealed = [_sealed(random, one) for one in range(500)]
    first, span = now - ASKED - OVER, ASKED + OVER
    for one in range(rows):
        at = first + span * (one / rows)
        sender = f"wecom:user{random.randrange(max(rows // EACH, 1))}"
        kind = random.choice(_KINDS)
        key = f"{sender} {random.getrandbits(62)}"
        yield key, sender, at, random.choice(sealed), kind, at + ASKED


def _sealed(random: Random, one: int) -> str:
    words = "".join(random.choices("报送需求清单截止时间企业质押融资联系人通知要求材料", k=120))
    past = PastTurn(Reply("answer", words), said=f"{words[:18]}{one}", revision=3)
    return json.dumps(KEY.seal_json(to_json(past), REPLY))


async def _hot(url: str, name: str, rows: int, messages: int) -> Hot:
    db = await Database.open(url, keys=KEY)
    try:
        now = clock_of(Settings())()
        desk, message, seconds = await _talked(db, name, rows, messages)
        listed = await _spent(db, name, lambda c: _page(c, rows, now), times=100)
        figures = await _spent(db, name, lambda c: _figures(c, now), times=3)
        counted = rows * (_FIGURES / (ASKED + OVER))
        before = now - timedelta(days=730)
        purged, emptied = await _purged(db, name, now, before)
        looked, _ = await _purged(db, name, now, before)
    finally:
        await db.close()
    cut = quantiles(seconds, n=100, method="inclusive")
    return Hot(
        rows=rows,
        desk=desk,
        message=message,
        p50=cut[49] * 1000,
        p99=cut[98] * 1000,
        listed=listed,
        tallied_ms=figures / counted,
        looked_ms=looked,
        purged_ms=purged / max(emptied, 1),
        purged=emptied,
    )


async def _talked(
    db: Database, name: str, rows: int, messages: int
) -> tuple[float, float, Sequence[float]]:
    """Our processor's and PostgreSQL's milliseconds a message; seconds by the clock, each."""
    settings = Settings()
    kb, clock = knowledge_of(settings, golden=True), clock_of(settings)
    asked = unlike(kb, lambda _: frozenset(), SEED).take(messages + messages // 4)
    random, desk = Random(SEED), Desk(db, Current(kb), clock, respond)
    said = iter(
        Message(
            f"{rows} {number}",
            Sender("wecom", f"user{random.randrange(max(rows // EACH, 1))}"),
            Said(one.text),
            clock(),
        )
        for number, one in enumerate(asked)
    )
    seconds: list[float] = []

    async def talk(some: Iterator[Message]) -> None:
        for message in some:
            begun = time.perf_counter()
            await desk.take(message)
            seconds.append(time.perf_counter() - begun)

    try:
        await talk(itertools.islice(said, messages // 4))
        seconds.clear()
        begun, before = time.process_time(), await backends(name)
        await asyncio.gather(*(talk(said) for _ in range(_TOGETHER)))
        spent = _since(before, await backends(name))
        ours = time.process_time() - begun
    finally:
        await desk.close()
    return ours * 1000 / messages, spent / messages, seconds


async def _page(conn: AsyncConnection, rows: int, now: datetime) -> None:
    sender = f"wecom:user{Random(time.perf_counter()).randrange(max(rows // EACH, 1))}"
    await inbox.of_sender(conn, sender, now - ASKED, now, 20)


async def _figures(conn: AsyncConnection, now: datetime) -> None:
    await inbox.tallies(conn, now - _FIGURES)


async def _spent(
    db: Database, name: str, do: Callable[[AsyncConnection], Awaitable[None]], times: int
) -> float:
    """PostgreSQL's milliseconds of processor each time."""
    async with _alone(db) as conn:
        await do(conn)
        before = await backends(name)
        for _ in range(times):
            await do(conn)
        return _since(before, await backends(name)) / times


async def _purged(db: Database, name: str, now: datetime, before: datetime) -> tuple[float, int]:
    """As the server does it each night: milliseconds of PostgreSQL's processor, and how many."""
    so_far, gone = await backends(name), 0
    while True:
        async with _alone(db) as conn:
            piece = await inbox.purge(conn, now, before, MESSAGES)
        gone += piece
        if piece < MESSAGES:
            return _since(so_far, await backends(name)), gone


@asynccontextmanager
async def _alone(db: Database) -> AsyncIterator[AsyncConnection]:
    """By the processor that looks: helpers of a query are gone before they are counted."""
    async with db.transaction() as conn:
        await conn.execute(text("SET LOCAL max_parallel_workers_per_gather = 0"))
        yield conn


def _since(before: dict[int, float], after: dict[int, float]) -> float:
    return sum(spent - before.get(pid, 0.0) for pid, spent in after.items()) * 1000
