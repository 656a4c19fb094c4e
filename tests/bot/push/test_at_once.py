"""A demand that asks for the national office's support is told at once to who subscribed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.current import Current
from bot.desk import Desk
from bot.message import Message, Sender
from bot.opening import open_desk
from intents.turn import Said
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.push.office import FANG, QIANG, WEDNESDAY, House, settings, subscribed

NEED = (
    "我们是厦门一诺科技有限公司，想用商标质押贷款300万元，联系人林小燕，"
    "手机13900000001，没有邮箱，需要国家局协调"
)
TOLD = settings(
    subscribed(FANG, "national"),
    subscribed(QIANG, "national", tasks=("转移转化",)),
    subscribed("robot:处室群", "national"),
    robots=True,
)


class Enterprise:
    """One that writes to the desk of an office."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._count = 0

    async def say(self, text: str) -> str:
        self._count += 1
        message = Message(str(self._count), Sender("web", "lin"), Said(text), WEDNESDAY)
        return (await self._desk.take(message)).reply.plain


@pytest.fixture
def house(db: Database, kb: KnowledgeBase) -> House:
    return House(db, kb, TOLD)


@pytest.fixture
async def enterprise(house: House) -> AsyncIterator[Enterprise]:
    async with AsyncExitStack() as opened:
        yield Enterprise(open_desk(opened, house.db, Current(house.kb), house.clock, house.told))


async def test_who_subscribed_and_may_see_it_is_told_once(
    house: House, enterprise: Enterprise
) -> None:
    await enterprise.say(NEED)
    assert await house.keys() == [], "a draft is nobody's business"
    await enterprise.say("提交")
    assert await house.keys() == ["national:1:robot:处室群", f"national:1:{FANG}"]
    assert set((await house.regions()).values()) == {"厦门市"}, "the demand's"
    [text] = await house.texts(FANG)
    assert text == (
        "【需国家局协调】1号需求刚刚提交\n"
        "厦门一诺科技有限公司｜厦门市｜开展知识产权质押融资“入园惠企”行动\n"
        "回复“需求 1”看全文，“受理 1”受理"
    )
    [group] = await house.texts("robot:处室群")
    assert "在知行里发“需求 1”看全文" in group
    for private in ("林小燕", "13900000001"):
        assert private not in text + group


async def test_what_is_submitted_again_is_not_told_again(
    house: House, enterprise: Enterprise
) -> None:
    for said in (NEED, "提交", "修改需求", "联系人改成林大燕", "提交"):
        await enterprise.say(said)
    assert len(await house.keys()) == 2


async def test_what_asks_for_no_support_is_not_told(house: House, enterprise: Enterprise) -> None:
    await enterprise.say(NEED.replace("需要", "不需要"))
    await enterprise.say("提交")
    assert await house.keys() == []
