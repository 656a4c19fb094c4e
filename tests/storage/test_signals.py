"""Signals: heard by all who listen once the commit is done, again after the connection broke."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from storage import signals
from storage.database import Database
from storage.signals import Listener

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@asynccontextmanager
async def listening(db: Database) -> AsyncIterator[asyncio.Queue[str]]:
    """What is heard; the first "" says that it began."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(Listener(db, heard.put_nowait).run())
    yield heard
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def send(db: Database, signal: str) -> None:
    async with db.transaction() as conn:
        await signals.send(conn, signal)


@on_postgresql
async def test_all_who_listen_hear_what_was_committed_and_nothing_else(db: Database) -> None:
    async with listening(db) as one, listening(db) as other:
        assert [await one.get(), await other.get()] == ["", ""]
        with suppress(KeyError):
            async with db.transaction() as conn:
                await signals.send(conn, "taken back")
                raise KeyError
        await send(db, "published")
        assert [await one.get(), await other.get()] == ["published", "published"]


@on_postgresql
async def test_a_broken_connection_is_made_anew(db: Database) -> None:
    async with listening(db) as heard:
        await heard.get()
        async with db.transaction() as conn:
            await conn.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
                )
            )
        assert await heard.get() == ""
        await send(db, "published")
        assert await heard.get() == "published"


async def test_who_has_no_signals_may_still_send_them(db: Database) -> None:
    await send(db, "published")
