"""An office whose staff are pushed things: its settings, its clock, what lies in its outbox."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.delivery.letters import from_json
from bot.push.pushing import Pusher
from bot.settings import (
    DigestSettings,
    RobotTarget,
    Settings,
    StaffMember,
    SubscriptionSettings,
)
from knowledge.snapshot import KnowledgeBase
from storage import demands, outbox
from storage.database import Database
from storage.demands import DemandRow

BEIJING = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2024, 5, 15, 9, 0, tzinfo=BEIJING)
FANG, QIANG = "wecom:fang", "dingtalk:qiang"
ROBOT = RobotTarget(name="处室群", kind="wecom", key=SecretStr("k"))
STAFF = (
    StaffMember(sender=FANG, name="王芳", regions=("厦门市",)),
    StaffMember(sender=QIANG, name="李强", role="head", regions=("福建省",)),
)


def settings(*subscriptions: SubscriptionSettings, robots: bool = False, **more: Any) -> Settings:
    digest = DigestSettings(targets=(ROBOT,) if robots else ())
    return Settings(staff=STAFF, digest=digest, subscriptions=subscriptions, **more)


def subscribed(to: str, *kinds: Any, **more: Any) -> SubscriptionSettings:
    return SubscriptionSettings(to=to, kinds=kinds, **more)


@dataclass
class Served:
    """Holds the knowledge that is served."""

    kb: KnowledgeBase


@dataclass
class Clock:
    now: datetime = WEDNESDAY

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class House:
    """One server's pushes, over a database that others may share."""

    db: Database
    kb: KnowledgeBase
    told: Settings
    clock: Clock = field(default_factory=Clock)
    pushable: frozenset[str] = frozenset({"wecom", "dingtalk", "robot"})
    woken: list[datetime] = field(default_factory=list)

    def pusher(self) -> Pusher:
        """Knows nothing of what was done before it started."""
        return Pusher(
            self.told,
            self.db,
            Served(self.kb),
            self.clock,
            lambda: self.woken.append(self.clock.now),
            self.pushable,
        )

    async def at(self, hour: int, minute: int = 0, days: int = 0) -> list[str]:
        """What lies in the outbox after a look at that time, so many days from now."""
        day = self.clock.now + timedelta(days=days)
        self.clock.now = day.replace(hour=hour, minute=minute)
        await self.pusher().round()
        return await self.keys()

    async def keys(self) -> list[str]:
        async with self.db.transaction() as conn:
            return [row.key for row in await outbox.listing(conn)]

    async def regions(self) -> dict[str, str | None]:
        """Of which region what lies in the outbox is, by whom it is for."""
        async with self.db.transaction() as conn:
            return {row.target: row.region for row in await outbox.listing(conn)}

    async def texts(self, target: str) -> list[str]:
        async with self.db.transaction() as conn:
            rows = await outbox.listing(conn)
        mine = [row.payload for row in rows if row.target == target]
        return [from_json(payload).reply.text for payload in mine if payload]


async def submit(
    db: Database, number: int, at: datetime, bureau: str | None = "xiamen", **more: Any
) -> int:
    row = DemandRow(
        sender="web:lin",
        number=number,
        notice="cnipa-2021-51",
        campaign=None,
        region="厦门市",
        channel="web",
        status="submitted",
        fields={
            "单位名称": f"厦门示例{number}有限公司",
            "联系人": "林小燕",
            "重点任务": "开展知识产权质押融资“入园惠企”行动",
        },
        at=at,
        personal=("联系人",),
        bureau=bureau,
    )
    row = replace(row, **more)
    async with db.transaction() as conn:
        return (await demands.save(conn, [row]))[row.key]
