"""Messages that were taken, each once, with the reply that each was given: past turns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from storage.connection import AsyncConnection
from storage.schema import inbox
from storage.sealing import Keyring, keyring_of

REPLY = "inbox.reply"

_REPLIES = select(inbox.c.key, inbox.c.reply).where(
    inbox.c.key.in_(bindparam("keys", expanding=True))
)
_TAKE = insert(inbox)
_ROWS = select(inbox.c.key, inbox.c.sender, inbox.c.at, inbox.c.reply, inbox.c.until, inbox.c.kind)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """`key` is ``channel:user id``, the message's; `reply` is what a repeat of it gets again, and
    what was said. `kind` is the reply's, None of what was erased; it is kept until `until`."""

    key: str
    sender: str
    at: datetime
    reply: dict[str, Any]
    until: datetime
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of one UTC hour got a reply of one kind."""

    hour: datetime
    kind: str
    count: int


async def replies(conn: AsyncConnection, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The stored reply of each key that was taken before."""
    found = await conn.execute(_REPLIES, {"keys": list(keys)})
    ring = keyring_of(conn)
    return {key: ring.open_json(reply, REPLY) for key, reply in found}


async def store(conn: AsyncConnection, rows: Sequence[InboxRow]) -> None:
    """Takes the messages. A key that another worker took ends the transaction with Conflict."""
    if rows:
        seal = keyring_of(conn).seal_json
        values = [
            {
                "key": r.key,
                "sender": r.sender,
                "at": r.at,
                "reply": seal(r.reply, REPLY),
                "kind": r.kind,
                "until": r.until,
            }
            for r in rows
        ]
        await conn.execute(_TAKE, values)


async def overwrite(conn: AsyncConnection, replies: Mapping[str, dict[str, Any]]) -> None:
    """Puts one reply in the place of all that a sender ever got: `replies` is by sender."""
    if replies:
        seal = keyring_of(conn).seal_json
        changes = [{"of": who, "reply": seal(reply, REPLY)} for who, reply in replies.items()]
        await conn.execute(update(inbox).where(inbox.c.sender == bindparam("of")), changes)


async def keep_until(conn: AsyncConnection, senders: Collection[str], until: datetime) -> None:
    """No longer than that; what goes sooner still does."""
    of_them = inbox.c.sender.in_(senders) & (inbox.c.until > until)
    await conn.execute(update(inbox).where(of_them).values(until=until))


async def find(conn: AsyncConnection, key: str) -> InboxRow | None:
    found = (await conn.execute(_ROWS.where(inbox.c.key == key))).mappings().one_or_none()
    return _opened(found, keyring_of(conn)) if found else None


async def of_sender(
    conn: AsyncConnection, sender: str, since: datetime, until: datetime, limit: int
) -> list[InboxRow]:
    """The last `limit` messages from `since` to `until`, both included, oldest first."""
    statement = _ROWS.where(inbox.c.sender == sender, inbox.c.at.between(since, until))
    found = await conn.execute(statement.order_by(inbox.c.at.desc()).limit(limit))
    ring = keyring_of(conn)
    return [_opened(row, ring) for row in found.mappings()][::-1]


async def tallies(conn: AsyncConnection, since: datetime) -> list[Tally]:
    """What messages since then were answered with, by hour and kind, in order."""
    hour = _hour(conn.dialect.name)
    statement = select(hour, inbox.c.kind, func.count()).where(
        inbox.c.at >= since, inbox.c.kind.is_not(None)
    )
    found = await conn.execute(statement.group_by(hour, inbox.c.kind).order_by(hour, inbox.c.kind))
    return [
        Tally(datetime.fromisoformat(f"{at}:00+00:00"), kind, count) for at, kind, count in found
    ]


async def purge(conn: AsyncConnection, now: datetime, before: datetime, most: int) -> int:
    """Forgets messages whose time is over, and all of before `before`; how many, at most `most`.

    Each from its end of an index, so that a piece costs the same however many lie there.
    """
    over = select(inbox.c.key).where(inbox.c.until < now).order_by(inbox.c.until)
    gone = await _forget(conn, over, most)
    if gone == most:
        return gone
    old = select(inbox.c.key).where(inbox.c.at < before).order_by(inbox.c.at)
    return gone + await _forget(conn, old, most - gone)


async def _forget(conn: AsyncConnection, keys: Select[tuple[str]], most: int) -> int:
    some = keys.limit(most).scalar_subquery()
    return (await conn.execute(delete(inbox).where(inbox.c.key.in_(some)))).rowcount


def _hour(dialect: str) -> ColumnElement[str]:
    """``2026-05-01 08``, in UTC."""
    if dialect == "postgresql":
        return func.to_char(func.timezone("UTC", inbox.c.at), "YYYY-MM-DD HH24")
    return func.substr(type_coerce(inbox.c.at, Text), 1, 13)


def _opened(found: RowMapping, ring: Keyring) -> InboxRow:
    return InboxRow(**{**found, "reply": ring.open_json(found["reply"], REPLY)})
