"""What staff and admins ask for on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from bot.delivery.plan import plan_of
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.staff.digest import for_bureau
from bot.staff.digest_job import queue_extra, so_far
from bot.staff.digest_wording import render
from bot.start import knowledge_of


async def preview_digest(settings: Settings, now: datetime) -> str:
    """The markdown that a WeCom robot would get now; nothing is stored or sent.

    Raises SettingsError, KnowledgeError, DatabaseError.
    """
    kb, plan = knowledge_of(settings), plan_of(settings)
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        return render(await so_far(db, for_bureau(kb), plan, now))


async def push_digest(settings: Settings, now: datetime) -> Sequence[str]:
    """Puts what `preview_digest` shows into the outbox, from which a running server sends it.

    Returns the names of the robots. Raises SettingsError where there are none, and as above.
    """
    plan = plan_of(settings)
    if not plan.robots:
        raise SettingsError("settings: digest.targets: names no robot")
    kb = knowledge_of(settings)
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        return await queue_extra(db, for_bureau(kb), plan, now)
