"""The shipped knowledge; and a database of each kind, empty for each test.

PostgreSQL may be missing, except in CI.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests import log_detector
from tests.data_key import KEYS
from tests.scratch import POSTGRESQL, Scratch, scratch

# How long a machine takes that does other things as well says nothing about the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _nothing_secret_is_logged() -> Iterator[None]:
    yield from log_detector.listening()


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The shipped notices; nothing that a test does can change it."""
    return load_knowledge(shipped_dir())


@pytest.fixture(scope="session")
def _blank_scratch() -> Iterator[Scratch]:
    yield from _postgresql("blank")


@pytest.fixture(scope="session")
def _other_scratch() -> Iterator[Scratch]:
    yield from _postgresql("other")


@pytest.fixture(scope="session")
def _ready_scratch() -> Iterator[Scratch]:
    for ready in _postgresql("ready"):
        asyncio.run(_migrated(ready.url))
        yield ready


@pytest.fixture(scope="session")
def _ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ready") / "zhixing.db"
    asyncio.run(_migrated(f"sqlite:///{file}"))
    return file


@pytest.fixture
def other_scratch(_other_scratch: Scratch) -> str:
    """The URL of a second PostgreSQL database, blank, for what moves from one to another."""
    _other_scratch.blank()
    return _other_scratch.url


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database before any migration."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zhixing.db'}"
    scratch: Scratch = request.getfixturevalue("_blank_scratch")
    scratch.blank()
    return scratch.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with all its tables, which are made once: that takes a while."""
    if request.param == "sqlite":
        copied = shutil.copy(request.getfixturevalue("_ready_file"), tmp_path / "zhixing.db")
        return f"sqlite:///{copied}"
    scratch: Scratch = request.getfixturevalue("_ready_scratch")
    scratch.emptied()
    return scratch.url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url, keys=KEYS)
    yield database
    await database.close()


def _postgresql(purpose: str) -> Iterator[Scratch]:
    with ExitStack() as lasting:
        try:
            made = lasting.enter_context(scratch(purpose))
        except OSError as problem:
            if os.environ.get("CI"):
                pytest.fail(f"CI needs PostgreSQL at {POSTGRESQL}: {problem}")
            pytest.skip(f"no PostgreSQL at {POSTGRESQL}: {problem}")
        yield made


async def _migrated(url: str) -> None:
    await (await Database.open(url)).close()
