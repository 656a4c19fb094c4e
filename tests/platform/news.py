"""Waiting for something to be so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

LONGEST = 30.0
"""Seconds after which a wait fails: then something is wrong with what is tested."""

_LOOK_AGAIN = 0.05


class News:
    """Whoever changes something calls `tell`; whoever waits looks again.

    They look now and then without being told, too: for what changes elsewhere.
    """

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, what: Callable[[], bool]) -> None:
        """Raises TimeoutError when it takes too long."""
        async with asyncio.timeout(LONGEST):
            while not what():
                with suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_AGAIN):
                        await self._event.wait()
