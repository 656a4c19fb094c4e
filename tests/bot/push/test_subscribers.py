"""Who is pushed what: the settings' word, one's own, and the regions that one may see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr, ValidationError

from bot.push.subscribers import Subscribers
from bot.settings import (
    DigestSettings,
    RobotTarget,
    Settings,
    StaffMember,
    SubscriptionSettings,
)
from knowledge.snapshot import KnowledgeBase
from storage import staff, subscriptions
from storage.database import Database
from storage.staff import StaffRow
from storage.subscriptions import SubscriptionRow

NOW = datetime(2024, 5, 15, 1, 0, tzinfo=UTC)
FANG = "wecom:fang"
SETTINGS = Settings(
    staff=(StaffMember(sender=FANG, name="王芳", regions=("厦门市",)),),
    digest=DigestSettings(targets=(RobotTarget(name="群", kind="wecom", key=SecretStr("k")),)),
    subscriptions=(
        SubscriptionSettings(to=FANG, kinds=("daily", "national"), at="08:30"),
        SubscriptionSettings(to="robot:群", kinds=("national",), regions=("福建省",)),
        SubscriptionSettings(to="wecom:gone", kinds=("national",)),
    ),
)


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ("思明区", ["robot:群", FANG]),
        ("三明市", ["robot:群"]),
        ("浙江省", ["robot:群"]),
        (None, ["robot:群"]),
    ],
    ids=["their own", "the province's", "where no bureau is", "from nowhere known"],
)
async def test_each_is_told_of_what_comes_from_their_regions(
    db: Database, kb: KnowledgeBase, region: str | None, told: list[str]
) -> None:
    async with db.transaction() as conn:
        assert await Subscribers(SETTINGS).to(conn, "national", region, kb) == told


def test_a_robot_that_the_settings_do_not_name_is_no_subscriber() -> None:
    with pytest.raises(ValidationError, match="robot:没有"):
        Settings(subscriptions=(SubscriptionSettings(to="robot:没有", kinds=("national",)),))


async def test_nobody_is_told_of_more_than_they_may_see(db: Database, kb: KnowledgeBase) -> None:
    whole = SubscriptionRow(FANG, "national", NOW, regions=("全国",))
    async with db.transaction() as conn:
        await subscriptions.put(conn, whole)
        told = await Subscribers(SETTINGS).to(conn, "national", "三明市", kb)
    assert told == ["robot:群"]


async def test_what_one_asks_for_oneself_goes_before_the_settings(
    db: Database, kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        await subscriptions.put(conn, SubscriptionRow(FANG, "daily", NOW, "10:00"))
        found = await Subscribers(SETTINGS).all(conn, kb, ["daily"])
    assert [(one.target, f"{one.at:%H:%M}") for one in found] == [
        ("robot:群", "09:00"),
        (FANG, "10:00"),
    ]


async def test_who_left_the_staff_is_pushed_nothing_any_more(
    db: Database, kb: KnowledgeBase
) -> None:
    qiang = StaffRow("dingtalk:qiang", "李强", "head", ("福建省",), NOW)
    everybody = Subscribers(Settings())
    async with db.transaction() as conn:
        await staff.put(conn, qiang)
        await subscriptions.put(conn, SubscriptionRow(qiang.sender, "national", NOW))
        assert await everybody.to(conn, "national", None, kb) == [qiang.sender]
        await staff.remove(conn, qiang.sender)
        assert await everybody.to(conn, "national", None, kb) == []
