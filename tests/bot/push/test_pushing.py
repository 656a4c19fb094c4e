"""Who has subscribed is pushed a digest once a period, whatever happens to servers meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.push.digest import Digest
from bot.push.gathering import digest_for
from bot.push.reminding import remind
from bot.push.subscribers import Subscriber
from bot.settings import CalendarSettings
from knowledge.snapshot import KnowledgeBase
from storage import handling, outbox, periods, questions, subscriptions, tickets
from storage.database import Database
from storage.handling import Handled
from storage.outbox import OutboxRow
from storage.questions import QuestionRow
from storage.subscriptions import SubscriptionRow
from storage.tickets import TicketRow
from tests.bot.push.office import FANG, QIANG, WEDNESDAY, House, settings, submit, subscribed

YESTERDAY = WEDNESDAY - timedelta(hours=20)


@pytest.fixture
def house(db: Database, kb: KnowledgeBase) -> House:
    told = settings(subscribed(FANG, "daily", at="08:30"), subscribed(QIANG, "weekly", weekday=5))
    return House(db, kb, told)


async def test_a_digest_is_of_its_subscription_s_region_else_of_its_reader_s(
    db: Database, kb: KnowledgeBase
) -> None:
    wanted = subscribed(QIANG, "daily", regions=("厦门市", "漳州市"), empty=True)
    house = House(db, kb, settings(subscribed(FANG, "daily", empty=True), wanted))
    await house.at(9)
    assert await house.regions() == {FANG: "厦门市", QIANG: "厦门市、漳州市"}


async def test_a_morning_brings_one_digest_however_often_servers_look(house: House) -> None:
    await submit(house.db, 1, YESTERDAY)
    assert await house.at(8, 29) == []
    for minute in (30, 31, 59):
        assert await house.at(8, minute) == [f"digest:daily:2024-05-15:{FANG}"]
    assert await house.at(17) == [f"digest:daily:2024-05-15:{FANG}"]
    assert len(house.woken) == 1
    [text] = await house.texts(FANG)
    assert text.startswith("知行简报 5月15日 周三\n新增需求 1 项")
    assert "厦门示例1有限公司" in text
    assert "林小燕" not in text


async def test_nothing_to_tell_is_not_told_unless_it_is_wanted(
    db: Database, kb: KnowledgeBase
) -> None:
    wanted = subscribed(QIANG, "daily", empty=True)
    house = House(db, kb, settings(subscribed(FANG, "daily"), wanted))
    assert await house.at(9) == [f"digest:daily:2024-05-15:{QIANG}"]
    assert "本期没有新情况" in (await house.texts(QIANG))[0]


async def test_days_off_are_left_out_and_told_of_later(house: House) -> None:
    await submit(house.db, 1, YESTERDAY)
    await house.at(9)
    await submit(house.db, 2, WEDNESDAY + timedelta(hours=1))
    thursday = (WEDNESDAY + timedelta(days=1)).date()
    calendar = CalendarSettings(holidays=(thursday,))
    house.told = settings(subscribed(FANG, "daily"), calendar=calendar)
    assert len(await house.at(10, days=1)) == 1
    assert (await house.at(10, days=1))[-1] == f"digest:daily:2024-05-17:{FANG}"
    text = (await house.texts(FANG))[-1]
    assert "统计时段：5月15日 08:30 至 5月17日 09:00" in text
    assert "新增需求 1 项" in text


async def test_a_week_is_told_on_its_day(db: Database, kb: KnowledgeBase) -> None:
    house = House(db, kb, settings(subscribed(QIANG, "weekly", weekday=5)))
    await submit(db, 1, YESTERDAY)
    assert await house.at(9) == []
    assert await house.at(9, days=1) == []
    assert await house.at(9, days=1) == [f"digest:weekly:2024-05-17:{QIANG}"]
    text = (await house.texts(QIANG))[-1]
    assert "知行周报 5月10日至5月17日" in text


async def test_each_is_told_of_their_own_regions_and_tasks(db: Database, kb: KnowledgeBase) -> None:
    told = settings(
        subscribed(FANG, "daily"),
        subscribed(QIANG, "daily", tasks=("质押融资",), regions=("福建省",)),
        robots=True,
    )
    house = House(db, kb, told)
    await submit(db, 1, YESTERDAY)
    await submit(db, 2, YESTERDAY, "sanming", fields={"单位名称": "三明示例有限公司"})
    await house.at(9)
    [fang], [qiang] = await house.texts(FANG), await house.texts(QIANG)
    [group] = await house.texts("robot:处室群")
    ours, theirs = "厦门示例1", "三明示例"
    assert (ours in fang, theirs in fang) == (True, False)
    assert (ours in qiang, theirs in qiang) == (True, False)
    assert (ours in group, theirs in group) == (True, True)
    assert "范围：福建省；质押融资" in qiang


async def test_what_was_done_and_who_waits_and_what_failed_is_told(house: House) -> None:
    id_ = await submit(house.db, 1, YESTERDAY)
    async with house.db.transaction() as conn:
        await handling.handle(conn, Handled(id_, "accept", FANG, YESTERDAY + timedelta(hours=1)))
        await questions.add(conn, [QuestionRow("web:lin", "能报吗？", "", None, YESTERDAY)])
        [asked] = await questions.open_questions(conn)
        await questions.answer(conn, asked.id, "能", QIANG, YESTERDAY + timedelta(hours=1))
        waiting = await tickets.open_(conn, TicketRow("web:lin", "转人工", YESTERDAY, "厦门市"))
    house.told = settings(subscribed(FANG, "daily"), subscribed(QIANG, "daily"))
    await house.at(9)
    [text] = await house.texts(FANG)
    assert "本期办理：受理 1 项\n" in text, "the question came from nowhere known"
    assert "本期办理：受理 1 项、答复问题 1 个" in (await house.texts(QIANG))[0]
    assert f"回复“接 {waiting}”接入会话" in text
    assert "厦门示例1" not in text, "it is taken up already"


async def test_two_servers_at_once_make_one_digest(house: House) -> None:
    await submit(house.db, 1, YESTERDAY)
    await asyncio.gather(*(house.pusher().round() for _ in range(4)))
    assert await house.keys() == [f"digest:daily:2024-05-15:{FANG}"]
    assert len(house.woken) == 1


class Killed(BaseException):
    """The server ends here."""


@pytest.mark.parametrize(
    ("step", "done"),
    [
        ("storage.periods.end", periods.end),
        ("bot.push.digests.digest_for", digest_for),
        ("storage.outbox.add", outbox.add),
        ("bot.push.pushing.remind", remind),
    ],
    ids=["the period is ended", "it is composed", "it is queued", "it is stored"],
)
async def test_killed_between_any_two_steps_the_next_server_makes_one_digest(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    done: Callable[..., Awaitable[object]],
) -> None:
    await submit(house.db, 1, YESTERDAY)

    async def killed(*args: object, **more: object) -> object:
        """After the step is done, and before what follows."""
        await done(*args, **more)
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(step, killed)
        with pytest.raises(Killed):
            await house.pusher().round()
    stored = await house.keys()
    assert len(stored) == (1 if done is remind else 0)
    await house.at(11)
    assert await house.keys() == [f"digest:daily:2024-05-15:{FANG}"]
    assert "新增需求 1 项" in (await house.texts(FANG))[0]


async def test_a_server_that_was_away_all_day_tells_it_the_next_morning(house: House) -> None:
    await submit(house.db, 1, YESTERDAY)
    await house.at(9)
    await submit(house.db, 2, WEDNESDAY + timedelta(hours=1))
    house.clock.forward(days=1)
    keys = await house.at(9, days=1)
    assert f"digest:daily:2024-05-17:{FANG}" in keys
    assert not any("2024-05-16" in key for key in keys)
    assert "新增需求 1 项" in (await house.texts(FANG))[-1]


async def test_what_one_broke_is_tried_again_and_keeps_nobody_else_from_theirs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.told = settings(subscribed(FANG, "daily"), subscribed(QIANG, "daily"))
    await submit(house.db, 1, YESTERDAY)

    async def broken(conn: Any, reader: Subscriber, *args: Any) -> Digest:
        if reader.target == QIANG:
            raise OSError("the database is away")
        return await digest_for(conn, reader, *args)

    pusher = house.pusher()
    with monkeypatch.context() as away:
        away.setattr("bot.push.digests.digest_for", broken)
        await pusher.round()
    assert await house.keys() == [f"digest:daily:2024-05-15:{FANG}"]
    await pusher.round()
    assert len(await house.keys()) == 2


async def test_whoever_changes_the_hour_has_still_one_a_day(house: House) -> None:
    await submit(house.db, 1, YESTERDAY)
    await house.at(8, 30)
    await submit(house.db, 2, WEDNESDAY)
    async with house.db.transaction() as conn:
        await subscriptions.put(conn, SubscriptionRow(FANG, "daily", WEDNESDAY, "10:00"))
    assert len(await house.at(10)) == 1
    await house.at(10, days=1)
    assert "新增需求 1 项" in (await house.texts(FANG))[-1]


async def test_who_subscribes_after_the_hour_begins_with_the_next_day(house: House) -> None:
    await submit(house.db, 1, YESTERDAY)
    async with house.db.transaction() as conn:
        await subscriptions.put(conn, SubscriptionRow(FANG, "daily", WEDNESDAY, "08:30"))
    assert await house.at(9, 1) == []
    assert await house.at(8, 30, days=1) == [f"digest:daily:2024-05-16:{FANG}"]


async def test_a_long_digest_comes_in_parts_and_in_order(house: House) -> None:
    for number in range(1, 40):
        fields = {"单位名称": "厦门示例" * 7 + str(number)}
        await submit(house.db, number, YESTERDAY, fields=fields, national=number % 2 == 0)
    keys = await house.at(9)
    key = f"digest:daily:2024-05-15:{FANG}"
    assert keys == [key, f"{key}:2"]
    parts = await house.texts(FANG)
    assert max(len(part.encode()) for part in parts) <= 2048
    assert parts[1].startswith("知行简报 5月15日（续）")


async def test_letters_that_were_given_up_are_counted_for_heads(
    db: Database, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    async def two(_conn: object, _since: object, regions: Collection[str]) -> int:
        seen.append(set(regions))
        return 2

    clerks = subscribed(FANG, "daily", empty=True)
    house = House(db, kb, settings(clerks, subscribed(QIANG, "daily")))
    monkeypatch.setattr(outbox, "failed", two)
    letter = OutboxRow("note:1", "wechat:lin", {}, WEDNESDAY, "wechat", region="厦门市")
    async with db.transaction() as conn:
        await outbox.add(conn, [letter, replace(letter, key="note:2", region=None)])
    await house.at(9)
    assert seen == [{"厦门市"}], "of the head's regions, as they lie in the outbox"
    assert "发送失败 **2** 条" in (await house.texts(QIANG))[0]
    assert "回复“发送失败”" in (await house.texts(QIANG))[0]
    assert "发送失败" not in (await house.texts(FANG))[0]
