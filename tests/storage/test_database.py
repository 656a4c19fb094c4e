"""Opening a database: by any URL, from any state, by any number of workers at once."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage import conversations, demands, handling, outbox, questions
from storage import database as module
from storage.connection import create_async_engine
from storage.database import Database, DatabaseError
from storage.schema import metadata
from tests.data_key import KEYS

MIGRATIONS = Path(module.__file__).parent / "migrations"
ROOT = MIGRATIONS.parent.parent
START = "import asyncio, sys; from storage.database import Database; asyncio.run({})"
OPEN_AND_CLOSE = START.format("Database.open(sys.argv[1])")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


REVISIONS = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


EARLIER = [
    "INSERT INTO conversations VALUES ('wecom:张三', '{\"v\": 1, \"demands\": 1}', '2024-05-01')",
    "INSERT INTO questions (sender, kind, question, lacks, nearest, state, at)"
    " VALUES ('wecom:张三', 'question', '何时报送', '2026年', NULL, 'open', '2024-05-01')",
    "INSERT INTO demands (sender, number, notice, channel, status, fields, personal,"
    " created, updated, moved) VALUES ('wecom:张三', 1, 'cnipa-2021-51', 'wecom', 'submitted',"
    """ '{"单位名称": "福建某某公司", "手机": "13900000001", "需国家局协调": true}', '["手机"]',"""
    " '2024-05-01', '2024-05-01', '2024-05-01')",
    "INSERT INTO demand_events (demand, status, at) SELECT id, 'draft', '2024-05-01' FROM demands",
    "INSERT INTO demand_events (demand, status, at)"
    " SELECT id, 'submitted', '2024-05-01' FROM demands",
]
"""What the version before the demand desk left."""


def _differences(connection: Connection) -> object:
    return compare_metadata(MigrationContext.configure(connection), metadata)


async def test_an_empty_database_gets_the_tables_that_the_code_expects(db: Database) -> None:
    async with db.transaction() as conn:
        assert await conn.run_sync(_differences) == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_database_of_any_earlier_version_is_brought_to_head(
    blank_url: str, revision: str
) -> None:
    earlier = create_async_engine(module._async_url(blank_url))
    async with earlier.begin() as conn:
        await conn.run_sync(lambda c: command.upgrade(_config(c), revision))
    await earlier.dispose()
    db = await Database.open(blank_url)
    async with db.transaction() as conn:
        assert await conn.run_sync(_differences) == []
    await db.close()


async def test_what_an_earlier_version_stored_is_there_after_the_migration(
    blank_url: str,
) -> None:
    earlier = create_async_engine(module._async_url(blank_url))
    async with earlier.begin() as conn:
        await conn.run_sync(lambda c: command.upgrade(_config(c), "0002"))
        for statement in EARLIER:
            await conn.exec_driver_sql(statement)
    await earlier.dispose()
    db = await Database.open(blank_url, keys=KEYS)
    async with db.transaction() as conn:
        [demand] = await demands.listing(conn)
        told = await handling.history(conn, demand.id)
        [asked] = await questions.open_questions(conn)
        talks = await conversations.load(conn, ["wecom:张三"])
    assert demand.fields["单位名称"] == "福建某某公司"
    assert (demand.bureau, demand.national, demand.personal) == (None, True, ("手机",))
    assert [(e.step, e.actor, e.why) for e in told] == [("submit", "wecom:张三", "")]
    assert (asked.question, asked.state, asked.answer) == ("何时报送", "open", None)
    assert talks == {"wecom:张三": {"v": 1, "demands": 1}}
    await db.close()


async def test_a_digest_that_was_waiting_before_there_were_letters_is_one(
    blank_url: str,
) -> None:
    earlier = create_async_engine(module._async_url(blank_url))
    async with earlier.begin() as conn:
        await conn.run_sync(lambda c: command.upgrade(_config(c), "0003"))
        await conn.exec_driver_sql(
            "INSERT INTO outbox (key, target, payload, state, due, attempts) VALUES"
            " ('digest:2024-05-01:工作群', '工作群',"
            """ '{"title": "简报", "text": "新增 3 项"}', 'waiting', '2024-05-01', 2)"""
        )
    await earlier.dispose()
    db = await Database.open(blank_url, keys=KEYS)
    async with db.transaction() as conn:
        [waiting] = await outbox.listing(conn)
    assert (waiting.target, waiting.channel) == ("robot:工作群", "robot")
    assert waiting.payload == {
        "title": "简报",
        "reply": {"kind": "command", "text": "新增 3 项"},
        "markdown": True,
    }
    await db.close()


async def test_opening_again_keeps_what_is_stored(db: Database, database_url: str) -> None:
    async with db.transaction() as conn:
        await conn.execute(text("INSERT INTO conversations VALUES ('a:b', '{}', '2024-05-01')"))
    again = await Database.open(database_url)
    async with again.transaction() as conn:
        stored = await conn.execute(text("SELECT sender FROM conversations"))
        assert stored.scalars().all() == ["a:b"]
    await again.close()


async def test_workers_that_start_at_the_same_moment_all_find_a_ready_database(
    blank_url: str,
) -> None:
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", OPEN_AND_CLOSE, blank_url, cwd=ROOT
        )
        for _ in range(4)
    ]
    assert [await worker.wait() for worker in workers] == [0, 0, 0, 0]
    db = await Database.open(blank_url)
    async with db.transaction() as conn:
        assert await conn.run_sync(_differences) == []
    await db.close()


async def test_workers_of_one_process_may_open_the_same_database_at_once(
    blank_url: str,
) -> None:
    for db in await asyncio.gather(*(Database.open(blank_url) for _ in range(5))):
        async with db.transaction() as conn:
            assert await conn.run_sync(_differences) == []
        await db.close()


async def test_a_database_of_a_newer_program_is_refused(blank_url: str) -> None:
    db = await Database.open(blank_url)
    async with db.transaction() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await db.close()
    with pytest.raises(DatabaseError, match="newer version"):
        await Database.open(blank_url)


async def test_what_fails_inside_a_transaction_leaves_nothing(db: Database) -> None:
    async def write_and_fail() -> None:
        async with db.transaction() as conn:
            await conn.execute(text("INSERT INTO conversations VALUES ('a:b', '{}', '2024-05-01')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    async with db.transaction() as conn:
        assert (await conn.execute(text("SELECT sender FROM conversations"))).all() == []


async def test_a_transaction_that_is_cancelled_leaves_nothing_and_frees_the_database(
    db: Database,
) -> None:
    written = asyncio.Event()

    async def write_and_linger() -> None:
        async with db.transaction() as conn:
            await conn.execute(text("INSERT INTO conversations VALUES ('a:b', '{}', '2024-05-01')"))
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_linger())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.transaction() as conn:
        assert (await conn.execute(text("SELECT sender FROM conversations"))).all() == []


async def test_sqlite_is_in_wal_and_takes_its_write_lock_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    first, second = await Database.open(url), await Database.open(url)
    async with second.transaction() as conn:
        assert (await conn.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
        assert (await conn.execute(text("PRAGMA synchronous"))).scalar() == 1
        assert (await conn.execute(text("PRAGMA foreign_keys"))).scalar() == 1
        await conn.execute(text("PRAGMA busy_timeout = 0"))
    async with first.transaction():
        with pytest.raises(Exception, match="database is locked"):
            await second.transaction().__aenter__()
    async with second.transaction() as conn:
        await conn.execute(text("INSERT INTO conversations VALUES ('a:b', '{}', '2024-05-01')"))
    await first.close()
    await second.close()


async def test_a_database_in_memory_serves_many_tasks() -> None:
    db = await Database.open("sqlite://")

    async def count() -> int:
        async with db.transaction() as conn:
            found = await conn.execute(text("SELECT count(*) FROM demands"))
            return int(found.scalar_one())

    assert await asyncio.gather(*(count() for _ in range(5))) == [0] * 5
    await db.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("zhixing.db", "not a database URL"),
        ("postgresql://postgres@127.0.0.1:port/x", "not a database URL"),
        ("mysql://root@localhost/x", "no database driver 'mysql'"),
        ("sqlite:////no/such/folder/x.db", "unable to open database file"),
        ("postgresql://postgres:geheim@127.0.0.1:1/x", "Connect call failed"),
        ("postgresql://postgres@127.0.0.1/x?colour=red", "unexpected keyword argument 'colour'"),
    ],
)
async def test_a_url_that_leads_nowhere_is_told_in_one_line_without_its_password(
    url: str, says: str
) -> None:
    with pytest.raises(DatabaseError) as told:
        await Database.open(url)
    assert says in str(told.value)
    assert "\n" not in str(told.value)
    assert "geheim" not in str(told.value)


async def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("你好，这不是数据库。" * 100)
    with pytest.raises(DatabaseError, match=r"file is not a database$"):
        await Database.open(f"sqlite:///{tmp_path / 'letter.txt'}")


async def test_a_database_that_postgresql_does_not_have_is_told_in_one_line(
    other_scratch: str,
) -> None:
    with pytest.raises(DatabaseError, match=r'database "[^"]*nowhere" does not exist$'):
        await Database.open(f"{other_scratch}_nowhere")


def test_sslmode_of_a_plain_postgresql_url_reaches_the_driver() -> None:
    url = module._async_url("postgresql://u@h/x?sslmode=require")
    assert url.query == {"ssl": "require"}
    assert url.drivername == "postgresql+asyncpg"
