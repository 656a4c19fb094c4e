"""What a turn wants done is done, in each sender's own order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answered import Answered, PastTurn, from_json, to_json
from bot.desk import Desk
from intents.turn import Citation, Reply
from storage import audit, demands, inbox, notes, questions, tickets
from storage.database import Database
from storage.demands import StoredDemand
from storage.questions import StoredQuestion
from tests.bot.stand_in import NEAREST, NOW, a_desk, message

PHONE = "13900000001"


@pytest.fixture
async def desk(db: Database) -> AsyncIterator[Desk]:
    desk = a_desk(db)
    yield desk
    await desk.close()


async def say(desk: Desk, *said: str, user: str = "张三", first: int = 1) -> list[Answered]:
    """Says all of it at the same moment, so that it lands in one batch."""
    messages = [message(str(n), text, user) for n, text in enumerate(said, first)]
    return await asyncio.gather(*(desk.take(m) for m in messages))


async def stored(db: Database) -> list[StoredDemand]:
    async with db.transaction() as conn:
        return await demands.listing(conn)


async def asked(db: Database) -> list[StoredQuestion]:
    async with db.transaction() as conn:
        return await questions.open_questions(conn)


async def test_a_submitted_demand_lies_in_the_list_with_all_that_was_told(
    desk: Desk, db: Database
) -> None:
    [answered] = await say(desk, "需求 专利导航")
    [demand] = await stored(db)
    assert answered.demand == demand.id
    assert (demand.sender, demand.channel, demand.number) == ("wecom:张三", "wecom", 1)
    assert (demand.status, demand.region) == ("submitted", "福建省")
    assert (demand.notice, demand.campaign) == ("cnipa-2021-51", "知识产权服务万里行")
    assert demand.fields == {"服务需求事项": "专利导航", "手机": PHONE, "需国家局协调": True}
    assert demand.created == NOW


async def test_each_turn_tells_which_demand_it_touched(desk: Desk, db: Database) -> None:
    told = await say(desk, "草稿 商", "需求 商标", "需求 专利", "你好", "撤销 1", "撤销 9")
    first, second = await stored(db)
    assert [a.demand for a in told] == [first.id, first.id, second.id, None, first.id, None]
    assert (first.status, second.status) == ("cancelled", "submitted")
    assert await say(desk, "草稿 商", "需求 商标", "需求 专利", "你好", "撤销 1", "撤销 9") == told


async def test_a_cancelled_demand_keeps_no_phone(desk: Desk, db: Database) -> None:
    await say(desk, "草稿 商标")
    await say(desk, "撤销 1", first=2)
    [demand] = await stored(db)
    assert (demand.status, demand.fields["手机"]) == ("cancelled", None)
    assert demand.fields["服务需求事项"] == "商标"


async def test_called_off_and_begun_again_in_one_breath_is_a_draft(
    desk: Desk, db: Database
) -> None:
    await say(desk, "草稿 商标", "撤销 1", "草稿 专利")
    [demand] = await stored(db)
    assert (demand.status, demand.fields["服务需求事项"]) == ("draft", "专利")


async def test_an_unanswered_question_waits_for_staff_with_the_nearest_known_thing(
    desk: Desk, db: Database
) -> None:
    await say(desk, "问 2026年的截止时间")
    [question] = await asked(db)
    assert (question.kind, question.question) == ("question", "2026年的截止时间")
    assert (question.sender, question.lacks) == ("wecom:张三", "没有这一年的通知")
    assert question.nearest is not None
    assert Citation(**question.nearest) == NEAREST


async def test_who_wants_a_person_waits_for_staff(desk: Desk, db: Database) -> None:
    await say(desk, "人工", "人工")
    async with db.transaction() as conn:
        [ticket] = await tickets.listing(conn)
    assert (ticket.sender, ticket.about, ticket.state) == ("wecom:张三", "人工", "waiting")
    assert await asked(db) == []


async def test_forgetting_leaves_no_phone_no_talk_and_no_words_of_the_sender(
    desk: Desk, db: Database
) -> None:
    await say(desk, "需求 商标", "草稿 专利", f"问 我的电话{PHONE}")
    await say(desk, f"我的电话{PHONE}", "忘记", "你好", first=4)
    submitted, draft = await stored(db)
    assert (submitted.status, submitted.fields["手机"]) == ("submitted", None)
    assert (draft.status, draft.fields["手机"]) == ("cancelled", None)
    assert await asked(db) == []
    keys = [f"wecom:张三 {n}" for n in range(1, 7)]
    async with db.transaction() as conn:
        replies = await inbox.replies(conn, keys)
    said = [from_json(replies[key]).reply.text for key in keys]
    assert said == ["您的信息已删除"] * 5 + ["1 你好"]


class Lost(Exception):
    """The worker ends in the middle."""


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (demands, "erase"),
        (questions, "blank"),
        (notes, "blank"),
        (tickets, "blank"),
        (audit, "record"),
    ],
)
async def test_stopped_in_the_middle_of_forgetting_all_is_as_it_was_and_a_repeat_forgets(
    desk: Desk, db: Database, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str
) -> None:
    await say(desk, "需求 商标", f"问 我的电话{PHONE}")
    before = await stored(db), await asked(db)
    done = getattr(module, step)

    async def do_it_and_stop(*args: object) -> None:
        await done(*args)
        raise Lost

    with monkeypatch.context() as patch:
        patch.setattr(module, step, do_it_and_stop)
        with pytest.raises(Lost):
            await say(desk, "忘记", first=3)
    assert (await stored(db), await asked(db)) == before
    assert (await say(desk, "忘记", first=3))[0].reply.text == "您的信息已删除"
    [demand] = await stored(db)
    assert (demand.fields["手机"], await asked(db)) == (None, [])


async def test_forgetting_one_sender_touches_no_other(desk: Desk, db: Database) -> None:
    await say(desk, "需求 商标", "问 何时", user="李四")
    await say(desk, "需求 专利", "忘记")
    other, mine = await stored(db)
    assert (other.sender, other.fields["手机"]) == ("wecom:李四", PHONE)
    assert (mine.sender, mine.fields["手机"]) == ("wecom:张三", None)
    assert len(await asked(db)) == 1
    [again] = await say(desk, "需求 商标", user="李四")
    assert again.reply.text == "1 需求 商标"


async def test_a_need_told_after_forgetting_is_a_new_demand(desk: Desk, db: Database) -> None:
    await say(desk, "需求 商标", "忘记", "需求 专利")
    old, new = await stored(db)
    assert (old.number, old.fields["手机"]) == (1, None)
    assert (new.number, new.fields["服务需求事项"], new.fields["手机"]) == (2, "专利", PHONE)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
replies = st.builds(
    Reply,
    kind=st.sampled_from(["answer", "clarify", "refuse", "collect", "smalltalk", "command"]),
    text=texts,
    options=st.lists(texts, max_size=3).map(tuple),
    citations=st.lists(st.builds(Citation, texts, st.none() | texts, texts), max_size=3).map(tuple),
    intent=st.none() | texts,
    task=st.none() | texts,
)


@given(
    st.builds(
        PastTurn, replies, st.none() | st.integers(1, 2**40), st.text(), revision=st.integers(0)
    )
)
def test_every_past_turn_comes_back_from_its_json_as_it_was(turn: PastTurn) -> None:
    assert from_json(to_json(turn)) == turn


async def test_a_message_is_kept_with_its_answer_and_what_answered_it(
    db: Database, desk: Desk
) -> None:
    await say(desk, "需求 专利导航", "福建的需求清单什么时候报")
    async with db.transaction() as conn:
        rows = await inbox.of_sender(conn, "wecom:张三", NOW, NOW, 9)
        [demand] = await demands.listing(conn)
    turns = {turn.said: turn for turn in (from_json(row.reply) for row in rows)}
    assert turns["需求 专利导航"].demand == demand.id
    assert {row.kind for row in rows} == {turn.reply.kind for turn in turns.values()}
    kept = {row.until - NOW for row in rows}
    assert kept == {timedelta(days=730), timedelta(days=90)}
