"""Deadlines that come near: staff who subscribed, and enterprises who asked, are told in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from intents.conversation import Conversation, to_json
from intents.due import due_of
from knowledge.snapshot import KnowledgeBase
from storage import conversations, notes, reminders, subscriptions
from storage.conversations import ConversationRow
from storage.database import Database
from storage.reminders import ReminderRow
from storage.subscriptions import SubscriptionRow
from tests.bot.push.office import BEIJING, FANG, QIANG, House, settings, subscribed

LIN = "wechat:lin"
ANNA = "wecom:anna"
"""Enterprises: of a platform that takes nothing first, and of one that does."""
AUGUST = datetime(2023, 8, 1, 9, 0, tzinfo=BEIJING)


@pytest.fixture
def house(db: Database, kb: KnowledgeBase) -> House:
    house = House(db, kb, settings(subscribed(FANG, "deadline")), pushable=frozenset({"wecom"}))
    house.clock.now = AUGUST
    return house


# Staff


async def test_staff_are_told_seven_three_and_one_day_before(house: House) -> None:
    """The 18th of August 2023 is a Friday."""
    told = {}
    for day in range(1, 25):
        house.clock.now = AUGUST
        before = len(await house.keys())
        if len(await house.at(9, days=day - 1)) > before:
            told[day] = (await house.texts(FANG))[-1]
    assert list(told) == [11, 15, 17]
    assert told[11].startswith("【到期提醒】还剩7天（8月18日截止）\n")
    assert "推荐优秀案例" in told[11]
    assert told[11].endswith("闽知发〔2023〕10号 五（四）")
    assert "还剩1天" in told[17]


async def test_what_falls_on_a_day_off_is_told_on_the_working_day_before(
    db: Database, kb: KnowledgeBase
) -> None:
    """The 30th of June 2024 is a Sunday: 3 days before is Thursday, 1 day before a Saturday."""
    house = House(db, kb, settings(subscribed(QIANG, "deadline")))
    told = []
    for day in (23, 24, 27, 28, 29, 30):
        house.clock.now = datetime(2024, 6, day, 9, 0, tzinfo=BEIJING)
        before = len(await house.keys())
        if len(await house.at(9)) > before:
            told.append(day)
    assert told == [24, 27, 28]
    assert "6月30日（6月底前）" in (await house.texts(QIANG))[0]


async def test_nobody_is_told_of_another_province_or_of_what_was_replaced(
    db: Database, kb: KnowledgeBase
) -> None:
    told = settings(subscribed(FANG, "deadline", regions=("浙江省",)))
    house = House(db, kb, told)
    house.clock.now = AUGUST + timedelta(days=16)
    assert await house.at(9) == []


async def test_who_subscribes_late_is_not_told_what_was_told_before(
    db: Database, kb: KnowledgeBase
) -> None:
    house = House(db, kb, settings())
    asked = AUGUST + timedelta(days=12)
    async with db.transaction() as conn:
        await subscriptions.put(conn, SubscriptionRow(FANG, "deadline", asked))
    house.clock.now = asked
    assert await house.at(10) == []
    assert len(await house.at(10, days=2)) == 1


async def test_two_servers_and_a_restart_tell_it_once(house: House) -> None:
    house.clock.now = AUGUST + timedelta(days=10)
    for _ in range(3):
        assert len(await house.at(9)) == 1
    assert len(await house.at(23)) == 1
    assert len(await house.at(9, days=1)) == 1


# Enterprises


def row_of(kb: KnowledgeBase, sender: str, at: datetime = AUGUST) -> ReminderRow:
    [due] = [d for d in due_of(kb.notice("fujian-2023-10")) if d.day == date(2023, 8, 18)]
    return ReminderRow(sender, due.name, due.day.isoformat(), at)


async def ask(db: Database, *rows: ReminderRow) -> None:
    async with db.transaction() as conn:
        await reminders.add(conn, rows)


async def waiting(db: Database, sender: str) -> list[str]:
    async with db.transaction() as conn:
        found = await notes.waiting(conn, [sender])
    return [note.text for note in found.get(sender, [])]


async def test_who_cannot_be_written_to_finds_the_last_of_the_reminders(
    house: House, kb: KnowledgeBase
) -> None:
    house.told = settings()
    await ask(house.db, row_of(kb, LIN))
    for day, told in ((10, 0), (11, 1), (12, 1), (15, 1), (17, 1)):
        house.clock.now = AUGUST
        await house.at(9, days=day - 1)
        assert len(await waiting(house.db, LIN)) == told
    [text] = await waiting(house.db, LIN)
    assert text.startswith(
        "【到期提醒】推荐优秀案例（附件2，至少1项），2023年8月18日前（含当天）。\n依据："
    )
    house.clock.now = AUGUST
    await house.at(9, days=18)
    assert await waiting(house.db, LIN) == []
    async with house.db.transaction() as conn:
        assert await reminders.listing(conn) == []


async def test_who_can_be_written_to_is_told_three_times(house: House, kb: KnowledgeBase) -> None:
    house.told = settings()
    await ask(house.db, row_of(kb, ANNA))
    talk = to_json(Conversation(region="厦门市"))
    async with house.db.transaction() as conn:
        await conversations.save(conn, [ConversationRow(ANNA, talk, AUGUST)])
    for day in range(1, 25):
        house.clock.now = AUGUST
        await house.at(8, 59, days=day - 1)
        await house.at(9)
        async with house.db.transaction() as conn:
            found = await notes.waiting(conn, [ANNA])
            await notes.told(conn, [n.id for n in found.get(ANNA, [])], house.clock.now)
    assert await house.regions() == {ANNA: "厦门市"}, "which they told once"
    texts = await house.texts(ANNA)
    assert len(texts) == 3
    assert len(set(texts)) == 1


@pytest.mark.parametrize(("asked", "told"), [(11, [15, 17]), (15, [17]), (17, [])])
async def test_only_what_comes_after_it_was_asked_for(
    house: House, kb: KnowledgeBase, asked: int, told: list[int]
) -> None:
    house.told = settings()
    await ask(house.db, row_of(kb, ANNA, AUGUST + timedelta(days=asked - 1)))
    days_told = []
    for day in range(asked, 19):
        house.clock.now = AUGUST
        before = len(await house.keys())
        if len(await house.at(9, days=day - 1)) > before:
            days_told.append(day)
    assert days_told == told


async def test_a_deadline_that_was_moved_is_followed(house: House, kb: KnowledgeBase) -> None:
    house.told = settings()
    await ask(house.db, row_of(kb, LIN))
    house.kb = changed(kb, date(2023, 9, 8))
    await house.at(9)
    [text] = await waiting(house.db, LIN)
    assert "原来是2023年8月18日，现在是2023年9月8日前（含当天）" in text
    await house.at(9, days=1)
    assert len(await waiting(house.db, LIN)) == 1
    house.clock.now = datetime(2023, 9, 1, tzinfo=BEIJING)
    await house.at(9)
    assert "2023年9月8日前" in (await waiting(house.db, LIN))[-1]
    assert len(await waiting(house.db, LIN)) == 2


async def test_a_deadline_that_is_gone_is_told_once_and_forgotten(
    house: House, kb: KnowledgeBase
) -> None:
    house.told = settings()
    await ask(house.db, row_of(kb, LIN))
    house.kb = changed(kb, None)
    await house.at(9)
    await house.at(9, days=1)
    [text] = await waiting(house.db, LIN)
    assert "福建2023年万里行方案五（四），原来是2023年8月18日" in text
    async with house.db.transaction() as conn:
        assert await reminders.listing(conn) == []


async def test_who_was_forgotten_is_told_nothing(house: House, kb: KnowledgeBase) -> None:
    house.told = settings()
    await ask(house.db, row_of(kb, ANNA))
    async with house.db.transaction() as conn:
        await reminders.blank(conn, [ANNA])
    await house.at(9, days=10)
    assert await house.keys() == []


def changed(kb: KnowledgeBase, due: date | None) -> KnowledgeBase:
    """The same knowledge with the recommendation due on another day, or not there any more."""
    notices = []
    for notice in kb.notices:
        deadlines = [
            d.model_copy(update={"due": due}) if "推荐优秀案例" in d.what else d
            for d in notice.deadlines
            if due or "推荐优秀案例" not in d.what
        ]
        notices.append(notice.model_copy(update={"deadlines": tuple(deadlines)}))
    return KnowledgeBase(
        notices, kb.lexicon, kb.regions, divisions=kb.divisions, bureaus=kb.bureaus, version="2"
    )
