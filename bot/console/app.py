"""The console put together: one application under `/console`."""

from __future__ import annotations

from collections.abc import Callable, Collection

from aiohttp import ClientSession, web
from aiohttp.typedefs import Handler

from bot.care.state import Looking
from bot.console import browser, looks
from bot.console.drafts.shared import Reports
from bot.console.guard import guarded
from bot.console.ledger import Ledger
from bot.console.opening import first_password
from bot.console.reading import reading_ahead
from bot.console.routes import ROUTES
from bot.console.talks.watch import Watch
from bot.console.visit import Console
from bot.console.wecom_sign_in import login_of
from bot.current import Current
from bot.exports.places import reporters_of
from bot.http import TAKES_BODY, border
from bot.settings import Settings
from bot.staff.counter.provided import Provided
from bot.staff.members import listed
from bot.start import Clock
from storage.database import Database

CONSOLE = web.AppKey("console", Console)


def add_console(
    app: web.Application,
    db: Database,
    current: Current,
    clock: Clock,
    settings: Settings,
    pushable: Collection[str],
    wake: Callable[[], None],
    session: ClientSession,
    looking: Looking,
) -> None:
    """`pushable` and `wake` are those of the desk, `session` asks WeCom. What is added to
    `app` to be cleaned up after this is so before the console's own."""
    provided = _provided(settings, current, clock, pushable)
    talks, reports = Watch(db, clock), Reports(db, clock)
    console = Console(
        *(db, current, clock, settings, provided, Ledger(), looking, talks, reports, wake),
        wecom=login_of(settings, session, clock),
    )
    own = web.Application(middlewares=[_kindly])
    looks.set_up(own)
    own.on_shutdown.append(lambda _own: talks.stop())
    own.on_shutdown.append(lambda _own: reports.stop())
    own.router.add_static("/static", looks.STATIC)
    taking: set[Handler] = set()
    for route in ROUTES:
        handler = guarded(route, console)
        own.router.add_route(route.method, route.path, handler)
        if route.method == "POST":
            taking.add(handler)
    app[TAKES_BODY] = taking
    app.router.add_get(browser.PATH, _to_home)
    app.add_subapp(browser.PATH, own)
    app.cleanup_ctx.append(reading_ahead(console))
    app[CONSOLE] = console


def _provided(
    settings: Settings, current: Current, clock: Clock, pushable: Collection[str]
) -> Provided:
    reporters = reporters_of(settings, current.kb)
    members = listed(settings, clock())
    return Provided(settings.knowledge, settings.exports, members, reporters, pushable)


async def first_password_of(app: web.Application) -> str | None:
    """`bot.console.opening.first_password`, for the server that runs the application."""
    console = app[CONSOLE]
    return await first_password(console.db, console.clock())


@web.middleware
async def _kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What goes wrong is told on a page; `border` logs it."""
    try:
        response = await border(request, handler)
    except web.HTTPException as problem:
        if problem.status < 400:
            raise
        response = web.Response(status=problem.status)
    if response.status < 400 or response.body_length or getattr(response, "body", None):
        return response
    return looks.render(request, "problem.html", {"status": response.status}, response.status)


async def _to_home(_request: web.Request) -> web.Response:
    raise web.HTTPSeeOther(f"{browser.PATH}/")
