"""Demands: one row an entry of a sender, and a record of each change of its status."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, bindparam, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import demand_events, demands

Status = Literal["draft", "submitted", "accepted", "matched", "closed", "cancelled"]
Fields = dict[str, str | bool | None]
Key = tuple[str, int]
"""A sender and the number of the demand among the sender's own."""


@dataclass(frozen=True, slots=True)
class DemandRow:
    """What the sender has told so far. `personal` names the fields that are personal data."""

    sender: str
    number: int
    notice: str
    campaign: str | None
    region: str | None
    channel: str
    status: Literal["draft", "submitted"]
    fields: Fields
    at: datetime
    personal: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.sender, self.number


@dataclass(frozen=True, slots=True)
class StoredDemand:
    """`moved` is when the demand came to its status, `updated` when anything in it changed."""

    id: int
    sender: str
    number: int
    notice: str
    campaign: str | None
    region: str | None
    channel: str
    status: Status
    fields: Fields
    created: datetime
    updated: datetime
    moved: datetime


_COLUMNS = [demands.c[name] for name in StoredDemand.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class _State:
    """What is stored of an entry, as far as a change of it depends on it."""

    id: int
    sender: str
    number: int
    status: Status
    fields: Fields
    personal: list[str]
    moved: datetime


_STATE = [demands.c[name] for name in _State.__dataclass_fields__]
_OVER: tuple[Status, ...] = ("closed", "cancelled")


async def save(conn: AsyncConnection, rows: Iterable[DemandRow]) -> dict[Key, int]:
    """Adds or updates each entry, and returns the ids; of rows with one key the last holds.

    A draft never replaces what was submitted, nor does anything replace what staff have taken
    up. An entry that was cancelled may start again.
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
    await _update(conn, [_after(state, row) for state, row in changed])
    moved = [row for state, row in changed if state.status != row.status]
    await _record(conn, [(ids[row.key], row.status, row.at) for row in (*new, *moved)])
    return ids


async def cancel(
    conn: AsyncConnection, entries: Iterable[tuple[str, int, datetime]]
) -> dict[Key, int]:
    """Calls the entries off and empties their personal fields; returns the ids of the known.

    What is closed or cancelled stays as it is.
    """
    at = {(sender, number): moment for sender, number, moment in entries}
    states = await _states(conn, at)
    live = [(key, state) for key, state in states.items() if state.status not in _OVER]
    await _update(conn, [_emptied(state, "cancelled", at[key]) for key, state in live])
    await _record(conn, [(state.id, "cancelled", at[key]) for key, state in live])
    return {key: state.id for key, state in states.items()}


async def erase(conn: AsyncConnection, senders: Collection[str], at: datetime) -> None:
    """Empties the personal fields of all that the senders ever entered; drafts are cancelled."""
    if not senders:
        return
    states = await _read(conn, demands.c.sender.in_(list(senders)))
    drafts = [state for state in states if state.status == "draft"]
    others = [state for state in states if state.status != "draft"]
    values = [_emptied(state, "cancelled", at) for state in drafts]
    await _update(conn, values + [_emptied(state, state.status, at) for state in others])
    await _record(conn, [(state.id, "cancelled", at) for state in drafts])


async def listing(
    conn: AsyncConnection,
    *,
    status: Status | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[StoredDemand]:
    """In the order in which they came; drafts too, unless `status` says otherwise.

    `since` (included) and `until` (not included) bound the moment at which the demand came to
    the status that it has: of a submitted one, when it was submitted.
    """
    statement = select(*_COLUMNS).order_by(demands.c.id)
    if status is not None:
        statement = statement.where(demands.c.status == status)
    if since is not None:
        statement = statement.where(demands.c.moved >= since)
    if until is not None:
        statement = statement.where(demands.c.moved < until)
    return [StoredDemand(**row) for row in (await conn.execute(statement)).mappings()]


def _last_of_each(rows: Iterable[DemandRow]) -> dict[Key, DemandRow]:
    """One row a key: the last, but a draft does not follow a submission."""
    last: dict[Key, DemandRow] = {}
    for row in rows:
        if row.key not in last or _may_become(last[row.key].status, row.status):
            last[row.key] = row
    return last


def _may_become(old: Status, new: Status) -> bool:
    return old in ("draft", "cancelled") or old == new == "submitted"


async def _states(conn: AsyncConnection, keys: Mapping[Key, object]) -> dict[Key, _State]:
    if not keys:
        return {}
    found = await _read(conn, tuple_(demands.c.sender, demands.c.number).in_(list(keys)))
    return {(state.sender, state.number): state for state in found}


async def _read(conn: AsyncConnection, condition: ColumnElement[bool]) -> list[_State]:
    """Locked on PostgreSQL until the commit, in the order of their ids."""
    statement = select(*_STATE).where(condition).order_by(demands.c.id).with_for_update()
    return [_State(*row) for row in await conn.execute(statement)]


async def _add(conn: AsyncConnection, rows: Sequence[DemandRow]) -> dict[Key, int]:
    if not rows:
        return {}
    statement = insert(demands).returning(demands.c.sender, demands.c.number, demands.c.id)
    found = await conn.execute(statement, [_new(row) for row in rows])
    return {(sender, number): id_ for sender, number, id_ in found}


def _new(row: DemandRow) -> dict[str, Any]:
    values = asdict(row)
    at = values.pop("at")
    return {**values, "created": at, "updated": at, "moved": at}


def _after(state: _State, row: DemandRow) -> dict[str, Any]:
    """What changes when `row` comes upon `state`, as `_update` takes it."""
    values = asdict(row)
    for fixed in ("sender", "number", "channel", "at"):
        del values[fixed]
    return {**values, **_moment(state, row.status, row.at)}


def _emptied(state: _State, status: Status, at: datetime) -> dict[str, Any]:
    kept = {name: None if name in state.personal else v for name, v in state.fields.items()}
    return {"status": status, "fields": kept, **_moment(state, status, at)}


def _moment(state: _State, status: Status, at: datetime) -> dict[str, Any]:
    moved = at if state.status != status else state.moved
    return {"of": state.id, "updated": at, "moved": moved}


async def _update(conn: AsyncConnection, values: Sequence[dict[str, Any]]) -> None:
    if values:
        await conn.execute(update(demands).where(demands.c.id == bindparam("of")), values)


async def _record(conn: AsyncConnection, changes: Sequence[tuple[int, Status, datetime]]) -> None:
    if changes:
        rows = [{"demand": id_, "status": status, "at": at} for id_, status, at in changes]
        await conn.execute(insert(demand_events), rows)
