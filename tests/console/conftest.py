"""An office with a console, on either database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.counter import office as counter
from tests.console.office import Office, opened


@pytest.fixture(scope="session")
def office_kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return counter.knowledge(tmp_path_factory.mktemp("office"))


@pytest.fixture
async def office(db: Database, office_kb: KnowledgeBase) -> AsyncIterator[Office]:
    office = await opened(db, office_kb)
    yield office
    for browser in office.browsers:
        await browser.client.close()
    await office.server.close()
