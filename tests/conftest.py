"""The shipped knowledge; and a database of each kind, empty for each test.

PostgreSQL may be missing, except in CI.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests import log_detector
from tests.data_key import KEYS

POSTGRESQL = os.environ.get("ZHIXING_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
SCRATCH = f"zhixing_test_{os.getpid()}"

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
def scratch() -> Iterator[str]:
    """The URL of a PostgreSQL database of this run alone, dropped after it."""
    try:
        asyncio.run(_postgresql("postgres", f'CREATE DATABASE "{SCRATCH}"'))
    except OSError as problem:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs PostgreSQL at {POSTGRESQL}: {problem}")
        pytest.skip(f"no PostgreSQL at {POSTGRESQL}: {problem}")
    yield f"{POSTGRESQL}/{SCRATCH}"
    asyncio.run(_postgresql("postgres", f'DROP DATABASE "{SCRATCH}" WITH (FORCE)'))


@pytest.fixture
def other_scratch(scratch: str) -> Iterator[str]:
    """A second PostgreSQL database, empty, for what moves from one to another."""
    name = f"{SCRATCH}_other"
    asyncio.run(_postgresql("postgres", f'CREATE DATABASE "{name}"'))
    yield f"{scratch}_other"
    asyncio.run(_postgresql("postgres", f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, before any migration."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zhixing.db'}"
    url: str = request.getfixturevalue("scratch")
    asyncio.run(_postgresql(SCRATCH, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    return url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url, keys=KEYS)
    yield database
    await database.close()


async def _postgresql(database: str, statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRESQL}/{database}")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
