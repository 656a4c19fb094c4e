"""Access tokens of platforms, which all workers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import tokens
from storage.sealing import keyring_of

VALUE = "tokens.value"


@dataclass(frozen=True, slots=True)
class StoredToken:
    """`until` is when its platform will call it dead."""

    value: str = field(repr=False)
    until: datetime


async def find(conn: AsyncConnection, name: str) -> StoredToken | None:
    statement = select(tokens.c.value, tokens.c.until).where(tokens.c.name == name)
    found = (await conn.execute(statement)).one_or_none()
    return StoredToken(keyring_of(conn).open(found[0], VALUE), found[1]) if found else None


async def put(conn: AsyncConnection, name: str, token: StoredToken) -> None:
    """In the place of the one before."""
    value = keyring_of(conn).seal(token.value, VALUE)
    statement = insert_into(conn, tokens).values(name=name, value=value, until=token.until)
    new = {key: statement.excluded[key] for key in ("value", "until")}
    await conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_=new))
