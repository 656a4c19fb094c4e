"""PostgreSQL databases of one run alone: blank, or with all tables and no rows."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg

POSTGRESQL = os.environ.get("ZHIXING_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")

# Who is killed leaves a connection that may still be committing.
_ALONE = """\
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_AT_WORK = """\
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL"""
_BLANK = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
# As a replica does: no trigger refuses it, and no row asks for what it points to.
_EMPTIED = """\
SET session_replication_role = replica;
DO $$
DECLARE place text;
BEGIN
  FOR place IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP EXECUTE format('DELETE FROM %I', place); END LOOP;
  PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public';
END $$"""


async def let_go(url: str) -> None:
    """Until PostgreSQL has noticed that a process was killed, that one's transaction still holds
    what it had locked. There is nothing to wait for with SQLite."""
    if not url.startswith("postgresql"):
        return
    connection = await asyncpg.connect(url)
    try:
        while await connection.fetchval(_AT_WORK):
            await connection.execute("SELECT pg_sleep(0.02)")
    finally:
        await connection.close()


@dataclass(frozen=True, slots=True)
class Scratch:
    """A PostgreSQL database."""

    name: str

    @property
    def url(self) -> str:
        return f"{POSTGRESQL}/{self.name}"

    def blank(self) -> None:
        """As before any migration."""
        _run(self.name, _ALONE, _BLANK)

    def emptied(self) -> None:
        """Keeps the tables and leaves no row in them; what counts rows begins anew."""
        _run(self.name, _ALONE, _EMPTIED)


@contextmanager
def scratch(purpose: str) -> Iterator[Scratch]:
    """Blank, and gone at the end. Raises OSError where no PostgreSQL answers."""
    made = Scratch(f"zhixing_test_{os.getpid()}_{purpose}")
    _run("postgres", f'CREATE DATABASE "{made.name}"')
    # What a client that is killed has committed lasts all the same.
    _run("postgres", f'ALTER DATABASE "{made.name}" SET synchronous_commit = off')
    try:
        yield made
    finally:
        _run("postgres", f'DROP DATABASE "{made.name}" WITH (FORCE)')


def _run(database: str, *statements: str) -> None:
    asyncio.run(_execute(database, statements))


async def _execute(database: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(f"{POSTGRESQL}/{database}")
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
