"""What staff do to a demand: one step at a time, each on record, none that another forestalled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from storage import attachments, events
from storage.connection import AsyncConnection
from storage.demand_rows import COLUMNS, FIELDS, StoredDemand, emptied, opened
from storage.events import EventRow, StoredEvent, histories, history, matched
from storage.life import Status, Step, after
from storage.schema import demands
from storage.sealing import keyring_of

__all__ = [
    "Handled",
    "NotNow",
    "StoredEvent",
    "UnknownDemand",
    "handle",
    "histories",
    "history",
    "matched",
]


class UnknownDemand(Exception):
    """There is no demand of that id."""


class NotNow(Exception):
    """The demand is in a status in which the step may not be done."""

    def __init__(self, status: Status) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Handled:
    """`why` is what is told with the step, `resource` what was matched, `bureau` the new one."""

    demand: int
    step: Step
    actor: str
    at: datetime
    why: str = ""
    resource: str | None = None
    bureau: str | None = None


async def handle(conn: AsyncConnection, handled: Handled) -> StoredDemand:
    """Does the step and returns the demand as it is after it.

    A step that calls the demand off empties its personal fields and removes what was sent along.
    Raises UnknownDemand, NotNow.
    """
    before = await _held(conn, handled.demand)
    try:
        status = after(handled.step, before.status)
    except ValueError:
        raise NotNow(before.status) from None
    demand = _after(before, handled, status)
    await _store(conn, demand)
    if handled.step == "cancel":
        await attachments.blank(conn, [demand.id])
    row = EventRow(
        demand.id, handled.step, status, handled.at, handled.actor, handled.why, handled.resource
    )
    await events.record(conn, [row])
    return demand


async def _held(conn: AsyncConnection, id_: int) -> StoredDemand:
    """No other worker changes it until the commit."""
    statement = select(*COLUMNS).where(demands.c.id == id_).with_for_update()
    found = (await conn.execute(statement)).mappings().one_or_none()
    if found is None:
        raise UnknownDemand(id_)
    return opened(found, keyring_of(conn))


def _after(before: StoredDemand, handled: Handled, status: Status) -> StoredDemand:
    return replace(
        before,
        status=status,
        bureau=handled.bureau or before.bureau,
        fields=emptied(before) if handled.step == "cancel" else before.fields,
        updated=handled.at,
        moved=handled.at if status != before.status else before.moved,
    )


async def _store(conn: AsyncConnection, demand: StoredDemand) -> None:
    values = {
        "status": demand.status,
        "bureau": demand.bureau,
        "fields": keyring_of(conn).seal_json(demand.fields, FIELDS),
        "updated": demand.updated,
        "moved": demand.moved,
    }
    await conn.execute(update(demands).where(demands.c.id == demand.id).values(**values))
