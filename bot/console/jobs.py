"""Long reckonings for a page: one at a time, each in a thread, followed by the event loop."""

from __future__ import annotations

import asyncio
import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Found = TypeVar("Found")


class Job(Generic[Found]):
    """`found` is what is known so far; None at first. `failed`: there will be no more of it."""

    def __init__(self) -> None:
        self.found: Found | None = None
        self.failed = False
        self.is_over = False
        self._loop = asyncio.get_running_loop()
        self._moved = asyncio.Event()

    async def moves(self, seconds: float) -> None:
        """Until more is known, but no longer than that."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()
        self._moved.clear()

    def run(self, steps: Callable[[], Iterator[Found]]) -> None:
        """In a thread. Each thing that `steps` gives stands for the ones before."""
        try:
            for found in steps():
                self.found = found
                self._tell()
        except Exception as error:  # border: a page tells it
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s in a job of the console\n%s", type(error).__name__, frames)
            self.failed = True
        finally:
            self.is_over = True
            self._tell()

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the server has ended meanwhile
            self._loop.call_soon_threadsafe(self._moved.set)


class Jobs:
    """The threads are daemons, so that a server which is told to end does not wait for them."""

    def __init__(self) -> None:
        self._one = threading.Lock()

    def begin(self, steps: Callable[[], Iterator[Found]]) -> Job[Found]:
        job: Job[Found] = Job()
        threading.Thread(target=self._in_turn, args=(job, steps), daemon=True).start()
        return job

    def _in_turn(self, job: Job[Found], steps: Callable[[], Iterator[Found]]) -> None:
        with self._one:
            job.run(steps)
