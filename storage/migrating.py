"""Brings a database's tables to a revision, inside the transaction that it is given.

Alembic is loaded only where there is something to do: most starts find the newest tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x7A686978696E67  # "zhixing"


class UnknownRevision(Exception):
    """This program does not know the revision; `str` names it."""


def revisions() -> list[str]:
    """All that there were, the first one first: each stands in its migration's file name."""
    return sorted(file.name[1:5] for file in (_MIGRATIONS / "versions").glob("r*.py"))


def upgrade(connection: Connection, to: str = "head") -> None:
    """One worker does it, the others wait for its lock and find nothing to do.

    Raises UnknownRevision.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if to == "head" and _stands_at(connection) == revisions()[-1]:
        return
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(_config(connection), to)
    except CommandError as problem:
        raise UnknownRevision(str(problem)) from problem


def _stands_at(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
