"""How much one member of staff has done in a span of time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

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
