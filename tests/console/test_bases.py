"""Knowledge bases that somebody looks into beside the one that is served."""

from __future__ import annotations

import asyncio
import weakref

import pytest

from bot.console.trying import bases
from bot.console.trying.bases import Bases
from bot.settings import Settings
from tests.bot.counter.office import NOW
from tests.console.small_base import few_notices
from tests.knowledge.small import FILE, NOTICE

__all__ = ["few_notices"]


async def test_what_nobody_looks_into_any_more_leaves_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bases, "_IDLE", 0.05)
    held = weakref.ref(await Bases().of_draft(Settings(), "draft", {FILE: NOTICE}, NOW))
    async with asyncio.timeout(60):
        while held() is not None:  # noqa: ASYNC110  what is collected sets no event
            await asyncio.sleep(0.05)
