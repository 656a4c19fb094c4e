"""Everything that lies sealed, sealed anew under the first key; what lay in clear with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Row, Table, bindparam, select, update

from storage import (
    arrivals,
    attachments,
    conversations,
    data_keys,
    demand_rows,
    events,
    inbox,
    notes,
    outbox,
    staff,
    tickets,
    tokens,
)
from storage import audit as audit_rows
from storage import schema as s
from storage.connection import AsyncConnection
from storage.database import Conflict, Database
from storage.questions import SEALED as ASKED
from storage.sealing import Keyring, keyring_of

_AT_A_TIME = 500
_TRIES = 5


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A column that holds sealed values, JSON or text; `place` is what they were sealed for."""

    column: Column[Any]
    place: str
    json: bool = False

    def anew(self, stored: Any, keys: Keyring) -> Any:
        if keys.is_current(stored):
            return stored
        if self.json:
            return keys.seal_json(keys.open_json(stored, self.place), self.place)
        return keys.seal(keys.open(stored, self.place), self.place)


SEALED: dict[Table, Sequence[_Sealed]] = {
    s.conversations: [_Sealed(s.conversations.c.state, conversations.STATE, json=True)],
    s.inbox: [_Sealed(s.inbox.c.reply, inbox.REPLY, json=True)],
    s.demands: [_Sealed(s.demands.c.fields, demand_rows.FIELDS, json=True)],
    s.demand_events: [_Sealed(s.demand_events.c.why, events.WHY)],
    s.questions: [_Sealed(s.questions.c[name], f"questions.{name}") for name in ASKED],
    s.notes: [_Sealed(s.notes.c.text, notes.TEXT)],
    s.staff: [_Sealed(s.staff.c.name, staff.NAME)],
    s.tickets: [_Sealed(s.tickets.c.about, tickets.ABOUT)],
    s.ticket_words: [_Sealed(s.ticket_words.c.text, tickets.TEXT)],
    s.attachments: [
        _Sealed(s.attachments.c.ref, attachments.REF),
        _Sealed(s.attachments.c.name, attachments.NAME),
    ],
    s.audit: [_Sealed(s.audit.c.detail, audit_rows.DETAIL)],
    s.arrivals: [_Sealed(s.arrivals.c.payload, arrivals.PAYLOAD, json=True)],
    s.tokens: [_Sealed(s.tokens.c.value, tokens.VALUE)],
    s.outbox: [_Sealed(s.outbox.c.payload, outbox.PAYLOAD, json=True)],
}


async def rotate(db: Database) -> int:
    """How many rows were sealed anew; after it the first key alone opens everything.

    In short transactions, so that others can go on meanwhile; they must have the first key by
    then. Raises SealError, Conflict.
    """
    changed = 0
    while again := [await _through(db, table) for table in SEALED]:
        changed += sum(again)
        if not any(again):
            break
    async with db.transaction() as conn:
        await data_keys.keep_only(conn, keyring_of(conn).ids[0])
    return changed


async def _through(db: Database, table: Table) -> int:
    changed, last = 0, None
    while True:
        some, last = await _chunk(db, table, last)
        changed += some
        if last is None:
            return changed


async def _chunk(db: Database, table: Table, after: Any) -> tuple[int, Any]:
    for _ in range(_TRIES - 1):
        try:
            async with db.transaction() as conn:
                return await _reseal(conn, table, after)
        except Conflict:
            continue
    async with db.transaction() as conn:
        return await _reseal(conn, table, after)


async def _reseal(conn: AsyncConnection, table: Table, after: Any) -> tuple[int, Any]:
    """How many of the next rows changed, and the last one's key; None behind the last of all."""
    [key] = table.primary_key.columns
    columns = SEALED[table]
    statement = select(key, *(sealed.column for sealed in columns)).order_by(key)
    if after is not None:
        statement = statement.where(key > after)
    rows = (await conn.execute(statement.limit(_AT_A_TIME).with_for_update())).all()
    keys = keyring_of(conn)
    changes = [change for row in rows if (change := _change(row, columns, keys))]
    if changes:
        values: dict[str, Any] = {c.column.name: bindparam(c.column.name) for c in columns}
        await conn.execute(update(table).where(key == bindparam("of")).values(values), changes)
    return len(changes), rows[-1][0] if len(rows) == _AT_A_TIME else None


def _change(row: Row[Any], columns: Sequence[_Sealed], keys: Keyring) -> dict[str, Any] | None:
    stored: dict[str, Any] = dict(
        zip((sealed.column.name for sealed in columns), row[1:], strict=True)
    )
    anew = {sealed.column.name: sealed.anew(stored[sealed.column.name], keys) for sealed in columns}
    return {"of": row[0], **anew} if anew != stored else None
