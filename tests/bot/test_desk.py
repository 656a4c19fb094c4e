"""The desk: each message once, each sender's in order, nothing half stored, nothing lost."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from bot.current import Current
from bot.desk import BATCH, Answered, Desk, DeskClosed
from bot.message import Message
from intents.conversation import Conversation
from intents.turn import Reply, Said, Turn
from intents.wording.talk import apology
from knowledge.snapshot import KnowledgeBase
from storage import conversations, demands, inbox, questions
from storage.connection import AsyncConnection
from storage.database import Database
from tests.bot.killed import STEPS
from tests.bot.stand_in import NOW, Broken, a_desk, message
from tests.data_key import KEYS

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def desk(db: Database) -> AsyncIterator[Desk]:
    desk = a_desk(db)
    yield desk
    await desk.close()


class HeldDatabase(Database):
    """Counts its transactions, and lets none begin before `open_gate`."""

    def __init__(self, db: Database) -> None:
        super().__init__(db._engine)
        self.open_gate = asyncio.Event()
        self.asked_for = asyncio.Event()
        self.transactions = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        self.transactions += 1
        self.asked_for.set()
        await self.open_gate.wait()
        async with super().transaction() as conn:
            yield conn


class Lost(Exception):
    """The database went away."""


class LosingDatabase(Database):
    """Loses the connection at the commit as often as `losses` says."""

    def __init__(self, db: Database, losses: int) -> None:
        super().__init__(db._engine)
        self.losses = losses

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        async with super().transaction() as conn:
            yield conn
            if self.losses:
                self.losses -= 1
                raise Lost


async def texts(desk: Desk, *messages: Message) -> list[str]:
    """The replies to messages that come at the same moment."""
    return [a.reply.text for a in await asyncio.gather(*(desk.take(m) for m in messages))]


async def filed(db: Database) -> list[tuple[str, str]]:
    async with db.transaction() as conn:
        return [(d.sender, str(d.fields["服务需求事项"])) for d in await demands.listing(conn)]


async def test_a_message_is_answered_and_the_next_one_goes_on_from_there(desk: Desk) -> None:
    assert await texts(desk, message("1", "你好")) == ["1 你好"]
    assert await texts(desk, message("2", "再问")) == ["2 再问"]
    assert await texts(desk, message("3", "你好", user="李四")) == ["1 你好"]


async def test_a_conversation_goes_on_after_a_restart(desk: Desk, db: Database) -> None:
    await desk.take(message("1", "你好"))
    assert await texts(a_desk(db), message("2", "再问")) == ["2 再问"]


async def test_a_repeated_message_gets_the_stored_reply_and_files_no_second_demand(
    desk: Desk, db: Database
) -> None:
    first = await desk.take(message("1", "需求 专利导航"))
    assert await desk.take(message("1", "需求 专利导航")) == first
    assert await a_desk(db).take(message("1", "需求 专利导航")) == first
    assert first.demand is not None
    assert await filed(db) == [("wecom:张三", "专利导航")]


async def test_three_copies_at_the_same_moment_are_one_message(desk: Desk, db: Database) -> None:
    copies = [message("1", "需求 专利导航") for _ in range(3)]
    assert await texts(desk, *copies) == ["1 需求 专利导航"] * 3
    assert await filed(db) == [("wecom:张三", "专利导航")]


async def test_a_copy_that_comes_while_the_first_is_in_work_waits_for_its_reply(
    db: Database,
) -> None:
    held = HeldDatabase(db)
    desk = a_desk(held)
    first = asyncio.create_task(desk.take(message("1", "需求 专利导航")))
    await held.asked_for.wait()
    second = asyncio.create_task(desk.take(message("1", "需求 专利导航")))
    held.open_gate.set()
    assert await first == await second
    assert await filed(db) == [("wecom:张三", "专利导航")]


async def test_the_same_id_from_somebody_else_is_another_message(desk: Desk) -> None:
    assert await texts(desk, message("1", "我的电话")) == ["1 我的电话"]
    assert await texts(desk, message("1", "你好", user="李四")) == ["1 你好"]


async def test_two_messages_of_one_sender_sent_at_the_same_moment_are_answered_in_order(
    desk: Desk,
) -> None:
    sent = [
        message(f"{user}{n}", f"第{n}句", user) for n in range(1, 6) for user in ("张三", "李四")
    ]
    assert await texts(desk, *sent) == [f"{n} 第{n}句" for n in range(1, 6) for _ in range(2)]


async def test_what_waits_is_answered_in_one_transaction_and_no_more_than_a_batch(
    db: Database,
) -> None:
    held = HeldDatabase(db)
    held.open_gate.set()
    desk = a_desk(held)
    sent = [message(str(n), "你好", user=str(n)) for n in range(2 * BATCH + 1)]
    assert await texts(desk, *sent) == ["1 你好"] * len(sent)
    assert held.transactions == 3
    await desk.take(message("x", "你好"))
    assert held.transactions == 4


async def test_one_message_that_breaks_gets_an_apology_and_the_others_their_answers(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    sent = [message("1", "你好"), message("2", "出错 13900000001"), message("3", "再问")]
    assert await texts(desk, *sent) == ["1 你好", apology(), "2 再问"]
    assert await texts(desk, sent[1]) == [apology()]
    [record] = caplog.records
    assert "wecom" in record.getMessage()
    assert "张三" not in caplog.text
    assert Broken.__name__ in record.getMessage()
    assert "13900000001" not in caplog.text


async def test_a_lost_transaction_fails_all_of_its_batch_and_a_retry_succeeds(
    db: Database,
) -> None:
    desk = a_desk(LosingDatabase(db, losses=1))
    sent = [message("1", "需求 专利"), message("2", "需求 商标", user="李四")]
    failed = await asyncio.gather(*(desk.take(m) for m in sent), return_exceptions=True)
    assert [type(problem) for problem in failed] == [Lost, Lost]
    assert await filed(db) == []
    assert await texts(desk, *sent) == ["1 需求 专利", "1 需求 商标"]
    assert await filed(db) == [("wecom:张三", "专利"), ("wecom:李四", "商标")]


async def test_a_lost_transaction_does_not_fail_what_waits_behind_it(db: Database) -> None:
    desk = a_desk(LosingDatabase(db, losses=1))
    sent = [message(str(n), "你好", user=str(n)) for n in range(BATCH + 1)]
    results = await asyncio.gather(*(desk.take(m) for m in sent), return_exceptions=True)
    assert {type(problem) for problem in results[:BATCH]} == {Lost}
    assert results[BATCH] == Answered(Reply("answer", "1 你好"))


@pytest.mark.parametrize(
    ("module", "step"),
    [(demands, "save"), (questions, "add"), (inbox, "store"), (conversations, "save")],
)
async def test_stopped_after_any_step_nothing_is_half_stored(
    desk: Desk, db: Database, monkeypatch: pytest.MonkeyPatch, module: Any, step: str
) -> None:
    done = getattr(module, step)

    async def do_it_and_stop(*args: Any) -> None:
        await done(*args)
        raise Lost

    sent = [message("1", "需求 专利"), message("2", "问 2026年的截止时间")]
    with monkeypatch.context() as patch:
        patch.setattr(module, step, do_it_and_stop)
        failed = await asyncio.gather(*(desk.take(m) for m in sent), return_exceptions=True)
    assert [type(problem) for problem in failed] == [Lost, Lost]
    async with db.transaction() as conn:
        assert await demands.listing(conn) == []
        assert await questions.open_questions(conn) == []
        assert await inbox.replies(conn, ["wecom:张三 1", "wecom:张三 2"]) == {}
        assert await conversations.load(conn, ["wecom:张三"]) == {}
    assert await texts(desk, *sent) == ["1 需求 专利", "2 问 2026年的截止时间"]


@pytest.mark.parametrize("step", STEPS)
async def test_killed_between_two_steps_what_was_acknowledged_is_there_and_nothing_else(
    database_url: str, step: str
) -> None:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.killed", database_url, step, cwd=ROOT
    )
    assert await worker.wait() == -signal.SIGKILL
    db = await Database.open(database_url, keys=KEYS)
    assert await filed(db) == [("wecom:张三", "商标")]
    desk = a_desk(db)
    sent = [message("1", "需求 商标"), message("2", "需求 专利")]
    assert await texts(desk, *sent) == ["1 需求 商标", "2 需求 专利"]
    assert await filed(db) == [("wecom:张三", "商标"), ("wecom:张三", "专利")]
    await db.close()


async def test_cancel_of_the_waiting_request_does_not_lose_the_message(db: Database) -> None:
    held = HeldDatabase(db)
    desk = a_desk(held)
    gone = asyncio.create_task(desk.take(message("1", "需求 专利")))
    await held.asked_for.wait()
    queued = asyncio.create_task(desk.take(message("2", "需求 商标")))
    await asyncio.sleep(0)
    gone.cancel()
    queued.cancel()
    held.open_gate.set()
    await desk.close()
    assert gone.cancelled()
    assert queued.cancelled()
    assert await filed(db) == [("wecom:张三", "专利"), ("wecom:张三", "商标")]


async def test_close_finishes_what_is_queued_and_then_takes_nothing_more(db: Database) -> None:
    held = HeldDatabase(db)
    desk = a_desk(held)
    sent = [message(str(n), "你好", user=str(n)) for n in range(BATCH + 1)]
    waiting = asyncio.gather(*(desk.take(m) for m in sent))
    await held.asked_for.wait()
    closing = asyncio.create_task(desk.close())
    held.open_gate.set()
    await closing
    assert {a.reply.text for a in await waiting} == {"1 你好"}
    with pytest.raises(DeskClosed):
        await desk.take(message("x", "你好"))
    await desk.close()


async def test_closing_a_desk_that_took_nothing_is_fine(db: Database) -> None:
    await a_desk(db).close()


async def test_two_workers_that_get_the_same_message_file_one_demand(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url, keys=KEYS)
    desks = [a_desk(db), a_desk(other)]
    for n in range(10):
        same = message(str(n), f"需求 第{n}项")
        first, second = await asyncio.gather(*(desk.take(same) for desk in desks))
        assert first == second
    assert await filed(db) == [("wecom:张三", f"第{n}项") for n in range(10)]
    await other.close()


async def test_two_workers_with_the_same_senders_lose_no_message_of_theirs(
    db: Database, database_url: str
) -> None:
    other = await Database.open(database_url, keys=KEYS)
    users = ["张三", "李四", "王五"]

    async def send(desk: Desk, who: str, users: list[str]) -> None:
        for n in range(10):
            await texts(desk, *(message(f"{who}{n}", "你好", user) for user in users))

    await asyncio.gather(send(a_desk(db), "a", users), send(a_desk(other), "b", users[::-1]))
    last = [message("last", "你好", user) for user in users]
    assert await texts(a_desk(db), *last) == ["21 你好"] * 3
    await other.close()


async def test_the_answer_comes_from_the_snapshot_and_the_time_of_now(db: Database) -> None:
    def what_is_served(
        conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime
    ) -> Turn:
        return Turn(Reply("answer", f"{kb} {now:%H:%M %Z}"), conversation)

    current = Current(cast(KnowledgeBase, "旧"))
    desk = Desk(db, current, lambda: NOW, what_is_served)
    assert await texts(desk, message("1", "你好")) == ["旧 09:00 CST"]
    current.kb = cast(KnowledgeBase, "新")
    assert await texts(desk, message("2", "你好")) == ["新 09:00 CST"]


async def test_text_that_no_database_holds_harms_neither_its_sender_nor_the_others(
    desk: Desk,
) -> None:
    sent = [
        message("1\x00", "需求 空\x00字符", user="张\x00三"),
        message("2", "需求 半个\ud83d表情", user="李四"),
        message("长" * 5000, "你好", user="王" * 5000),
    ]
    assert await texts(desk, *sent) == ["1 需求 空字符", "1 需求 半个?表情", "1 你好"]
    assert await texts(desk, *sent) == ["1 需求 空字符", "1 需求 半个?表情", "1 你好"]


async def test_a_conversation_that_cannot_be_read_starts_afresh(desk: Desk, db: Database) -> None:
    async with db.transaction() as conn:
        unreadable = {"v": 1, "demands": "很多", "menu": 7}
        row = conversations.ConversationRow("wecom:张三", unreadable, NOW)
        await conversations.save(conn, [row])
    assert await texts(desk, message("1", "你好")) == ["1 你好"]
