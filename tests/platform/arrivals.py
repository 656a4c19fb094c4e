"""What reached people, in order: where a test looks for lost messages and for doubles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.platform.news import News


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
        self._news = News()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Arrival]:
        return iter(self._all)

    def add(self, arrival: Arrival) -> None:
        self._all.append(arrival)
        self._news.tell()

    def of(self, user: str) -> list[Arrival]:
        return [arrival for arrival in self._all if arrival.user == user]

    def texts(self, user: str | None = None) -> list[str]:
        """What `user` reads, oldest first; what all read without one."""
        return [one.text for one in self._all if user in (None, one.user)]

    async def until(self, count: int, user: str | None = None) -> list[str]:
        """Waits until `count` messages are there, then says their texts."""
        await self._news.until(lambda: len(self.texts(user)) >= count)
        return self.texts(user)
