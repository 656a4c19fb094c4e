"""Staff say in chat what they want to be pushed, and when, and what no more."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.staff.counter.provided import Provided
from bot.staff.counter.subscription_words import asked_in
from knowledge.snapshot import KnowledgeBase
from storage import audit, periods, subscriptions
from storage.database import Database
from storage.subscriptions import SubscriptionRow
from tests.bot.counter.office import NOW, Talk, clerk

PLEDGE = "开展知识产权质押融资“入园惠企”行动"
HERE = Provided(pushable=frozenset({"wecom"}))


@pytest.fixture
async def talk(db: Database, office_kb: KnowledgeBase) -> AsyncIterator[Talk]:
    async with db.transaction() as conn:
        yield Talk(conn, office_kb, clerk(), HERE)


async def own(talk: Talk) -> list[SubscriptionRow]:
    return await subscriptions.listing(talk.conn, target=talk.person.sender)


@pytest.mark.parametrize(
    "said",
    [
        *("不要再发周报了", "取消周报订阅", "不想再收周报了", "把周报停了", "周报不用发给我了"),
        *("我不想订阅周报", "请不要给我推送周报", "关闭每周简报"),
    ],
)
async def test_who_wants_no_more_of_it_is_never_subscribed(talk: Talk, said: str) -> None:
    await talk.say("订阅 周报 日报")
    assert await talk.say(said) == "已退订：周报。"
    assert [row.kind for row in await own(talk)] == ["daily"]


async def test_a_digest_is_subscribed_to_changed_and_given_up(talk: Talk) -> None:
    assert "日报：每个工作日08:30" in await talk.say("订阅 日报 8:30")
    assert "日报：每个工作日17:00" in await talk.say("把日报改到下午5点")
    assert [(row.kind, row.time) for row in await own(talk)] == [("daily", "17:00")]
    assert "您的订阅（1）" in await talk.say("我的订阅")
    assert "已退订：日报" in await talk.say("退订 日报")
    assert await own(talk) == []
    assert "还没有订阅" in await talk.say("我的订阅")


async def test_a_week_has_its_day_and_regions_and_tasks_their_names(talk: Talk) -> None:
    told = await talk.say("订阅周报 周五下午四点半 厦门 质押融资 空也发")
    assert told.split("\n")[1] == (
        f"周报：每周五16:30，逢假日挪到相近的工作日｜地区 厦门市｜任务 {PLEDGE}｜空也发"
    )
    [row] = await own(talk)
    assert (row.weekday, row.regions, row.tasks, row.empty) == (5, ("厦门市",), (PLEDGE,), True)


async def test_what_a_change_does_not_name_stays_as_it_was(talk: Talk) -> None:
    await talk.say("订阅 日报 厦门 质押融资")
    await talk.say("订阅 日报 10:00")
    [row] = await own(talk)
    assert (row.time, row.regions, row.tasks) == ("10:00", ("厦门市",), (PLEDGE,))
    await talk.say("订阅 日报 全部")
    [row] = await own(talk)
    assert (row.time, row.regions, row.tasks) == (None, (), ())


async def test_several_at_once_and_all(talk: Talk) -> None:
    await talk.say("订阅 国家局协调、转人工和到期提醒")
    assert [row.kind for row in await own(talk)] == ["deadline", "handoff", "national"]
    await talk.say("订阅 全部")
    assert len(await own(talk)) == 5
    assert "已退订" in await talk.say("全部退订")
    assert await own(talk) == []


async def test_who_names_nothing_chooses(talk: Talk) -> None:
    assert "1. 日报（每个工作日的简报）" in await talk.say("订阅")
    await talk.say("3")
    await talk.say("订阅 日报")
    assert "退订哪一个" in await talk.say("退订")
    assert "已退订：日报" in await talk.say("1")
    assert "已退订：国家局协调" in await talk.say("退订")
    assert "还没有订阅" in await talk.say("退订")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("订阅 日报 25:70", "“25:70”不是钟点"),
        ("订阅 日报 火星", "没认出“火星”"),
        ("订阅 日报 漳州", "漳州市不在您负责的地区"),
    ],
)
async def test_what_cannot_be_is_said_and_not_kept(talk: Talk, said: str, told: str) -> None:
    assert told in await talk.say(said)
    assert await own(talk) == []


async def test_a_region_of_others_is_refused_on_record(talk: Talk) -> None:
    await talk.say("订阅 日报 漳州")
    assert [row.act for row in await audit.listing(talk.conn)] == ["refused"]


async def test_where_nothing_can_be_pushed_nothing_is_subscribed_to(
    db: Database, office_kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        talk = Talk(conn, office_kb, clerk(), Provided())
        assert "这里不能主动发消息" in await talk.say("订阅 日报")
        assert await own(talk) == []


async def test_what_the_settings_give_is_shown_and_kept(
    db: Database, office_kb: KnowledgeBase
) -> None:
    given = SubscriptionRow(clerk().sender, "weekly", NOW, "10:00", 1)
    async with db.transaction() as conn:
        talk = Talk(conn, office_kb, clerk(), Provided(subscriptions=(given,)))
        assert "周报：每周一10:00，逢假日挪到相近的工作日｜系统设置" in await talk.say("我的订阅")
        assert "系统设置里指定的" in await talk.say("退订 周报")


async def test_who_subscribes_anew_begins_anew(talk: Talk) -> None:
    name = subscriptions.period("daily", talk.person.sender)
    await talk.say("订阅 日报")
    await periods.end(talk.conn, name, NOW, NOW)
    await talk.say("退订 日报")
    assert await periods.ended(talk.conn, name) is None


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("日报 8:30", "08:30"),
        ("日报 八点半", "08:30"),
        ("日报 早上9点", "09:00"),
        ("日报 下午5点一刻", "17:15"),
        ("日报 十点二十分", "10:20"),
        ("日报 17：05", "17:05"),
        ("日报", None),
    ],
)
def test_times_of_day(said: str, time: str | None) -> None:
    assert asked_in(said).time == time
