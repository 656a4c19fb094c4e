"""Long reckonings for a page, in turn, each followed as far as it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
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
        self._moved = asyncio.Event()

    async def moves(self, seconds: float) -> None:
        """Until more is known, but no longer than that."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()
        self._moved.clear()

    async def run(self, steps: AsyncIterator[Found], turn: asyncio.Lock) -> None:
        """Each thing that `steps` gives stands for the ones before. Who shares `turn` waits."""
        try:
            async with turn:
                async for found in steps:
                    self.found = found
                    self._moved.set()
        except Exception as error:  # border: a page tells it
            log.error("%s in a job of the console", type(error).__name__)
            self.failed = True
        finally:
            self.is_over = True
            self._moved.set()
