"""What is about to be published is built first: then it can be loaded, and is in force at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.beside import beside
from bot.current import Current, Ready
from bot.revisions.served import Revision, knowledge_in
from bot.settings import Settings


@asynccontextmanager
async def readied(
    settings: Settings, revision: Revision, current: Current | None
) -> AsyncIterator[None]:
    """Publish within; where that fails, nothing of it stays in memory. `current` is what this
    process serves, if it does. No transaction may be open.

    Raises KnowledgeError, SettingsError.
    """
    kb = await beside(lambda: knowledge_in(settings, revision))
    ready = Ready(revision.texts, kb)
    if current is not None:
        current.ready = ready
    try:
        yield
    except BaseException:
        if current is not None and current.ready is ready:
            current.ready = None
        raise
