"""Every page of the console, by every role, in and out of the region: as its table says."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import count
from typing import get_args

import pytest

from bot.console.guard import Route
from bot.console.routes import ROUTES
from bot.delivery.letters import Letter, to_json
from intents.turn import Reply
from storage import claims, demands, outbox, questions, staff, tickets
from storage.claims import Wanted
from storage.connection import AsyncConnection
from storage.outbox import OutboxRow
from storage.staff import Role
from storage.tickets import TicketRow
from tests.bot.counter.office import NOW, ask_question, clerk, file_demand
from tests.console.office import Browser, Office

RANK: list[Role] = ["clerk", "head", "admin"]
REGIONS = {"here": ("厦门市",), "there": ("漳州市",)}
COMPANY = "厦门一诺科技有限公司"
ASKED = "个体户能报吗"
SENT = {"version": "x", "step": "accept", "answer": "可以", "pick": "1"}


_DAYS = count()
"""Each digest is of a day of its own, as no two are sent for one."""


async def address(office: Office, route: Route) -> str:
    """An address of the route, of what is in 厦门."""
    async with office.db.transaction() as conn:
        if route.path.startswith("/questions"):
            number = await ask_question(conn, "厦门市", ASKED)
        elif route.path.startswith("/talks"):
            number = await tickets.open_(conn, TicketRow("web:lin", ASKED, NOW, "厦门市"))
            await tickets.close(conn, number, "staff", NOW)
        elif route.path.startswith("/pushes"):
            number = await _failed(conn)
        else:
            number = await file_demand(conn, "xiamen")
    path = re.sub(r"\{number:[^/]*\}", str(number), route.path)
    return re.sub(r"\{id:[^/]*\}", "cnipa-2021-51", path)


async def _failed(conn: AsyncConnection) -> int:
    """A digest that could not be sent, which names the enterprise."""
    words = to_json(Letter(Reply("command", f"{COMPANY}：{ASKED}")))
    reader = clerk("王芳", "clerk", ("厦门市",))
    await staff.put(conn, reader)
    key = f"digest:daily:{(NOW + timedelta(next(_DAYS))).date()}:{reader.sender}"
    row = OutboxRow(key, reader.sender, words, NOW, "wecom", region="厦门市")
    await outbox.add(conn, [row])
    [claimed] = await claims.claim(conn, NOW, {"wecom": Wanted(1)}, timedelta(minutes=1))
    await claims.dead(conn, claimed, NOW, "errcode 60111: no member of this id")
    return claimed.id


async def _tries(browser: Browser, route: Route, path: str) -> None:
    if route.method == "GET":
        await browser.opens(path)
    else:
        await browser.opens("/account")
        await browser.sends(path, **SENT)


def test_every_role_is_in_the_table_of_ranks() -> None:
    assert set(RANK) == set(get_args(Role))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_a_page_is_for_its_role_and_those_above(office: Office, route: Route) -> None:
    path = await address(office, route)
    stranger = office.browser()
    await stranger.opens("/sign-in")
    await _tries_unknown(stranger, route, path)
    assert (stranger.at == "/console/sign-in") or route.least is None
    if route.least is None or route.path in ("/sign-out", "/password"):
        return
    for role in RANK:
        browser = await office.hires(f"某{role}", role)
        await _tries(browser, route, path)
        allowed = RANK.index(role) >= RANK.index(route.least)
        assert (browser.status == 403) == (not allowed), (role, browser.status)
        assert browser.status < 500
        if not allowed:
            assert "这一页由" in browser.page
            assert COMPANY not in browser.page


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.within], ids=lambda route: f"{route.method} {route.path}"
)
async def test_nothing_of_another_region_is_shown_or_changed(office: Office, route: Route) -> None:
    path = await address(office, route)
    before = None
    for role in RANK[RANK.index(route.least or "clerk") :]:
        browser = await office.hires(f"某{role}", role, REGIONS["there"])
        before = before or await _state(office)
        await _tries(browser, route, path)
        assert COMPANY not in browser.page
        assert ASKED not in browser.page
        assert browser.status == 403 if "number" in route.path else browser.status < 500
        assert await _state(office) == before


async def _tries_unknown(browser: Browser, route: Route, path: str) -> None:
    if route.method == "GET":
        await browser.opens(path)
    else:
        await browser.sends(path, **SENT)


async def _state(office: Office) -> tuple[list[str], list[str], list[str]]:
    async with office.db.transaction() as conn:
        found: list[str] = [demand.status for demand in await demands.listing(conn)]
        asked: list[str] = [question.state for question in await questions.listing(conn)]
        return found, asked, [message.state for message in await outbox.listing(conn)]
