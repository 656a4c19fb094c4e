"""Knowledge bases that are not served, built for who looks into them: of a draft, of a revision of
before."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from bot.beside import beside
from bot.responding import forget
from bot.revisions.served import Revision, knowledge_in
from bot.settings import Settings
from bot.settling import settle
from bot.start import knowledge_of
from bot.warm import warmed
from knowledge.load import file_of
from knowledge.snapshot import KnowledgeBase

_MOST = 3
_IDLE = 600.0
"""Seconds after which one goes that nobody looks into any more."""


class Bases:
    """The last few that were asked for. Each is built in a thread, one at a time, so that messages
    are answered meanwhile: no transaction may be open."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, KnowledgeBase] = OrderedDict()
        self._ends: dict[str, asyncio.TimerHandle] = {}
        self._building = asyncio.Lock()

    async def of_draft(
        self, settings: Settings, key: str, texts: Mapping[str, str], now: datetime
    ) -> KnowledgeBase:
        """`key` tells its texts from any others. Raises KnowledgeError, SettingsError."""

        files = [file_of(name, text) for name, text in texts.items()]
        return await self._built(f"draft {key}", lambda: knowledge_of(settings, files), now)

    async def of_revision(
        self, settings: Settings, number: int, texts: Mapping[str, str], now: datetime
    ) -> KnowledgeBase:
        """0 is the settings' directory as it is. Raises KnowledgeError, SettingsError."""
        if number == 0:
            return await self._built("revision 0", lambda: knowledge_of(settings), now)
        revision = Revision(number, dict(texts))
        build = partial(knowledge_in, settings, revision)
        return await self._built(f"revision {number}", build, now)

    async def _built(
        self, key: str, build: Callable[[], KnowledgeBase], now: datetime
    ) -> KnowledgeBase:
        async with self._building:
            if key not in self._kept:
                self._kept[key] = await beside(lambda: warmed(build(), now))
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST:
                self._drop(next(iter(self._kept)))
            if key in self._ends:
                self._ends[key].cancel()
            self._ends[key] = asyncio.get_running_loop().call_later(_IDLE, self._drop, key)
            return self._kept[key]

    def _drop(self, key: str) -> None:
        del self._kept[key]
        self._ends.pop(key).cancel()
        forget()  # or what is remembered of it keeps it in memory
        settle()
