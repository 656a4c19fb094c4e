"""An office on each database, with and without a way to write to its enterprises first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.handover.office import Office


@pytest.fixture
async def office(db: Database, kb: KnowledgeBase, tmp_path: Path) -> AsyncIterator[Office]:
    here = Office(db, kb, tmp_path)
    yield here
    await here.desk.close()
