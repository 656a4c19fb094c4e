"""What reached people, in order: where a test looks for lost messages and for doubles."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Arrival:
    """One message on somebody's screen.

    `user` is whoever sees it: a userid, openid, external_userid, or a group's id. `text` is what
    they read; `body` the part of the request that it came from; `via` the path or command.
    """

    user: str
    text: str
    kind: str
    via: str
    at: datetime
    body: dict[str, Any] = field(repr=False)


class Arrivals:
    def __init__(self) -> None:
        self._all: list[Arrival] = []
        self._news = asyncio.Event()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Arrival]:
        return iter(self._all)

    def add(self, arrival: Arrival) -> None:
        self._all.append(arrival)
        self._news.set()
        self._news = asyncio.Event()

    def of(self, user: str) -> list[Arrival]:
        return [arrival for arrival in self._all if arrival.user == user]

    def texts(self, user: str | None = None) -> list[str]:
        """What `user` reads, oldest first; what all read without one."""
        return [one.text for one in self._all if user in (None, one.user)]

    async def until(self, count: int, user: str | None = None) -> list[str]:
        """Waits until `count` messages are there, then says their texts. Bound it by a timeout."""
        while len(self.texts(user)) < count:
            await self._news.wait()
        return self.texts(user)
