"""The assistant put together: settings, database, knowledge, desk, channels, routes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from random import random

from aiohttp import ClientSession, DummyCookieJar, web

from bot.care.counts import CountedDesk, Counts
from bot.care.loops import Loops
from bot.care.routes import Care, add_care
from bot.care.state import Looking
from bot.channels.connection import Connection, House
from bot.channels.envelope import MAX_BODY
from bot.connections import connect, running_ctx
from bot.console.app import add_console
from bot.delivery.worker import Worker, delivery_ctx
from bot.desk import Desk, Respond
from bot.handover.looking import looking_ctx
from bot.http import border, plain_server_header, well_formed
from bot.limits.addresses import CALLBACKS, Addresses
from bot.limits.allowance import Allowance
from bot.limits.senders import LimitedDesk
from bot.limits.slow import HEARD, hearing
from bot.naming import NamingDesk, naming
from bot.opening import open_database, open_desk
from bot.platforms.sharing import Shared
from bot.privacy.daily import purging_ctx
from bot.push.pushing import Pusher, pushing_ctx
from bot.responding import respond as shipped_respond
from bot.revisions.reload import Reloader, reload_ctx
from bot.revisions.served import begun
from bot.settings import Settings
from bot.start import Clock, clock_of
from bot.warm import warming
from bot.web.routes import add_web_chat

TOLD_A_MINUTE = 1
"""How often who writes too fast is told so."""

WARMING: web.AppKey[Callable[[], None]] = web.AppKey("WARMING")
"""Makes what only answering makes. To be called once, in a thread: it takes a second."""


async def build_app(
    settings: Settings, clock: Clock | None = None, respond: Respond = shipped_respond
) -> web.Application:
    """Opens the database and closes it when the application is cleaned up.

    Raises KnowledgeError, DatabaseError, SettingsError.
    """
    clock = clock or clock_of(settings)
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        current = await begun(settings, db, clock())
        session = await opened.enter_async_context(ClientSession(cookie_jar=DummyCookieJar()))
        news = asyncio.Event()
        pushable: set[str] = set()
        counts, loops = Counts(), Loops()
        inner = open_desk(opened, db, current, clock, settings, respond, news.set, pushable)
        desk = _guarded(inner, settings, counts)
        house = House(desk, db, session, clock, random, news.set, Shared(db, clock))
        connections = connect(settings, house)
        couriers = [courier for one in connections for courier in one.couriers]
        pushable |= {courier.channel for courier in couriers}
        app = _application(settings, desk, connections, clock)
        app[WARMING] = warming(current.kb, respond, clock())
        app.on_response_prepare.append(counts.responded)
        looking = Looking(db, current, clock, loops, pushable)
        add_care(app, Care(db, current, looking, counts, settings.metrics.allow))
        # In this order: the background jobs end before what they use is closed.
        app.cleanup_ctx.append(_closing(opened.pop_all()))
        add_console(app, db, current, clock, settings, pushable, news.set, session, looking)
        jobs = {
            "outbox": delivery_ctx(Worker(db, couriers, clock, wake=news, told=counts.sent)),
            "pushes": pushing_ctx(Pusher(settings, db, current, clock, news.set, pushable)),
            "handover": looking_ctx(settings, db, clock, pushable, news.set),
            "platforms": running_ctx(connections),
            "purge": purging_ctx(settings, db, clock),
            "revisions": reload_ctx(Reloader(settings, db, current, clock, respond)),
        }
        app.cleanup_ctx.extend(loops.watched(name, job) for name, job in jobs.items())
    return app


def _guarded(inner: Desk, settings: Settings, counts: Counts) -> CountedDesk:
    """Whoever writes too fast is held back, and what comes in is counted."""
    told = Allowance(TOLD_A_MINUTE)
    limited = LimitedDesk(inner, Allowance(settings.limits.messages), told)
    return CountedDesk(NamingDesk(limited), counts)


def _application(
    settings: Settings, desk: CountedDesk, connections: Sequence[Connection], clock: Clock
) -> web.Application:
    limits = settings.limits
    addresses = Addresses(Allowance(limits.refusals), limits.proxies)
    middlewares = [naming, hearing, border, addresses.alike, well_formed]
    app = web.Application(client_max_size=MAX_BODY, middlewares=middlewares)
    app[HEARD] = set()
    app.on_response_prepare.append(plain_server_header)
    for connection in connections:
        if connection.add_routes:
            connection.add_routes(app)
    app[CALLBACKS] = frozenset(resource.canonical for resource in app.router.resources())
    if settings.web_chat:
        add_web_chat(app, desk, clock)
    return app


def _closing(opened: AsyncExitStack) -> Callable[[web.Application], AsyncIterator[None]]:
    async def held(_app: web.Application) -> AsyncIterator[None]:
        async with opened:
            yield

    return held
