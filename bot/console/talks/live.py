"""A talk as it goes on: server-sent events, for as long as one may look and somebody does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.console.talks.pages import may_see, spoken
from bot.console.talks.watch import Listener, News
from bot.console.visit import Page, Shown, Stream, Visit

BEAT = 15.0
"""Seconds after which a proxy would take silence for the end."""
LASTS = 300.0
"""Seconds after which the browser comes again, and is looked at again."""

_HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
_RETRY = b"retry: 1000\n\n"


async def live(visit: Visit) -> Shown:
    """From behind the last word that the browser has."""
    async with visit.transaction() as conn:
        ticket = await may_see(visit.serving(conn), visit.number)
    if isinstance(ticket, Page):
        return ticket
    return Stream(lambda request: _stream(request, visit))


async def _stream(request: web.Request, visit: Visit) -> web.StreamResponse:
    response = web.StreamResponse(headers=_HEADERS)
    with suppress(ConnectionError):  # nobody looks any more
        await response.prepare(request)
        await response.write(_RETRY)
        talks = visit.console.talks
        async with talks.listening(visit.number, visit.token, _after(visit)) as listener:
            await _send(response, visit, listener)
        await response.write_eof()
    return response


async def _send(response: web.StreamResponse, visit: Visit, listener: Listener) -> None:
    loop = asyncio.get_running_loop()
    ends = loop.time() + LASTS
    while loop.time() < ends:
        try:
            news = await asyncio.wait_for(listener.news.get(), BEAT)
        except TimeoutError:
            await response.write(b":\n\n")
            continue
        if news is None:
            return
        await response.write(b"".join(await _events(visit, news)))
        if news.ticket.state == "closed":
            return


async def _events(visit: Visit, news: News) -> Sequence[bytes]:
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        words = [await spoken(at, news.ticket, word) for word in news.words]
        holder = await at.name_of(news.ticket.staff) if news.ticket.staff else ""
    mine = news.ticket.state == "held" and news.ticket.staff == visit.staff.sender
    stands = {
        "state": news.ticket.state,
        "why": news.ticket.why or "",
        "holder": holder,
        "mine": mine,
        "waiting": news.waiting,
    }
    told = [_event("word", word, str(word["id"])) for word in words]
    return [*told, _event("stands", stands)]


def _event(name: str, data: dict[str, Any], id_: str = "") -> bytes:
    """JSON keeps each line break of users within its one line."""
    head = f"id: {id_}\n" if id_ else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _after(visit: Visit) -> int:
    said = visit.request.headers.get("Last-Event-ID") or visit.asked("after")
    return int(said) if said.isdecimal() and len(said) < 16 else 0
