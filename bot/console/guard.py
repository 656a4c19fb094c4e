"""What stands before every page: who it is, whether the page is theirs, whether they meant it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pkgutil import resolve_name
from urllib.parse import quote

from aiohttp import web

from bot.beside import beside
from bot.console import browser, looks
from bot.console.visit import (
    LONGEST,
    LONGEST_FILE,
    Answer,
    Console,
    Elsewhere,
    Page,
    Shown,
    Stream,
    Upload,
    Visit,
    Who,
    is_at_least,
)
from bot.http import BODY_SECONDS, Room, roomy
from bot.web.visitor import from_own_page
from storage import accounts, audit, sessions, tickets
from storage import staff as staff_table
from storage.audit import AuditRow
from storage.database import Conflict
from storage.keys import storable
from storage.staff import Role

log = logging.getLogger(__name__)

Handler = Callable[[Visit], Awaitable[Shown]]

_PAGES: dict[str, Handler] = {}
"""Those that were asked for, by their names."""

_TRIES = 3
_NO_ROOM = Room(64 * 1024, BODY_SECONDS)


@dataclass(frozen=True, slots=True)
class Route:
    """`page` names its `Handler`: a module of this package and a function. `least` is the role
    that it takes, None for a page that is everybody's. `within`: what it shows and changes is of
    the regions of the member of staff alone. `room` is what those who may can post, where that is
    more than callbacks of platforms need."""

    method: str
    path: str
    page: str
    least: Role | None
    within: bool
    room: Room | None = None


def guarded(
    route: Route, console: Console
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        held = browser.token_of(request)
        token = held or browser.new_token()
        member = await _member(console, held)
        if route.method == "POST":
            room = route.room if route.room and _may(route, member) else _NO_ROOM
            request = await roomy(request, room)
        fields = await _fields(request)
        form = {name: values[-1] for name, values in fields.items()}
        picked = tuple(fields.get("pick", ()))
        uploads = await _uploads(request) if route.room else ()
        visit = Visit(request, console, member, token, form, picked, uploads)
        answer = await _refused(route, visit, held) or await _handled(route, visit)
        if isinstance(answer, Stream):
            return await answer.run(request)
        return looks.shown(answer, visit)

    return handle


def _may(route: Route, member: Who | None) -> bool:
    if member is None or route.least is None:
        return route.least is None
    return is_at_least(member.staff.role, route.least)


async def _refused(route: Route, visit: Visit, held: str | None) -> Answer | None:
    """The answer to who may not; None where all is well."""
    posted = route.method == "POST"
    if posted and not from_own_page(visit.request):
        return Page("refused.html", {"why": "foreign"}, 403)
    if route.least is not None and visit.member is None:
        to = "" if posted else f"?to={quote(visit.request.path_qs, safe='')}"
        return Elsewhere(f"{browser.PATH}/sign-in{to}")
    if posted and not browser.is_proved(held, visit.form.get("proof")):
        return Page("refused.html", {"why": "stale"}, 403)
    if route.least is None or visit.member is None:
        return None
    if visit.who.account.temporary and route.path not in ("/password", "/sign-out"):
        return Elsewhere(f"{browser.PATH}/password")
    if not _may(route, visit.member):
        await _note_refusal(visit, route)
        return Page("refused.html", {"why": "role", "least": route.least}, 403)
    return _too_long(visit, LONGEST if route.room is None else LONGEST_FILE)


def _too_long(visit: Visit, most: int) -> Answer | None:
    """What was typed is given back rather than cut."""
    found = [text for text in visit.form.values() if len(text) > most]
    return Page("too-long.html", {"found": found, "most": most}, 413) if found else None


async def _handled(route: Route, visit: Visit) -> Shown:
    """Once more where another worker was there first: nothing was done then."""
    page = _PAGES.get(route.page)
    if page is None:
        page = await beside(partial(_loaded, route.page))
    for _ in range(_TRIES - 1):
        try:
            return await page(visit)
        except Conflict:
            log.info("again after a conflict: %s %s", route.method, route.path)
    return await page(visit)


def _loaded(page: str) -> Handler:
    """Beside the event loop: what nobody has asked for yet may take half a second to import."""
    found: Handler = resolve_name(f"bot.console.{page}")
    return _PAGES.setdefault(page, found)


async def _member(console: Console, token: str | None) -> Who | None:
    """Whoever is signed in and still on the staff; the settings' word on who is goes first."""
    if token is None:
        return None
    async with console.db.transaction() as conn:
        name = await sessions.account_of(conn, token, console.clock())
        account = await accounts.find(conn, name) if name else None
        if account is None:
            return None
        member = console.provided.listed.get(account.staff)
        member = member or (await staff_table.of(conn, [account.staff])).get(account.staff)
        waiting = await tickets.waiting(conn)
    return Who(account, member, waiting) if member else None


async def _fields(request: web.Request) -> dict[str, list[str]]:
    """What was posted; files are no texts of ours."""
    if request.method != "POST":
        return {}
    posted = await request.post()
    return {
        name: [storable(value) for value in posted.getall(name) if isinstance(value, str)] or [""]
        for name in posted
    }


async def _uploads(request: web.Request) -> tuple[Upload, ...]:
    """The files that were posted; a form whose field of files was left empty has none."""
    posted = [one for one in (await request.post()).values() if isinstance(one, web.FileField)]
    try:
        return tuple(Upload(storable(one.filename), one.file.read()) for one in posted)
    finally:
        for one in posted:
            one.file.close()


async def _note_refusal(visit: Visit, route: Route) -> None:
    async with visit.transaction() as conn:
        row = AuditRow(visit.now, visit.staff.sender, "refused", detail=f"控制台 {route.path}")
        await audit.record(conn, [row])
