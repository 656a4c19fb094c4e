"""What takes long to find out, as far as it is known: one worker finds it out, all show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select, update

from storage.connection import AsyncConnection
from storage.inserting import insert_into
from storage.schema import reports

State = Literal["running", "over", "failed"]

_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """`report` is None until something is known; its shape is its writer's."""

    state: State
    report: Mapping[str, Any] | None


async def claim(
    conn: AsyncConnection, key: str, now: datetime, for_: timedelta, *, anew: bool = False
) -> bool:
    """Whether who asks is to find it out: nobody has, or who began has not been heard of until
    their time was over; `anew`, what failed counts as not begun. Others' old reports go.

    `for_` must be much longer than workers' clocks may differ.
    """
    await conn.execute(delete(reports).where(reports.c.begun < now - _KEPT))
    values = {"key": key, "state": "running", "begun": now, "until": now + for_, "report": None}
    statement = insert_into(conn, reports).values(values)
    new = {name: statement.excluded[name] for name in ("state", "begun", "until", "report")}
    gone = (reports.c.until <= now) | (reports.c.until > now + 2 * for_)
    free = (reports.c.state == "running") & gone
    if anew:
        free |= reports.c.state == "failed"
    upsert = statement.on_conflict_do_update(index_elements=["key"], set_=new, where=free)
    found = await conn.execute(upsert.returning(reports.c.key))
    return found.scalar_one_or_none() is not None


async def find(conn: AsyncConnection, key: str) -> StoredReport | None:
    statement = select(reports.c.state, reports.c.report).where(reports.c.key == key)
    found = (await conn.execute(statement)).one_or_none()
    return StoredReport(found.state, found.report) if found else None


async def keep(
    conn: AsyncConnection, key: str, state: State, report: Mapping[str, Any] | None, until: datetime
) -> None:
    """As it is now, and whoever began is at work until then. What is over stays as it is."""
    of_it = (reports.c.key == key) & (reports.c.state == "running")
    await conn.execute(update(reports).where(of_it).values(state=state, report=report, until=until))


async def give_up(conn: AsyncConnection, key: str, now: datetime) -> None:
    """The next who asks begins it."""
    of_it = (reports.c.key == key) & (reports.c.state == "running")
    await conn.execute(update(reports).where(of_it).values(until=now))
