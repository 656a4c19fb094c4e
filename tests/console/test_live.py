"""A talk goes on by itself on the page of who looks at it, and at nobody else's cost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse

from bot.console.talks import live, watch
from bot.console.talks.watch import Listener, Watch
from storage import accounts, sessions, tickets
from storage.accounts import AccountRow
from storage.database import Database
from storage.tickets import TicketRow, WordRow
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office
from tests.console.test_talks import says, takes, waits

Event = tuple[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EVERY", 0.02)


@asynccontextmanager
async def stream(
    browser: Browser, number: int, after: int = 0, last_id: str = ""
) -> AsyncIterator[ClientResponse]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    path = f"/console/talks/{number}/live?after={after}"
    async with browser.client.get(path, headers=headers) as response:
        yield response


async def event(response: ClientResponse, name: str) -> dict[str, Any]:
    """The next event of that name."""
    async for found, data in events(response):
        if found == name:
            return data
    raise AssertionError(f"the stream ended without {name}")


async def events(response: ClientResponse) -> AsyncIterator[Event]:
    name = ""
    while line := (await response.content.readline()).decode():
        key, _, value = line.rstrip("\n").partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)


async def said(office: Office, number: int, text: str, by: str = "wecom:ent") -> None:
    async with office.db.transaction() as conn:
        await tickets.say(conn, [WordRow(number, by, text, office.clock.now)])


async def test_what_is_said_appears_without_a_reload(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    async with stream(wang, number) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert response.headers["Cache-Control"] == "no-store"
        assert (await event(response, "stands"))["mine"]
        await said(office, number, "第一行\n第二行 <b>")
        word = await event(response, "word")
        assert (word["theirs"], word["who"], word["text"]) == (True, "对方", "第一行\n第二行 <b>")
        await says(wang, number, "收到")
        word = await event(response, "word")
        assert (word["theirs"], word["who"], word["text"]) == (False, "王芳", "收到")


async def test_who_comes_again_hears_what_was_said_meanwhile_and_nothing_twice(
    office: Office,
) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await said(office, number, "一")
    await said(office, number, "二")
    async with stream(wang, number) as response:
        first = await event(response, "word")
    async with stream(wang, number, last_id=str(first["id"])) as response:
        assert [first["text"], (await event(response, "word"))["text"]] == ["一", "二"]
    assert f"live?after={first['id'] + 1}" in (await wang.opens(f"/talks/{number}") and wang.page)


async def test_the_end_of_a_talk_is_told_and_ends_the_stream(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    async with stream(wang, number) as response:
        await event(response, "stands")
        async with office.db.transaction() as conn:
            await tickets.close(conn, number, "sender", NOW)
        stands = await event(response, "stands")
        assert (stands["state"], stands["why"]) == ("closed", "sender")
        assert [one async for one in events(response)] == []


async def test_who_signs_out_hears_no_more(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    async with stream(wang, number) as response:
        await event(response, "stands")
        await wang.opens("/account")
        await wang.sends("/sign-out")
        await said(office, number, "秘密")
        assert [one async for one in events(response)] == []


async def test_a_server_that_stops_waits_for_nobody_who_listens(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    async with stream(wang, number) as response:
        await event(response, "stands")
        await office.app.shutdown()
        assert [one async for one in events(response)] == []
    async with stream(wang, number) as response:
        assert [one async for one in events(response)] == []


async def test_a_silent_stream_beats_and_ends_after_a_while_so_that_the_browser_is_looked_at_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT", 0.01)
    monkeypatch.setattr(live, "LASTS", 0.2)
    number = await waits(office)
    wang = await office.hires("王芳")
    async with stream(wang, number) as response:
        body = await response.text()
    assert body.startswith("retry: ")
    assert "\n:\n\n" in body


async def test_a_script_learns_that_its_words_were_taken_or_why_not(office: Office) -> None:
    number = await waits(office)
    wang = await office.hires("王芳")
    await takes(wang, number)
    await wang.opens(f"/talks/{number}")
    proof, once = wang.hidden("proof"), wang.hidden("once")
    form = {"proof": proof, "once": once, "live": "yes", "step": "say"}
    async with wang.client.post(f"/console/talks/{number}", data=form | {"text": "好"}) as got:
        assert await got.json() == {"taken": True}
    await wang.sends(f"/talks/{number}", step="end")
    async with wang.client.post(f"/console/talks/{number}", data=form | {"text": "啊"}) as got:
        assert (got.status, await got.json()) == (409, {"problem": "over"})


class Looks:
    """The pauses between looks: each is over when somebody says so."""

    def __init__(self) -> None:
        self.paused = asyncio.Event()
        self._on = asyncio.Event()

    async def __call__(self, _seconds: float) -> None:
        self.paused.set()
        await self._on.wait()
        self._on.clear()

    async def on(self) -> None:
        await self.paused.wait()
        self.paused.clear()
        self._on.set()

    async def next(self) -> None:
        await self.on()
        await self.paused.wait()


class Counted:
    """A database that counts its transactions."""

    def __init__(self, db: Database) -> None:
        self._db, self.count = db, 0

    def transaction(self) -> Any:
        self.count += 1
        return self._db.transaction()


@pytest.fixture
async def ticket(db: Database) -> int:
    async with db.transaction() as conn:
        for name in ("a", "b"):
            await accounts.add(conn, AccountRow(name, f"wecom:{name}", "-", False, NOW))
            await sessions.begin(conn, name, name, NOW)
        return await tickets.open_(conn, TicketRow("web:lin", "问", NOW))


async def test_all_who_listen_cost_one_look_a_second_and_nobody_none(
    db: Database, ticket: int
) -> None:
    counted, looks = Counted(db), Looks()
    looked = Watch(counted, lambda: NOW, looks)  # type: ignore[arg-type]
    async with looked.listening(ticket, "a", 0) as one, looked.listening(ticket, "b", 0) as other:
        assert [(await _news(one)).words, (await _news(other)).words] == [(), ()]
        async with db.transaction() as conn:
            await tickets.say(conn, [WordRow(ticket, "web:lin", "在吗", NOW)])
        before = counted.count
        await looks.next()
        assert counted.count == before + 1
        for listener in (one, other):
            assert [word.text for word in (await _news(listener)).words] == ["在吗"]
        await looks.next()
        assert one.news.empty()
    await looks.on()
    async with looked.listening(ticket, "a", 0) as again:
        assert len((await _news(again)).words) == 1
    await looked.stop()


async def test_a_database_that_is_away_for_a_while_ends_nothing(db: Database, ticket: int) -> None:
    class Away(Counted):
        def transaction(self) -> Any:
            if self.count == 0:
                self.count += 1
                raise OSError
            return super().transaction()

    looks = Looks()
    looked = Watch(Away(db), lambda: NOW, looks)  # type: ignore[arg-type]
    async with looked.listening(ticket, "a", 0) as one:
        await looks.next()
        assert (await _news(one)).ticket.id == ticket
    await looked.stop()


async def _news(listener: Listener) -> Any:
    news = await listener.news.get()
    assert news is not None
    return news
