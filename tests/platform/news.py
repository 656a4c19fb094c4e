"""Waiting for something to be so, without asking over and over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

LONGEST = 30.0
"""Seconds after which a wait fails: then something is wrong with what is tested."""


class News:
    """Whoever changes something calls `tell`; whoever waits looks again."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, what: Callable[[], bool]) -> None:
        """Raises TimeoutError when it takes too long."""
        async with asyncio.timeout(LONGEST):
            while not what():
                await self._event.wait()
