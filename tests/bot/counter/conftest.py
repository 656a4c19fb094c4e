"""The knowledge of an office that has resources to match."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.bot.counter import office


@pytest.fixture(scope="session")
def office_kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return office.knowledge(tmp_path_factory.mktemp("office"))
