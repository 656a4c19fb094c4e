"""The console in a process of its own, over a full database: each list asked for, again and again.

By one who may see everything, over loopback; the time is that from request to the last byte, so
that the client's own part of it is in it too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from re import search
from statistics import quantiles
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, CookieJar, DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.console.filling import FULL, Size, fill
from benchmarks.growing import Growing
from benchmarks.table import Budget, Row
from bot.care.loops import Loops
from bot.care.state import Looking
from bot.console import passwords
from bot.console.app import CONSOLE, add_console
from bot.current import Current
from bot.http import border, well_formed
from bot.settings import Settings
from bot.start import clock_of
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage import accounts, staff
from storage.accounts import AccountRow
from storage.database import Database
from storage.sealing import Keyring
from storage.staff import StaffRow
from tests.scratch import scratch

Client = TestClient[web.Request, web.Application]
SEED = 20210520
TIMES = 100
_BUDGET = Budget(200.0, least=False, text="< 200 ms")
_PASSWORD = "a password of an office"
_KEY = Keyring([b"a data key of benchmarks: 32 byt"])
LISTS = (
    "/overview",
    "/demands",
    "/demands?status=all&sort=longest",
    "/demands?q=第4711",
    "/demands?q=水产&status=kept&bureau=xiamen&since=2020-01-01&sort=oldest",
    "/questions",
    "/notices",
    "/notices?q=质押",
    "/calendar",
    "/drafts",
    "/talks",
    "/pushes",
    "/pushes/sent",
    "/subscriptions",
    "/audit",
    "/audit?actor=console:clerk7&act=look",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Seconds, by the list's address; `ready` until every demand was opened after the start."""

    seconds: dict[str, Sequence[float]]
    filled: float
    ready: float


def measure(url: str, size: Size = FULL, times: int = TIMES) -> Listed:
    """To be called in a fresh process; `url` is of an empty database."""
    return asyncio.run(_measured(url, size, times))


def rows(listed: Listed) -> Iterator[Row]:
    yield Row("every demand opened after the start", [listed.ready], "s")
    for path, seconds in listed.seconds.items():
        p99 = quantiles(seconds, n=100, method="inclusive")[98] * 1000
        yield Row(f"{path}, p99", [p99], "ms", budget=_BUDGET)


def sections(size: Size, times: int) -> Iterator[tuple[str, Sequence[Row]]]:
    """A table's section for each database, measured in a process of its own."""
    what = f"console, {size.demands:,} demands, {size.notices:,} notices"
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'zhixing.db'}"
        yield f"{what}, SQLite", list(rows(_apart(url, size, times)))
    try:
        with scratch("bench") as made:
            yield f"{what}, PostgreSQL", list(rows(_apart(made.url, size, times)))
    except OSError:
        return


def _apart(url: str, size: Size, times: int) -> Listed:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measure, url, size, times).result()


async def _measured(url: str, size: Size, times: int) -> Listed:
    settings = Settings()
    clock = clock_of(settings)
    db = await Database.open(url, keys=_KEY)
    try:
        begun = time.perf_counter()
        await fill(db, size, clock(), SEED)
        filled = time.perf_counter() - begun
        await _hire(db, clock())
        return await _asked(db, settings, _grown(size.notices), filled, times)
    finally:
        await db.close()


async def _asked(
    db: Database, settings: Settings, kb: KnowledgeBase, filled: float, times: int
) -> Listed:
    app = web.Application(middlewares=[border, well_formed])
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        clock = clock_of(settings)
        current = Current(kb)
        looking = Looking(db, current, clock, Loops(), {"wecom"})
        add_console(app, db, current, clock, settings, {"wecom"}, lambda: None, session, looking)
        client = TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True))
        async with client:
            begun, ledger = time.perf_counter(), app[CONSOLE].ledger
            await ledger.refresh(db, kb, clock())
            while await ledger.open_some(db, kb):
                pass
            ready = time.perf_counter() - begun
            await _sign_in(client)
            seconds = {path: await _times(client, path, times) for path in LISTS}
    return Listed({path: some for path, some in seconds.items() if some}, filled, ready)


async def _times(client: Client, path: str, times: int) -> list[float]:
    """Seconds of each time but the first; none where there is no such page."""
    found = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        async with client.get(f"/console{path}", allow_redirects=False) as response:
            await response.read()
            if response.status == 404:
                return []
            if response.status != 200:
                raise LookupError(f"{path}: HTTP {response.status}")
        found.append(time.perf_counter() - begun)
    return found[1:]


async def _sign_in(client: Client) -> None:
    async with client.get("/console/sign-in") as response:
        proof = search(r'name="proof" value="(\w+)"', await response.text())
    assert proof
    fields = {"proof": proof[1], "name": "bench", "password": _PASSWORD, "to": "/console/account"}
    async with client.post("/console/sign-in", data=fields) as response:
        assert response.url.path == "/console/account", response.url


async def _hire(db: Database, now: datetime) -> None:
    async with db.transaction() as conn:
        await staff.put(conn, StaffRow("console:bench", "量", "admin", ("全国",), now))
        hash_ = passwords.hashed(_PASSWORD)
        await accounts.add(conn, AccountRow("bench", "console:bench", hash_, False, now))


def _grown(notices: int) -> KnowledgeBase:
    """The shipped knowledge, and so many notices that never were."""
    shipped = load_knowledge(shipped_dir())
    every = [*shipped.notices, *Growing(SEED).notices(notices)]
    return KnowledgeBase(
        every,
        shipped.lexicon,
        shipped.regions,
        bureaus=shipped.bureaus,
        scoring=shipped.scoring,
    )
