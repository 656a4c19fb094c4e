"""`zhixing serve`: the application on a port, from start to SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

from aiohttp import web

from bot.app import build_app
from bot.banner import banner
from bot.console.app import first_password_of
from bot.http import AccessLog, hush_protocol_errors
from bot.settings import Settings

GRACE = 1.0
"""Seconds for requests that are being answered when the end comes; twice this at the worst."""

LINGER = 1.0
"""Seconds in which the rest of a refused body is read away, so that the refusal arrives."""

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class ListenError(Exception):
    """The address cannot be listened on; `str` is one line."""


def serve(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT, then ends within three seconds.

    Raises ListenError, KnowledgeError, DatabaseError, SettingsError.
    """
    logging.basicConfig(level=logging.INFO, format=_FORMAT, stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(hush_protocol_errors)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop = _stop_signal()
    app = await build_app(settings)
    runner = web.AppRunner(
        app,
        access_log_class=AccessLog,
        shutdown_timeout=GRACE,
        lingering_time=LINGER,
    )
    try:
        await runner.setup()
        await _listen(runner, settings)
        sys.stdout.write(banner(settings, _url(runner), await first_password_of(app)))
        sys.stdout.flush()
        await stop.wait()
    finally:
        await runner.cleanup()


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port, backlog=1024).start()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ListenError(f"cannot listen on {settings.host}:{settings.port}: {reason}") from None


def _url(runner: web.AppRunner) -> str:
    """Where to click on this machine: any interface is reached by loopback too."""
    host, port = runner.addresses[0][:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{port}"
