"""An office with a console, on either database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from argon2 import PasswordHasher

from bot.console import passwords
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.counter import office as counter
from tests.console.office import Office, opened


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_cheap() -> Iterator[None]:
    """Hashing as it should be is slow by design; tests/console/test_passwords.py says how slow."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", cheap)
        yield


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
