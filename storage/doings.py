"""How much one member of staff has done in a span of time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ColumnElement, func, select

from storage.connection import AsyncConnection
from storage.life import Step
from storage.schema import demand_events, questions


async def steps_of(
    conn: AsyncConnection, actor: str, since: datetime | None, until: datetime | None
) -> dict[Step, int]:
    """How often each step was done; `since` is included, `until` is not, None is open."""
    when = _within(demand_events.c.at, since, until)
    statement = (
        select(demand_events.c.step, func.count())
        .where(demand_events.c.actor == actor, demand_events.c.step.is_not(None), *when)
        .group_by(demand_events.c.step)
    )
    return {step: count for step, count in await conn.execute(statement)}


async def answers_of(
    conn: AsyncConnection, actor: str, since: datetime | None, until: datetime | None
) -> int:
    """How many questions were answered, bounded likewise."""
    when = _within(questions.c.answered, since, until)
    statement = select(func.count()).where(questions.c.answered_by == actor, *when)
    count: int = (await conn.execute(statement)).scalar_one()
    return count


def _within(
    column: Column[datetime], since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    bounds = [column >= since if since else None, column < until if until else None]
    return [bound for bound in bounds if bound is not None]


async def steps_within(
    conn: AsyncConnection, since: datetime, until: datetime
) -> list[tuple[int, Step]]:
    """Each step that was taken, with its demand; bounded likewise."""
    when = _within(demand_events.c.at, since, until)
    statement = select(demand_events.c.demand, demand_events.c.step)
    found = await conn.execute(statement.where(demand_events.c.step.is_not(None), *when))
    return [(demand, step) for demand, step in found]


async def handed_in(conn: AsyncConnection, since: datetime) -> dict[int, datetime]:
    """When each demand was first submitted, of those that were at or after `since`."""
    first = func.min(demand_events.c.at)
    statement = (
        select(demand_events.c.demand, first)
        .where(demand_events.c.step == "submit")
        .group_by(demand_events.c.demand)
        .having(first >= since)
    )
    return {demand: at for demand, at in await conn.execute(statement)}


async def answers_within(
    conn: AsyncConnection, since: datetime, until: datetime
) -> list[tuple[str | None, int]]:
    """How many questions from each region were answered; bounded likewise."""
    when = _within(questions.c.answered, since, until)
    statement = select(questions.c.region, func.count()).where(*when).group_by(questions.c.region)
    return [(region, count) for region, count in await conn.execute(statement)]
