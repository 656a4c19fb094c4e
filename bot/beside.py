"""Long reckonings beside the event loop."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

Found = TypeVar("Found")

_TURN = 0.0005
"""Seconds after which a reckoning lets the loop go on that waits for its turn. An answer waits some
dozen times; with Python's own 5 ms it took twice as long while a knowledge base was built."""

_lock = threading.Lock()
_turns: list[float] = []
"""What was in use before, of each reckoning that goes on."""


async def beside(reckon: Callable[[], Found]) -> Found:
    """What `reckon` returns, or raises, in a thread of its own. That is a daemon, unlike those of
    `asyncio.to_thread`: a server which is told to end does not wait for what nobody will see."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Found] = loop.create_future()

    def run() -> None:
        try:
            with _in_short_turns():
                found = reckon()
        except BaseException as error:  # border: it is raised where it is waited for
            _tell(loop, done, done.set_exception, error)
        else:
            _tell(loop, done, done.set_result, found)

    threading.Thread(target=run, daemon=True).start()
    return await done


@contextmanager
def _in_short_turns() -> Iterator[None]:
    with _lock:
        _turns.append(sys.getswitchinterval())
        sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        with _lock:
            before = _turns.pop()
            if not _turns:
                sys.setswitchinterval(before)


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
