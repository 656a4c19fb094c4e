"""Demands as their senders enter them: one row an entry, and a record of each step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, tuple_, update

from storage import attachments, events
from storage.connection import AsyncConnection
from storage.demand_reading import (
    Outline,
    Unopened,
    changed,
    find,
    listing,
    of_senders,
    outlines,
    some,
    stirring,
    unopened,
)
from storage.demand_rows import (
    COLUMNS,
    FIELDS,
    Clean,
    DemandRow,
    Fields,
    Key,
    StoredDemand,
    emptied,
    opened,
)
from storage.events import EventRow
from storage.life import EDITABLE, OVER, Status, Step
from storage.schema import demands
from storage.sealing import Keyring, keyring_of

__all__ = [
    "DemandRow",
    "Fields",
    "Key",
    "Outline",
    "Status",
    "StoredDemand",
    "Unopened",
    "cancel",
    "changed",
    "erase",
    "find",
    "listing",
    "of_senders",
    "outlines",
    "purge",
    "save",
    "some",
    "stirring",
    "unopened",
]

_BEGUN: tuple[Status, ...] = ("draft", "cancelled")


async def save(conn: AsyncConnection, rows: Iterable[DemandRow]) -> dict[Key, int]:
    """Adds or updates each entry, and returns the ids; of rows with one key the last holds.

    A draft never replaces what was submitted, nor does anything replace what staff have taken
    up. An entry that was cancelled may start again. A submission that changes nothing is no step.
    """
    wanted = _last_of_each(rows)
    before = await _states(conn, wanted)
    new = [row for key, row in wanted.items() if key not in before]
    ids = {key: state.id for key, state in before.items()} | await _add(conn, new)
    changed = [
        (before[key], row)
        for key, row in wanted.items()
        if key in before and _may_become(before[key].status, row.status)
    ]
    keys = keyring_of(conn)
    await _update(conn, [_after(state, row, keys) for state, row in changed])
    moved = [row for state, row in changed if _is_a_step(state, row)]
    await events.record(conn, [_entered(ids[row.key], row) for row in (*new, *moved)])
    return ids


async def cancel(
    conn: AsyncConnection, entries: Iterable[tuple[str, int, datetime]]
) -> dict[Key, int]:
    """Calls the entries off, empties their personal fields and what their senders noted with them.

    What is closed or cancelled stays as it is. Returns the ids of the known.
    """
    at = {(sender, number): moment for sender, number, moment in entries}
    states = await _states(conn, at)
    going = {key: state for key, state in states.items() if state.status not in OVER}
    for key, state in going.items():
        await _empty(conn, [state], "cancelled", at[key])
    await events.blank_notes(conn, [(state.id, state.sender) for state in going.values()])
    return {key: state.id for key, state in states.items()}


async def erase(
    conn: AsyncConnection, senders: Collection[str], at: datetime, clean: Clean | None = None
) -> list[int]:
    """Empties the personal fields of all that the senders ever entered; drafts are cancelled.

    What staff wrote to them along with their steps goes too; `clean` goes over their other texts.
    Returns the ids.
    """
    if not senders:
        return []
    states = await _read(conn, demands.c.sender.in_(list(senders)))
    await _forget(conn, states, at, clean)
    return [state.id for state in states]


async def purge(conn: AsyncConnection, before: datetime, at: datetime, limit: int = 500) -> int:
    """`erase` for what ended, or was left a draft, before `before`; how many, at most `limit`."""
    idle = and_(demands.c.status.in_([*OVER, "draft"]), demands.c.updated < before)
    states = await _read(conn, idle, limit)
    await _forget(conn, states, at)
    return len(states)


async def _forget(
    conn: AsyncConnection,
    states: Sequence[StoredDemand],
    at: datetime,
    clean: Clean | None = None,
) -> None:
    await _empty(conn, [s for s in states if s.status == "draft"], "cancelled", at, clean)
    await _empty(conn, [s for s in states if s.status != "draft"], None, at, clean)
    await events.blank(conn, [state.id for state in states])


def _last_of_each(rows: Iterable[DemandRow]) -> dict[Key, DemandRow]:
    """One row a key: the last, but a draft does not follow a submission."""
    last: dict[Key, DemandRow] = {}
    for row in rows:
        if row.key not in last or _may_become(last[row.key].status, row.status):
            last[row.key] = row
    return last


def _may_become(old: Status, new: Status) -> bool:
    return old in _BEGUN or (old in EDITABLE and new == "submitted")


def _is_a_step(state: StoredDemand, row: DemandRow) -> bool:
    told = {name: value for name, value in state.fields.items() if value is not None}
    return state.status != row.status or (row.status == "submitted" and told != row.fields)


def _entered(id_: int, row: DemandRow) -> EventRow:
    step: Step | None = "submit" if row.status == "submitted" else None
    return EventRow(id_, step, row.status, row.at, row.sender)


async def _states(conn: AsyncConnection, keys: Mapping[Key, object]) -> dict[Key, StoredDemand]:
    if not keys:
        return {}
    found = await _read(conn, tuple_(demands.c.sender, demands.c.number).in_(list(keys)))
    return {(state.sender, state.number): state for state in found}


async def _read(
    conn: AsyncConnection, condition: ColumnElement[bool], limit: int | None = None
) -> list[StoredDemand]:
    """Locked on PostgreSQL until the commit, in the order of their ids."""
    keys = keyring_of(conn)
    statement = select(*COLUMNS).where(condition).order_by(demands.c.id).limit(limit)
    found = await conn.execute(statement.with_for_update())
    return [opened(row, keys) for row in found.mappings()]


async def _add(conn: AsyncConnection, rows: Sequence[DemandRow]) -> dict[Key, int]:
    if not rows:
        return {}
    keys = keyring_of(conn)
    statement = insert(demands).returning(demands.c.sender, demands.c.number, demands.c.id)
    found = await conn.execute(statement, [_new(row, keys) for row in rows])
    return {(sender, number): id_ for sender, number, id_ in found}


def _new(row: DemandRow, keys: Keyring) -> dict[str, Any]:
    values = asdict(row) | {"fields": keys.seal_json(row.fields, FIELDS)}
    at = values.pop("at")
    return {**values, "created": at, "updated": at, "moved": at}


def _after(state: StoredDemand, row: DemandRow, keys: Keyring) -> dict[str, Any]:
    """What changes when `row` comes upon `state`, as `_update` takes it."""
    values = asdict(row) | {"fields": keys.seal_json(row.fields, FIELDS)}
    for fixed in ("sender", "number", "channel", "at"):
        del values[fixed]
    if state.status not in _BEGUN and state.region == row.region and state.bureau:
        values["bureau"] = state.bureau  # staff may have passed it on
    moved = row.at if state.status != row.status else state.moved
    return {"of": state.id, **values, "updated": row.at, "moved": moved}


async def _empty(
    conn: AsyncConnection,
    states: Sequence[StoredDemand],
    status: Status | None,
    at: datetime,
    clean: Clean | None = None,
) -> None:
    """Empties their personal fields, and removes what was sent along; `status` is what their
    senders bring them to, if to any."""
    keys = keyring_of(conn)
    values = [
        {
            "of": state.id,
            "status": status or state.status,
            "fields": keys.seal_json(emptied(state, clean), FIELDS),
            "updated": at,
            "moved": at if status else state.moved,
        }
        for state in states
    ]
    await _update(conn, values)
    await attachments.blank(conn, [state.id for state in states])
    if status:
        cancelled = [EventRow(s.id, "cancel", status, at, s.sender) for s in states]
        await events.record(conn, cancelled)


async def _update(conn: AsyncConnection, values: Sequence[dict[str, Any]]) -> None:
    if values:
        await conn.execute(update(demands).where(demands.c.id == bindparam("of")), values)
