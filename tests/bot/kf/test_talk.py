"""A customer of 微信客服 writes, and is answered in their chat: once, in order, in the window."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from aiohttp import ClientSession
from sqlalchemy import delete

from bot.channels.kf.account import LEASE, Busy, NotTaken
from bot.channels.kf.fetching import PAGE, NotFetched
from bot.channels.kf.handover import row
from bot.desk import Answered
from bot.message import Message
from bot.platforms.calls import Unreachable
from intents.conversation import Conversation
from intents.turn import Link, Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase
from storage import leases, outbox
from storage.database import Database
from storage.schema import cursors
from tests.bot.kf.office import SENDER, Office
from tests.clock import Clock
from tests.platform.faults import after, errcode, reset, status, unanswered
from tests.platform.kf import Kf
from tests.platform.kf_customers import CUSTOMER, KF_ID
from tests.platform.qyapi import QyApi

SEND = "/cgi-bin/kf/send_msg"
WELCOME = "/cgi-bin/kf/send_msg_on_event"
SYNC = "/cgi-bin/kf/sync_msg"
OTHER = "wmOTHER-CUSTOMER"


async def states(db: Database) -> list[str]:
    async with db.transaction() as conn:
        return [row.state for row in await outbox.listing(conn)]


async def test_who_writes_is_answered_in_their_chat(wecom: QyApi, kf: Kf, office: Office) -> None:
    await office.settle(kf.says("年费怎么交").token)
    assert wecom.arrived.texts(CUSTOMER) == ["1 年费怎么交"]
    [body] = wecom.bodies(SEND)
    msgid = body.pop("msgid")
    assert body == {
        "touser": CUSTOMER,
        "open_kfid": KF_ID,
        "msgtype": "text",
        "text": {"content": "1 年费怎么交"},
    }
    assert len(msgid) == 32
    assert msgid.isalnum()


async def test_news_are_fetched_as_documented(wecom: QyApi, kf: Kf, office: Office) -> None:
    token = kf.says("年费怎么交").token
    await office.serve(token)
    asked = {"token": token, "limit": PAGE, "voice_format": 0, "open_kfid": KF_ID}
    assert wecom.bodies(SYNC) == [asked]
    await office.serve(kf.says("在吗").token)
    assert wecom.bodies(SYNC)[1]["cursor"] == "cursor00000001"


async def test_customers_are_answered_each_in_the_order_in_which_they_wrote(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    kf.page = 2
    for text in ("一", "二", "三"):
        kf.says(text)
        kf.says(text, OTHER)
    await office.settle(kf.wake().token)
    assert wecom.arrived.texts(CUSTOMER) == ["1 一", "2 二", "3 三"]
    assert wecom.arrived.texts(OTHER) == ["1 一", "2 二", "3 三"]


async def test_woken_again_without_news_nobody_is_answered_again(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    await office.settle(kf.says("年费怎么交").token)
    for _ in range(3):
        await office.settle(kf.wake().token)
    assert wecom.arrived.texts() == ["1 年费怎么交"]


async def test_a_wake_up_that_was_lost_is_made_up_for_without_its_token(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    kf.says("年费怎么交")
    await office.settle()
    assert wecom.arrived.texts() == ["1 年费怎么交"]
    assert "token" not in wecom.bodies(SYNC)[0]


async def test_news_are_fetched_though_the_token_has_run_out(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock
) -> None:
    token = kf.says("年费怎么交").token
    clock.passes(minutes=11)
    await office.settle(token)
    assert wecom.arrived.texts() == ["1 年费怎么交"]


async def test_a_token_is_used_for_as_long_as_it_is_good(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock
) -> None:
    token = kf.says("年费怎么交").token
    await office.serve(token)
    clock.passes(minutes=9)
    await office.account.serve()
    clock.passes(minutes=1)
    await office.account.serve()
    assert [asked.get("token") for asked in wecom.bodies(SYNC)] == [token, token, None]


async def test_with_the_cursor_lost_three_days_come_again_and_nobody_is_answered_twice(
    wecom: QyApi, kf: Kf, office: Office, db: Database
) -> None:
    await office.settle(kf.says("一").token)
    await office.settle(kf.enters(OTHER).token)
    async with db.transaction() as conn:
        await conn.execute(delete(cursors))
    await office.settle(kf.says("二").token)
    assert wecom.arrived.texts(CUSTOMER) == ["1 一", "2 二"]
    assert wecom.arrived.texts(OTHER) == ["1 "]


async def test_with_a_cursor_that_wecom_knows_no_more_reading_begins_anew(
    wecom: QyApi, kf: Kf, office: Office, db: Database
) -> None:
    await office.settle(kf.says("一").token)
    async with db.transaction() as conn:
        await conn.execute(cursors.update().values(cursor="of-another-time"))
    await office.settle(kf.says("二").token)
    assert wecom.arrived.texts() == ["1 一", "2 二"]


async def test_what_people_and_the_platform_say_is_not_answered(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    kf.servicer_says("您好，我来处理")
    kf.recalls("from_msgid_1")
    kf.servicer_takes()
    await office.settle(kf.servicer_ends().token)
    assert wecom.arrived.texts() == []


@pytest.mark.parametrize(
    "broken",
    [
        {"msgid": None},
        {"msgid": ""},
        {"msgid": "x" * 300},
        {"msgid": "m 1"},
        {"send_time": None},
        {"send_time": "gestern"},
        {"send_time": -1},
        {"send_time": 10**30},
        {"external_userid": None},
        {"external_userid": "wm/../../wm"},
        {"external_userid": "@all"},
        {"external_userid": ["wm1"]},
        {"open_kfid": "wk 1"},
        {"origin": "3"},
        {"msgtype": None},
        {"text": "年费"},
        {"text": {"content": "年\ud800费\x00"}},
        {"msgid": "m\ud800"},
        {"\ud800": ["\ud800", {"\x00": "\ud800"}]},
        {"text": {"content": ["年费"]}},
    ],
    ids=str,
)
async def test_what_is_not_as_documented_harms_nobody_else(
    wecom: QyApi, kf: Kf, office: Office, broken: dict[str, object]
) -> None:
    kf.says("坏", OTHER)
    kf.log[KF_ID][-1][1].update(broken)
    await office.settle(kf.says("年费怎么交").token)
    assert wecom.arrived.texts(CUSTOMER) == ["1 年费怎么交"]


async def test_who_cannot_be_answered_yet_holds_up_nobody_else(
    wecom: QyApi, kf: Kf, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = office.desk.take

    async def only_others(message: Message) -> Answered:
        if message.sender.key == SENDER:
            raise TimeoutError
        return await take(message)

    with monkeypatch.context() as patch:
        patch.setattr(office.desk, "take", only_others)
        kf.says("一")
        kf.says("甲", OTHER)
        with pytest.raises(NotTaken):
            await office.serve(kf.says("二").token)
        with pytest.raises(NotTaken):
            await office.serve(kf.says("乙", OTHER).token)
    await office.settle()
    assert wecom.arrived.texts(CUSTOMER) == ["1 一", "2 二"]
    assert wecom.arrived.texts(OTHER) == ["1 甲", "2 乙"]


async def test_a_reply_that_arrived_without_our_being_told_arrives_once(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock
) -> None:
    wecom.faults.then(unanswered(), path=SEND)
    await office.settle(kf.says("年费怎么交").token)
    clock.passes(seconds=30)
    await office.post()
    first, second = wecom.bodies(SEND)
    assert first == second
    assert wecom.arrived.texts() == ["1 年费怎么交"]
    assert await states(office.db) == ["sent"]


async def test_while_wecom_is_away_nothing_is_lost(wecom: QyApi, kf: Kf, office: Office) -> None:
    token = kf.says("年费怎么交").token
    wecom.faults.then(reset(), status(500), path=SYNC)
    with pytest.raises(Unreachable):
        await office.serve(token)
    with pytest.raises(NotFetched):
        await office.serve(token)
    await office.settle(token)
    assert wecom.arrived.texts() == ["1 年费怎么交"]


FAULTS = {
    "busy": errcode(-1),
    "too often": errcode(45009),
    "too many at once": errcode(45033),
    "HTTP 500": status(500),
    "reset": reset(),
    "sent but not told": unanswered(),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_whatever_goes_wrong_with_a_send_it_arrives_once_and_in_order(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock, name: str
) -> None:
    wecom.faults.then(FAULTS[name], path=SEND)
    kf.says("一")
    await office.settle(kf.says("二").token)
    clock.passes(minutes=2)
    await office.post()
    assert wecom.arrived.texts() == ["1 一", "2 二"]
    assert await states(office.db) == ["sent", "sent"]


async def test_an_access_token_that_dies_on_the_way_is_replaced(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    await office.settle(kf.says("一").token)
    wecom.faults.then(after(wecom.tokens.die), path=SYNC)
    wecom.faults.then(after(wecom.tokens.die), path=SEND)
    await office.settle(kf.says("二").token)
    office.clock.passes(minutes=2)
    await office.settle()
    assert wecom.arrived.texts() == ["1 一", "2 二"]


async def test_asked_too_often_wecom_is_left_alone_for_a_minute(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    wecom.faults.then(errcode(45009), path=SYNC)
    with pytest.raises(NotFetched) as refused:
        await office.serve(kf.says("年费怎么交").token)
    assert refused.value.after.total_seconds() == 60


async def test_a_sixth_reply_waits_until_they_write_again(
    wecom: QyApi, kf: Kf, office: Office, db: Database
) -> None:
    session = kf.session(CUSTOMER)
    kf.says("一")
    session.left = 0  # servicers' tools have used the five up
    await office.settle(kf.wake().token)
    assert wecom.arrived.texts() == []
    await office.settle(kf.says("二").token)
    assert wecom.arrived.texts() == ["1 一\n\n2 二"]
    assert await states(db) == ["left", "sent"]


async def test_after_two_days_nobody_is_written_to_before_they_write(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock
) -> None:
    kf.says("一")
    clock.passes(hours=49)
    await office.settle()
    assert wecom.bodies(SEND) == []
    await office.settle(kf.says("二").token)
    assert wecom.arrived.texts() == ["1 一\n\n2 二"]


async def test_a_reply_that_the_customer_refused_is_among_what_could_not_be_sent(
    wecom: QyApi, kf: Kf, office: Office, db: Database
) -> None:
    kf.refusing[CUSTOMER] = 10
    await office.settle(kf.says("年费怎么交").token)
    await office.settle(kf.wake().token)
    async with db.transaction() as conn:
        [letter] = await outbox.listing(conn)
    assert (letter.state, letter.error) == ("dead", "msg_send_fail 10")


async def test_a_reply_that_came_too_late_is_told_with_the_next_one(
    wecom: QyApi, kf: Kf, office: Office
) -> None:
    kf.refusing[CUSTOMER] = 4
    await office.settle(kf.says("一").token)
    await office.settle(kf.wake().token)
    kf.refusing.clear()
    await office.settle(kf.says("二").token)
    assert wecom.arrived.texts() == ["1 一\n\n2 二"]


async def test_who_comes_in_is_welcomed_once(wecom: QyApi, kf: Kf, office: Office) -> None:
    await office.settle(kf.enters().token)
    await office.settle(kf.enters().token)
    [body] = wecom.bodies(WELCOME)
    assert wecom.arrived.texts() == ["1 "]
    assert set(body) == {"code", "msgid", "msgtype", "text"}


async def test_a_welcome_that_is_too_late_is_not_tried(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock
) -> None:
    kf.enters()
    clock.passes(seconds=20)
    await office.settle()
    assert wecom.bodies(WELCOME) == []
    await office.settle(kf.says("年费怎么交").token)
    assert wecom.arrived.texts() == ["1 年费怎么交"]


async def test_a_welcome_of_which_nothing_is_known_is_not_said_twice(
    wecom: QyApi, kf: Kf, office: Office, clock: Clock
) -> None:
    wecom.faults.then(unanswered(), path=WELCOME)
    await office.settle(kf.enters().token)
    clock.passes(seconds=6)
    await office.post()
    await office.settle(kf.says("年费怎么交").token)
    assert wecom.arrived.texts() == ["1 ", "2 年费怎么交"]


async def test_another_worker_that_is_at_it_is_left_to_it(
    wecom: QyApi, kf: Kf, office: Office, session: ClientSession, clock: Clock
) -> None:
    second = Office(wecom.base, office.db, session, clock, owner="worker-2")
    async with office.db.transaction() as conn:
        await leases.hold(conn, office.account.source, "worker-1", clock(), LEASE)
    with pytest.raises(Busy):
        await second.serve(kf.says("年费怎么交").token)
    clock.now += LEASE
    await second.settle()
    assert wecom.arrived.texts() == ["1 年费怎么交"]
    await second.desk.close()


async def test_one_look_a_minute_is_enough_for_all_workers(
    wecom: QyApi, office: Office, session: ClientSession, clock: Clock
) -> None:
    second = Office(wecom.base, office.db, session, clock, owner="worker-2")
    assert not await second.account.was_read(within=timedelta(minutes=1))
    await office.serve()
    assert await second.account.was_read(within=timedelta(minutes=1))
    clock.passes(minutes=1)
    assert not await second.account.was_read(within=timedelta(minutes=1))
    await second.desk.close()


async def test_a_talk_that_goes_to_the_servicers_comes_back_after_they_end_it(
    wecom: QyApi, db: Database, session: ClientSession, clock: Clock, kf: Kf
) -> None:
    office = Office(wecom.base, db, session, clock, elsewhere=True)
    await office.settle(kf.says("人工").token)
    async with db.transaction() as conn:
        await outbox.add(conn, [row(SENDER, clock(), "m1", None)])
    await office.post()
    assert kf.session(CUSTOMER).state == 2
    await office.settle(kf.says("有人吗").token)
    await office.settle(kf.servicer_takes().token)
    await office.settle(kf.says("在吗").token)
    await office.settle(kf.servicer_ends().token)
    await office.settle(kf.says("年费怎么交").token)
    assert wecom.arrived.texts() == ["1 人工", "2 年费怎么交"]
    assert await states(db) == ["sent", "sent", "sent"]
    await office.desk.close()


async def test_a_session_that_a_servicer_has_already_is_left_with_them(
    kf: Kf, office: Office, db: Database
) -> None:
    await office.settle(kf.says("人工").token)
    kf.servicer_takes()
    async with db.transaction() as conn:
        await outbox.add(conn, [row(SENDER, office.clock(), "m1", None)])
    await office.post()
    assert kf.session(CUSTOMER).state == 3
    assert await states(db) == ["sent", "sent"]


MENU = Reply(
    "clarify",
    "您指哪一年？",
    ("2021年", "2023年"),
    links=(Link("官网", "https://example.cn/notice"),),
)


def asks_back(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Turn:
    reply = MENU if said.text == "什么时候报送" else Reply("answer", f"答复：{said.text}")
    return Turn(reply, conversation)


async def test_options_are_a_menu_to_tap(
    wecom: QyApi, db: Database, session: ClientSession, clock: Clock, kf: Kf
) -> None:
    office = Office(wecom.base, db, session, clock, respond=asks_back)
    await office.settle(kf.says("什么时候报送").token)
    [body] = wecom.bodies(SEND)
    assert body["msgmenu"] == {
        "head_content": "您指哪一年？",
        "list": [
            {"type": "click", "click": {"id": "1", "content": "2021年"}},
            {"type": "click", "click": {"id": "2", "content": "2023年"}},
            {"type": "view", "view": {"url": "https://example.cn/notice", "content": "官网"}},
        ],
    }
    await office.settle(kf.says("2023年", menu_id="2").token)
    assert wecom.arrived.texts()[-1] == "答复：2023年"
    await office.desk.close()
