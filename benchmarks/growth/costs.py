"""What a message, a row and a commit cost here, by processor time: measured, never assumed."""

from __future__ import annotations

import asyncio
import os
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import asyncpg

from benchmarks.console.filling import Size, fill
from benchmarks.machine import LOAD_CORE, cpu_seconds, pin
from benchmarks.measure import SEED, Target
from benchmarks.questions import shipped_replies, unlike
from benchmarks.servers import environment, running
from bot.console.ledger import Ledger
from bot.settings import Settings
from bot.start import clock_of, knowledge_of
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from storage.sealing import Keyring
from tests.platform.wecom import WeComPlatform
from tests.scratch import scratch

TABLES = ("inbox", "conversations", "demands", "demand_events", "questions", "outbox", "audit")
KEY = Keyring([b"a data key of benchmarks: 32 byt"])

_SIZES = """\
SELECT pg_table_size(c.oid) AS heap, pg_indexes_size(c.oid) AS indexes
FROM pg_class c WHERE c.relname = $1 AND c.relkind = 'r'"""
_COMMITTING = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """Bytes of one: in the table, and in its indexes."""

    heap: float
    indexes: float

    @property
    def whole(self) -> float:
        return self.heap + self.indexes


@dataclass(frozen=True, slots=True)
class Message:
    """Processor milliseconds of one, at so many connections: `server` ours, `database`
    PostgreSQL's backends."""

    server: float
    database: float


@dataclass(frozen=True, slots=True)
class Costs:
    """`commits`: a second, by connections, each durable, by the clock. `demand`: what the console
    keeps in memory of one, in bytes, and what opening it takes, in processor milliseconds."""

    messages: dict[int, Message]
    rows: dict[str, Row]
    commits: dict[int, float]
    demand_bytes: float
    demand_ms: float


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured."""

    messages: int
    rounds: int
    demands: int


FULL = Effort(messages=400, rounds=3, demands=10_000)
QUICK = Effort(messages=100, rounds=1, demands=500)


def measure(effort: Effort) -> Costs:
    """Raises OSError where no PostgreSQL answers, ServerError, LoadError."""
    with scratch("growth") as made, TemporaryDirectory() as folder:
        messages = _messages(made.url, made.name, Path(folder), effort)
        rows = asyncio.run(_rows(made.url, ("inbox", "conversations")))
        commits = {many: asyncio.run(_commits(made.url, many)) for many in (1, 16)}
    with scratch("filled") as made:
        with _fresh() as process:
            process.submit(_fill, made.url, effort.demands).result()
        with _fresh() as process:
            demand = process.submit(_listed, made.url, effort.demands).result()
        rows |= asyncio.run(_rows(made.url, TABLES[2:]))
    return Costs(messages, rows, commits, *demand)


@contextmanager
def _fresh() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        yield process


def _messages(url: str, name: str, folder: Path, effort: Effort) -> dict[int, Message]:
    """Whole WeCom callbacks at the real server, no two alike, all replies checked."""
    settings, platform = Settings(), WeComPlatform()
    kb = knowledge_of(settings, golden=True)
    asked = unlike(kb, shipped_replies(kb, clock_of(settings)), SEED)
    env = environment(folder, platform) | {"ZHIXING_DATABASE": url}
    spawn = get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn, initializer=pin, initargs=(LOAD_CORE,)) as generator,
        running("bot", "serve", directory=folder / "server", env=env) as server,
    ):
        target = Target(server, asked, platform, generator)
        target.load(effort.messages, 32)
        return {many: _message(target, name, many, effort) for many in (2, 32)}


def _message(target: Target, name: str, connections: int, effort: Effort) -> Message:
    """The median of the rounds."""
    servers, databases = [], []
    for _ in range(effort.rounds):
        before = asyncio.run(backends(name))
        loaded = target.load(effort.messages, connections)
        if loaded.outcome.wrong:
            raise ValueError(f"wrong replies, such as {loaded.outcome.wrong[0]}")
        after = asyncio.run(backends(name))
        spent = sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
        servers.append(loaded.cpu_ms)
        databases.append(spent * 1000 / effort.messages)
    return Message(median(servers), median(databases))


async def backends(name: str) -> dict[int, float]:
    """Processor seconds so far of all that serve the database, by process."""
    connection = await asyncpg.connect(f"{_server()}/postgres")
    try:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = $1"
        found = await connection.fetch(query, name)
        return {row["pid"]: cpu_seconds(row["pid"]) for row in found}
    finally:
        await connection.close()


def _server() -> str:
    return os.environ.get("ZHIXING_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")


async def _rows(url: str, tables: tuple[str, ...]) -> dict[str, Row]:
    """Bytes a row, without what updates left behind."""
    connection = await asyncpg.connect(url)
    try:
        found = {}
        for table in tables:
            await connection.execute(f"VACUUM FULL {table}")
            count = await connection.fetchval(f"SELECT count(*) FROM {table}")
            sizes = await connection.fetchrow(_SIZES, table)
            if count:
                found[table] = Row(sizes["heap"] / count, sizes["indexes"] / count)
        return found
    finally:
        await connection.close()


async def _commits(url: str, connections: int) -> float:
    """A second, each of one small row, on this disk."""
    opened = [await asyncpg.connect(url) for _ in range(connections)]
    await opened[0].execute("CREATE TABLE IF NOT EXISTS committed (number int)")
    for one in opened:
        await one.execute("SET synchronous_commit = on")
    ends, counts = time.perf_counter() + _COMMITTING, [0] * connections

    async def commit(number: int) -> None:
        while time.perf_counter() < ends:
            await opened[number].execute("INSERT INTO committed VALUES (1)")
            counts[number] += 1

    await asyncio.gather(*(commit(number) for number in range(connections)))
    for one in opened:
        await one.close()
    return sum(counts) / _COMMITTING


def _fill(url: str, demands: int) -> None:
    """To be called in a fresh process, as `_listed`, so that neither's memory is the other's."""
    asyncio.run(_filled(url, demands))


async def _filled(url: str, demands: int) -> None:
    db = await Database.open(url, keys=KEY)
    try:
        await fill(db, Size(demands, 0, max(demands, 200)), clock_of(Settings())(), SEED)
    finally:
        await db.close()


def _listed(url: str, demands: int) -> tuple[float, float]:
    """Bytes and processor milliseconds of each demand in the console's ledger."""
    return asyncio.run(_opened(url, demands))


async def _opened(url: str, demands: int) -> tuple[float, float]:
    """Once for the time, and once for the memory, which costs time to trace."""
    settings = Settings()
    kb, now = knowledge_of(settings), clock_of(settings)()
    db = await Database.open(url, keys=KEY)
    try:
        begun = time.process_time()
        await _read(db, kb, now)
        spent = time.process_time() - begun
        tracemalloc.start()
        ledger = await _read(db, kb, now)
        taken, _ = tracemalloc.get_traced_memory()
        del ledger
        return taken / demands, spent * 1000 / demands
    finally:
        await db.close()


async def _read(db: Database, kb: KnowledgeBase, now: datetime) -> Ledger:
    ledger = Ledger()
    await ledger.refresh(db, kb, now)
    while await ledger.open_some(db, kb):
        pass
    return ledger
