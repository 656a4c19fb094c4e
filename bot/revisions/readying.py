"""What is about to be published is built first: then it can be loaded, and is in force at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.beside import beside
from bot.current import Current, Ready
from bot.revisions.served import Revision, knowledge_in
from bot.settings import Settings
from bot.warm import warmed


@asynccontextmanager
async def readied(
    settings: Settings, revision: Revision, current: Current | None, now: datetime
) -> AsyncIterator[None]:
    """Publish within; where that fails, nothing of it stays in memory. `current` is what this
    process serves, if it does. No transaction may be open.

    Raises KnowledgeError, SettingsError.
    """
    kb = await beside(lambda: knowledge_in(settings, revision))
    if current is None:
        yield
        return
    current.ready = ready = Ready(revision.texts, await beside(lambda: warmed(kb, now)))
    try:
        yield
    except BaseException:
        if current.ready is ready:
            current.ready = None
        raise
