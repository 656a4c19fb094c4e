"""One database by URL, SQLite or PostgreSQL: migrated to head, then one transaction at a time."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, cast

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage import data_keys, one_hop, outside
from storage.connection import AsyncConnection, AsyncEngine, create_async_engine
from storage.migrating import UnknownRevision, upgrade
from storage.sealing import Keyring

if TYPE_CHECKING:
    import asyncpg

Dialect = Literal["sqlite", "postgresql"]
T = TypeVar("T")

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_PRAGMAS = ("busy_timeout = 10000", "synchronous = NORMAL", "foreign_keys = ON")
_CONFLICTS = {"40001", "40P01"}  # serialization failure, deadlock
_BUSY_TRIES = 100
_READS = "zhixing_reads"
"""The option of a connection that writes nothing."""
_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class DatabaseError(Exception):
    """The database cannot be used; one line says why, without its password."""


class Conflict(Exception):
    """Another worker was there first; the whole transaction may be tried again."""


class Database:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @classmethod
    async def open(cls, url: str, *, create: bool = True, keys: Keyring | None = None) -> Self:
        """Connects and migrates to head; any number of workers may do so at the same moment.

        `sqlite:///file` and `postgresql://…` get their async driver; the file must be there
        unless it is to be created. Without `keys`, until `unlock`, nothing can be sealed and
        nothing sealed be read. Raises DatabaseError.
        """
        parsed = _async_url(url)
        if not create:
            _must_exist(parsed)
        engine, _ = await _ready(parsed, _nothing)
        db = cls(engine)
        if keys is not None:
            await db._unlock_or_close(keys)
        return db

    @classmethod
    async def begun(cls, url: str, fill: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Lets `fill` write tables and rows, migrates them to head, all in one transaction.

        Raises DatabaseError, and what `fill` raises; then nothing was written.
        """
        engine, made = await _ready(_async_url(url), fill)
        await engine.dispose()
        return made

    async def sealed_with(self) -> frozenset[str]:
        """The ids of the keys with which values in it were sealed."""
        async with self.transaction() as conn:
            return await data_keys.known(conn)

    async def unlock(self, keys: Keyring) -> None:
        """From now on values are sealed and opened with `keys`.

        Raises DatabaseError where values were sealed with a key that is not among them.
        """
        async with self.transaction() as conn:
            missing = await data_keys.known(conn) - set(keys.ids)
            if missing:
                raise DatabaseError(
                    f"no data key {', '.join(sorted(missing))} was given, with which it was sealed"
                )
            await data_keys.add(conn, keys.ids[:1])
        self._engine.sync_engine.update_execution_options(keyring=keys)

    async def note_key(self) -> None:
        """Notes once more which key seals here: a rotation may have been run too early."""
        keys: Keyring = self._engine.sync_engine.get_execution_options().get("keyring", Keyring())
        async with self.transaction() as conn:
            await data_keys.add(conn, keys.ids[:1])

    async def _unlock_or_close(self, keys: Keyring) -> None:
        try:
            await self.unlock(keys)
        except BaseException:
            await self.close()
            raise

    @property
    def dialect(self) -> Dialect:
        return cast(Dialect, self._engine.dialect.name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Commits at the end of the block, rolls back on any exception. Raises Conflict.

        What goes with it outside the database (`storage.outside`) shares its end. SQLite takes
        its write lock at the start, so that nothing read inside can grow stale.
        """
        try:
            things: list[outside.Outside] = []
            with outside.decided(things):
                async with self._engine.begin() as conn:
                    outside.begin(conn, things)
                    yield conn
        except DBAPIError as problem:
            if is_conflict(problem):
                raise Conflict("another worker was there first") from problem
            raise

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Reads alone, all of one moment, however long they take; nobody waits for them."""
        async with self._engine.connect() as conn:
            if self.dialect == "postgresql":
                await conn.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            else:
                await conn.execution_options(**{_READS: True})
            async with conn.begin():
                yield conn

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        """The driver's own connection to PostgreSQL, outside of any transaction and of the pool;
        it is closed at the end of the block."""
        async with self._engine.connect() as conn:
            raw = await conn.get_raw_connection()
            connection = cast("asyncpg.Connection[Any]", raw.driver_connection)
            try:
                yield connection
            finally:
                await conn.invalidate()

    async def close(self) -> None:
        """Must be called: each open SQLite connection has a thread of its own."""
        await self._engine.dispose()


_UNUSABLE = (
    SQLAlchemyError,
    UnknownRevision,
    OSError,
    sqlite3.Error,
    TypeError,  # an argument in the URL that the driver does not know
    ValueError,
)


def _async_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError("not a database URL: sqlite:///FILE or postgresql://…") from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise DatabaseError(f"no database driver {parsed.drivername!r}: sqlite or postgresql")
    if "sslmode" in parsed.query:  # libpq's word for what asyncpg calls ssl
        ssl = parsed.query["sslmode"]
        parsed = parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": ssl})
    return parsed.set(drivername=driver)


def _must_exist(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise DatabaseError(f"database {url.database}: no such file")


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        return create_async_engine(
            url, json_serializer=_TO_JSON, hide_parameters=True, pool_pre_ping=True
        )
    engine = create_async_engine(
        url,
        json_serializer=_TO_JSON,
        hide_parameters=True,  # what people wrote must not end up in logs
        # Writers of one process queue here, in turn, rather than poll for SQLite's lock.
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        # The driver must not begin by itself.
        connect_args={"async_creator_fn": one_hop.connect, "isolation_level": None},
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


async def _ready(
    url: URL, first: Callable[[AsyncConnection], Awaitable[T]]
) -> tuple[AsyncEngine, T]:
    """An engine whose database is migrated to head, once `first` is done. Raises DatabaseError."""
    engine = _engine(url)
    try:
        if engine.dialect.name == "sqlite":
            await _write_ahead(engine)
        async with engine.begin() as conn:
            done = await first(conn)
            await conn.run_sync(upgrade)
    except BaseException as problem:
        await engine.dispose()
        if isinstance(problem, _unusable(engine)):
            raise DatabaseError(_one_line(url, problem)) from problem
        raise
    return engine, done


def _unusable(engine: AsyncEngine) -> tuple[type[BaseException], ...]:
    """What its driver raises, too; that of the other dialect is not loaded for it."""
    if engine.dialect.name == "sqlite":
        return _UNUSABLE
    import asyncpg

    return (*_UNUSABLE, asyncpg.PostgresError, asyncpg.InterfaceError)


async def _nothing(_conn: AsyncConnection) -> None:
    pass


async def _write_ahead(engine: AsyncEngine) -> None:
    """Switches the file to WAL, where it stays; the one step for which SQLite does not wait."""
    async with engine.connect() as conn:
        driver: Any = (await conn.get_raw_connection()).driver_connection
        for tries in range(_BUSY_TRIES):
            try:
                await driver.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as problem:
                if tries == _BUSY_TRIES - 1 or "locked" not in str(problem):
                    raise
            await asyncio.sleep(0.05)


def is_conflict(problem: Exception) -> bool:
    """Whether the transaction that it ended may be tried again."""
    if not isinstance(problem, DBAPIError):
        return False
    state = getattr(problem.orig, "sqlstate", None)
    return isinstance(problem, IntegrityError) or state in _CONFLICTS


def _one_line(url: URL, problem: BaseException) -> str:
    """What went wrong, without SQLAlchemy's further lines and without the password."""
    cause = problem.orig if isinstance(problem, DBAPIError) and problem.orig else problem
    first = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    first = re.sub(r"^<class '[^']+'>: ", "", first)
    if isinstance(problem, UnknownRevision):
        first = f"made by a newer version of the program ({first})"
    return f"database {url.render_as_string(hide_password=True)}: {first}"
