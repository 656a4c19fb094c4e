"""`zhixing serve`: the application on a port, from start to SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from asyncio import TaskGroup
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory

from aiohttp import web

from bot.app import WARMING, build_app
from bot.banner import banner, password_told
from bot.beside import beside
from bot.care.counts import SHARED
from bot.console.app import first_password_of
from bot.http import AccessLog
from bot.limits.slow import HEARD, KEPT_SECONDS, cutting
from bot.logs import begin_to_log
from bot.settings import Settings, SettingsError
from bot.settling import settle
from bot.workers.notifying import ready
from bot.workers.supervisor import NotReady, Supervisor, command_of

GRACE = 1.0
"""Seconds for requests that are being answered when the end comes; twice this at the worst."""

LINGER = 1.0
"""Seconds in which the rest of a refused body is read away, so that the refusal arrives."""

BACKLOG = 1024


log = logging.getLogger(__name__)


class ListenError(Exception):
    """The address cannot be listened on; `str` is one line."""


def serve(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT, then ends within three seconds.

    Raises ListenError, KnowledgeError, DatabaseError, SettingsError.
    """
    begin_to_log(settings.log.format)
    asyncio.run(_serve(settings))


def serve_on(settings: Settings, fd: int) -> None:
    """As `serve`, as one of several workers that accept from the socket `fd`; also ends with
    whoever holds the other end of its stdin."""
    begin_to_log(settings.log.format)
    asyncio.run(_serve(settings, socket.socket(fileno=fd)))


def serve_with(settings: Settings, workers: int, argv: Sequence[str]) -> int:
    """Several workers, each run by `argv`; the exit status. SIGHUP replaces all of them.

    Raises ListenError, and SettingsError where the database has one writer at a time.
    """
    if not settings.database.startswith("postgres"):
        raise SettingsError("serve: several workers need PostgreSQL (settings: database)")
    begin_to_log(settings.log.format)
    with _bound(settings) as listening, TemporaryDirectory(prefix="zhixing-") as counted:
        env = os.environ | {SHARED: counted}
        return asyncio.run(_supervise(settings, workers, listening, argv, env))


async def _supervise(
    settings: Settings,
    workers: int,
    listening: socket.socket,
    argv: Sequence[str],
    env: Mapping[str, str],
) -> int:
    supervisor = Supervisor(workers, listening, command_of(argv), env)
    try:
        await supervisor.start()
    except NotReady as problem:
        return problem.status or 1
    _print(banner(settings, _url(listening.getsockname())))
    await supervisor.run()
    return 0


async def _serve(settings: Settings, shared: socket.socket | None = None) -> None:
    stop = _stop_signal()
    app = await build_app(settings)
    runner = web.AppRunner(
        app,
        access_log_class=AccessLog,
        shutdown_timeout=GRACE,
        lingering_time=LINGER,
        keepalive_timeout=KEPT_SECONDS,
    )
    try:
        await runner.setup()
        listening = shared or _bound(settings)
        await web.SockSite(runner, listening, backlog=BACKLOG).start()
        password = await first_password_of(app)
        if shared is None:
            _print(banner(settings, _url(listening.getsockname()), password))
        else:
            asyncio.get_running_loop().add_reader(sys.stdin.fileno(), stop.set)
            _print(password_told(password) if password else "")
        if shared is not None:  # another worker answers meanwhile
            await _warmed(app)
        ready()
        assert runner.server is not None
        async with cutting(runner.server, app[HEARD]), TaskGroup() as tasks:
            # Who comes to the only worker within the first second is heard, and waits.
            warmed = tasks.create_task(_warmed(app)) if shared is None else None
            await stop.wait()
            if warmed is not None:
                warmed.cancel()
    finally:
        await runner.cleanup()


async def _warmed(app: web.Application) -> None:
    """Once it is, what is there stays."""
    try:
        await beside(app[WARMING])
    except Exception as error:  # border: it only saves time
        log.error("cannot be warmed: %s", type(error).__name__)
    settle()


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _bound(settings: Settings) -> socket.socket:
    """Raises ListenError."""
    where = f"{settings.host}:{settings.port}"
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ListenError(f"cannot listen on {where}: {reason}") from None


def _url(address: tuple[str, int]) -> str:
    """Where to click on this machine: any interface is reached by loopback too."""
    host, port = address[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{port}"
