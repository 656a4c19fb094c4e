"""An office with a console: its people, a browser for each, and a clock that goes on."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from urllib.parse import urlencode

from aiohttp import ClientSession, CookieJar, DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.care.loops import Loops
from bot.care.state import Looking
from bot.console import passwords
from bot.console.app import add_console
from bot.current import Current
from bot.http import border, well_formed
from bot.settings import Settings
from knowledge.snapshot import KnowledgeBase
from storage import accounts, audit, staff
from storage.accounts import AccountRow
from storage.audit import StoredAudit
from storage.database import Database
from storage.staff import Role
from tests.bot.counter.office import NOW, clerk

PASSWORD = "a password of an office"
_PROOF = re.compile(r'name="proof" value="([0-9a-f]{64})"')


@lru_cache
def _hash() -> str:
    """One hash for all of the tests' people: it takes a while to make."""
    return passwords.hashed(PASSWORD)


@dataclass
class Clock:
    """Each look at it is a millisecond later; it goes on by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class Browser:
    """One person's browser: what they open and send, and what they are shown."""

    client: TestClient[web.Request, web.Application]
    page: str = ""
    status: int = 0
    at: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def opens(self, path: str) -> str:
        """What is on the page, as text."""
        return await self._got(self.client.get(URL(f"/console{path}", encoded="%" in path)))

    async def looks_for(self, path: str, pairs: Sequence[tuple[str, str]]) -> str:
        """A form for searching, as a browser sends it: what was typed stands in the address."""
        return await self._got(self.client.get(f"/console{path}", params=list(pairs)))

    async def sends(self, path: str, **fields: str | Sequence[str]) -> str:
        """A form of the page that is open, as a browser sends it."""
        found = _PROOF.search(self.page)
        fields = {"proof": found[1] if found else "", **fields}
        pairs = [
            (name, one)
            for name, value in fields.items()
            for one in ([value] if isinstance(value, str) else value)
        ]
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        body = BytesIO(urlencode(pairs).encode())
        return await self._got(self.client.post(f"/console{path}", data=body, headers=headers))

    async def pours(self, path: str, body: bytes) -> str:
        """A form's body, however large."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        sending = self.client.post(f"/console{path}", data=BytesIO(body), headers=kind)
        return await self._got(sending)

    async def downloads(self, path: str, **fields: str) -> bytes:
        """The file that a form of the page gives."""
        fields = {"proof": self.hidden("proof"), **fields}
        async with self.client.post(f"/console{path}", data=fields) as response:
            assert response.status == 200
            assert response.headers["Content-Disposition"].startswith("attachment")
            return await response.read()

    async def signs_in(self, name: str, password: str = PASSWORD) -> str:
        await self.opens("/sign-in")
        return await self.sends("/sign-in", name=name, password=password)

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no {name} on the page"
        return html.unescape(found[1])

    async def _got(self, sending: object) -> str:
        async with sending as response:  # type: ignore[attr-defined]
            self.page = await response.text() if "text" in response.content_type else ""
            self.status, self.at = response.status, response.url.path
            return text_of(self.page)


def text_of(page: str) -> str:
    """What is read on a page: its words alone, in one line."""
    words = re.sub(r"<[^>]*>", " ", page.partition("<main")[2].partition(">")[2])
    return " ".join(html.unescape(words).split())


@dataclass
class Office:
    """`people` sign in by their names; the password is the same for all."""

    db: Database
    kb: KnowledgeBase
    app: web.Application
    server: TestServer
    clock: Clock
    woken: list[None]
    browsers: list[Browser] = field(default_factory=list)

    async def hires(
        self, name: str, role: Role = "clerk", regions: tuple[str, ...] = ("厦门市",)
    ) -> Browser:
        """Their browser, signed in."""
        row = clerk(name, role, regions)
        async with self.db.transaction() as conn:
            await staff.put(conn, row)
            await accounts.add(conn, AccountRow(name, row.sender, _hash(), False, NOW))
        browser = self.browser()
        await browser.signs_in(name)
        assert browser.status == 200, browser.page
        return browser

    def browser(self) -> Browser:
        browser = Browser(TestClient(self.server, cookie_jar=CookieJar(unsafe=True)))
        self.browsers.append(browser)
        return browser

    async def on_record(self) -> list[StoredAudit]:
        async with self.db.transaction() as conn:
            return await audit.listing(conn)


async def opened(db: Database, kb: KnowledgeBase, settings: Settings | None = None) -> Office:
    app = web.Application(client_max_size=64 * 1024, middlewares=[border, well_formed])
    clock, woken = Clock(), list[None]()
    settings = settings or Settings()
    session = ClientSession(cookie_jar=DummyCookieJar())
    app.on_cleanup.append(lambda _app: session.close())
    wake = lambda: woken.append(None)  # noqa: E731
    current = Current(kb)
    looking = Looking(db, current, clock, Loops(), {"wecom"})
    add_console(app, db, current, clock, settings, {"wecom"}, wake, session, looking)
    server = TestServer(app)
    await server.start_server()
    return Office(db, kb, app, server, clock, woken)
