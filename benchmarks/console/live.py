"""How soon what an admin publishes is in force in all workers, and how soon the server is gone.

`python -m benchmarks.console.live`: the real server, on SQLite and, with two workers, on
PostgreSQL. Published is from the console, by restoring a revision, which takes the way of every
other: the time is from the answer to the admin until the last old answer to a user, who asks on a
new connection each time. Told to end, the server has a live talk open, compares two revisions and
reads a notice that was uploaded.
"""

from __future__ import annotations

import asyncio
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from aiohttp import ClientSession, CookieJar, FormData

from benchmarks.table import Budget, Row, lines
from bot.console import passwords
from bot.revisions.publishing import Signed, publish
from storage import accounts, staff, tickets
from storage.accounts import AccountRow
from storage.database import Database
from storage.staff import StaffRow
from storage.tickets import TicketRow
from tests.acceptance.server import running_server
from tests.console.upload import TEXT
from tests.data_key import KEY, KEYS
from tests.knowledge.small import FILE, NOTICE
from tests.scratch import scratch

TIMES = 3
_ASKERS, _LONGEST = 3, 8.0
_QUESTION = "2030年惠企通知的实施计划几号报送"
_DAYS = ("5月20日", "5月25日")
_PASSWORD = "a password of an office"
_IN_FORCE = Budget(2.0, least=False, text="< 2 s")
_ENDED = Budget(3.0, least=False, text="< 3 s")


@asynccontextmanager
async def signed_in(url: str) -> AsyncIterator[ClientSession]:
    """An admin's browser."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        sent = {"proof": await _proof(browser, f"{url}/console/sign-in")}
        sent |= {"name": "bench", "password": _PASSWORD}
        async with browser.post(f"{url}/console/sign-in", data=sent) as response:
            assert response.url.path != "/console/sign-in", response.status
        yield browser


async def _proof(browser: ClientSession, page: str) -> str:
    async with browser.get(page) as response:
        found = re.search(r'name="proof" value="(\w+)"', await response.text())
    assert found, page
    return found[1]


async def settle(database: str) -> int:
    """An admin, two revisions that say different days, and a talk, whose number it returns."""
    now = datetime.now(UTC)
    db = await Database.open(database, keys=KEYS)
    for day in ("20", "25"):
        text = NOTICE.replace("2030-05-20", f"2030-05-{day}").replace("5月20日", f"5月{day}日")
        await publish(db, {FILE: text}, Signed("量", "量", now))
    async with db.transaction() as conn:
        await staff.put(conn, StaffRow("console:bench", "量", "admin", ("全国",), now))
        hash_ = passwords.hashed(_PASSWORD)
        await accounts.add(conn, AccountRow("bench", "console:bench", hash_, False, now))
        number = await tickets.open_(conn, TicketRow("web:bench", "有人吗", now, "厦门市"))
    await db.close()
    return number


async def in_force(url: str, browser: ClientSession, newest: int) -> tuple[float, float]:
    """The revision before `newest` is put in force once more: seconds until the admin is told so,
    and from then on until all answers are its."""
    page = f"{url}/console/drafts/history"
    sent = {"proof": await _proof(browser, page), "newest": newest, "number": newest - 1}
    asked = time.perf_counter()
    async with browser.post(page, data={**sent, "note": "量"}) as response:
        assert "已恢复" in await response.text()
    begun = time.perf_counter()
    old = _DAYS[(newest + 1) % 2]
    last = max(await asyncio.gather(*(_last_old(url, old, begun) for _ in range(_ASKERS))))
    return begun - asked, last


async def _last_old(url: str, old: str, begun: float) -> float:
    """When it was last asked what was then answered from what was in force before."""
    last, fresh = 0.0, 0
    while fresh < 20 and last < _LONGEST:
        asked = time.perf_counter() - begun
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as user:
            sent = {"id": str(uuid4()), "text": _QUESTION}
            async with user.post(f"{url}/chat", json=sent, headers={"Origin": url}) as response:
                is_old = old in str(await response.json())
        last, fresh = (asked, 0) if is_old else (last, fresh + 1)
    return last


async def busy(url: str, browser: ClientSession, ticket: int) -> None:
    """A live talk, a comparison and an upload, all under way; never ends."""
    async with browser.get(f"{url}/console/drafts/history/compare?old=1&new=2"):
        pass
    form = FormData({"proof": await _proof(browser, f"{url}/console/import")})
    form.add_field("file", (TEXT * 200).encode(), filename="notice.txt")

    async def watches() -> None:
        async with browser.get(f"{url}/console/talks/{ticket}/live?after=0") as talk:
            await talk.read()

    async def uploads() -> None:
        async with browser.post(f"{url}/console/import", data=form) as response:
            await response.read()

    await asyncio.gather(watches(), uploads(), return_exceptions=True)


async def measured(database: str, *options: str) -> list[Row]:
    ticket = await settle(database)
    env = {"ZHIXING_DATABASE": database, "ZHIXING_DATA_KEY": b64encode(KEY).decode()}
    seconds = []
    with TemporaryDirectory() as folder:
        async with running_server(Path(folder), env, *options) as url, signed_in(url) as browser:
            seconds = [await in_force(url, browser, 2 + n) for n in range(TIMES)]
            task = asyncio.create_task(busy(url, browser, ticket))
            await asyncio.sleep(3)
            begun = time.perf_counter()
        ended = time.perf_counter() - begun
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return [
        Row("restored from the console: the admin is told", [told for told, _ in seconds], "s"),
        Row(
            "… and then in force in all workers",
            [last for _, last in seconds],
            "s",
            budget=_IN_FORCE,
        ),
        Row("SIGTERM with a talk, a comparison, an upload: gone", [ended], "s", budget=_ENDED),
    ]


def sections() -> Iterator[tuple[str, list[Row]]]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'zhixing.db'}"
        yield "SQLite", asyncio.run(measured(url))
    with scratch("live") as made:
        yield "PostgreSQL, two workers", asyncio.run(measured(made.url, "--workers", "2"))


if __name__ == "__main__":
    for title, rows in sections():
        print("\n".join(lines({title: rows})), flush=True)
