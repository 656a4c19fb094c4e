"""Long reckonings beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Found = TypeVar("Found")


async def beside(reckon: Callable[[], Found]) -> Found:
    """What `reckon` returns, or raises, in a thread of its own. That is a daemon, unlike those of
    `asyncio.to_thread`: a server which is told to end does not wait for what nobody will see."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Found] = loop.create_future()

    def run() -> None:
        try:
            found = reckon()
        except BaseException as error:  # border: it is raised where it is waited for
            _tell(loop, done, done.set_exception, error)
        else:
            _tell(loop, done, done.set_result, found)

    threading.Thread(target=run, daemon=True).start()
    return await done


def _tell(
    loop: asyncio.AbstractEventLoop,
    done: asyncio.Future[Found],
    tell: Callable[..., None],
    what: object,
) -> None:
    def told() -> None:
        if not done.done():  # nobody waits any more for what was cancelled
            tell(what)

    with suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(told)
