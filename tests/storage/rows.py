"""Demands as they stand at the beginning of a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from storage import demands
from storage.database import Database
from storage.demands import DemandRow, StoredDemand
from storage.handling import Handled, handle
from storage.life import Status, Step

NOW = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
CLERK = "wecom:lisi"
SUBMITTED = DemandRow(
    sender="wecom:张三",
    number=1,
    notice="cnipa-2021-51",
    campaign="知识产权服务万里行",
    region="福建省",
    channel="wecom",
    status="submitted",
    fields={"单位名称": "福建某某公司", "需国家局协调": True, "手机": "13900000001"},
    at=NOW,
    personal=("手机", "联系人"),
    bureau="fujian",
)

PATHS: dict[Status, tuple[Step, ...]] = {
    "submitted": (),
    "accepted": ("accept",),
    "returned": ("return",),
    "matched": ("accept", "match"),
    "closed": ("accept", "close"),
    "cancelled": ("cancel",),
}
"""The steps that bring a submitted demand to each status."""


async def file(db: Database, **changes: Any) -> int:
    """Files a demand; its id."""
    row = replace(SUBMITTED, **changes)
    async with db.transaction() as conn:
        return (await demands.save(conn, [row]))[row.key]


async def brought_to(db: Database, status: Status, **changes: Any) -> int:
    """A demand that is in this status; its id."""
    id_ = await file(db, **changes)
    for step in PATHS[status]:
        await do(db, id_, step)
    return id_


async def do(db: Database, id_: int, step: Step, **told: Any) -> StoredDemand:
    async with db.transaction() as conn:
        return await handle(conn, Handled(id_, step, CLERK, LATER, **told))


async def stored(db: Database, id_: int) -> StoredDemand:
    async with db.transaction() as conn:
        found = await demands.find(conn, id_)
    assert found is not None
    return found
