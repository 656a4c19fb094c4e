"""The chat in a terminal: the same desk and database as the live channels."""

from __future__ import annotations

import asyncio
import io
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, suppress

from bot.account import account
from bot.desk import Desk
from bot.message import Message, Sender
from bot.opening import open_database, open_desk
from bot.revisions.served import served
from bot.settings import Settings
from bot.start import Clock, clock_of
from intents.turn import Reply, Said

with suppress(ImportError):  # where it is there, `input` has line editing and a history
    import readline  # noqa: F401

YOU, BOT = "您：", "知行："
LEAVE = "退出"
HINT = f"（输入“{LEAVE}”或按 Ctrl-D 结束）"


def run_chat(settings: Settings) -> None:
    """Talks until the user leaves. Raises KnowledgeError, DatabaseError, SettingsError.

    The loop rests while a line is awaited, so that Ctrl-C and line editing work as they always do.
    """
    _take_any_bytes()
    clock = clock_of(settings)
    with asyncio.Runner() as runner:
        opened = AsyncExitStack()
        try:
            desk = runner.run(_open(opened, settings, clock))
            with suppress(KeyboardInterrupt):
                _talk(lambda said: runner.run(_ask(desk, said, clock)))
        finally:
            runner.run(opened.aclose())


async def _open(opened: AsyncExitStack, settings: Settings, clock: Clock) -> Desk:
    db = await open_database(opened, settings)
    return open_desk(opened, db, await served(settings, db), clock, settings)


async def _ask(desk: Desk, said: Said, clock: Clock) -> Reply:
    message = Message(str(uuid.uuid4()), Sender("terminal", account()), said, clock())
    return (await desk.take(message)).reply


def _talk(ask: Callable[[Said], Reply]) -> None:
    print(HINT)
    print(f"{BOT}{ask(Said(event='welcome')).plain}")
    for line in _lines():
        print(f"{BOT}{ask(Said(line)).plain}")


def _lines() -> Iterator[str]:
    while True:
        try:
            line = input(f"\n{YOU}").strip()
        except EOFError:
            print()
            return
        if line == LEAVE:
            return
        if line:
            yield line


def _take_any_bytes() -> None:
    """A broken byte from the keyboard, or a sign that the screen lacks, shows as a mark."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
