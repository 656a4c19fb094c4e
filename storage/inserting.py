"""INSERT that may meet a row that is there already, in the words of either dialect."""

from __future__ import annotations

from typing import cast

from sqlalchemy import TableClause
from sqlalchemy.dialects import sqlite

from storage.connection import AsyncConnection


def insert_into(conn: AsyncConnection, table: TableClause) -> sqlite.Insert:
    """With `on_conflict_do_nothing`, `on_conflict_do_update` and `excluded`."""
    return insert_for(conn.dialect.name, table)


def insert_for(dialect: str, table: TableClause) -> sqlite.Insert:
    """The same for a dialect's name. PostgreSQL's is loaded for nobody else."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return cast(sqlite.Insert, postgresql.insert(table))
