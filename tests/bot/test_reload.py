"""A running server takes up what was published, and nothing that it cannot load."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import pkgutil
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import intents
import knowledge
from bot.current import Current
from bot.desk import Desk
from bot.message import Message, Sender
from bot.revisions import reload
from bot.revisions.publishing import Signed, publish
from bot.revisions.reload import Reloader
from bot.revisions.served import Revision, knowledge_in
from bot.settings import Settings
from intents.conversation import FRESH, Conversation
from intents.remembered import OF_A_SNAPSHOT
from intents.respond import respond
from intents.turn import Reply, Said, Turn
from knowledge.model import DemandForm, KeyTask, Notice, Slot
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.knowledge.small import FILE, NOTICE

AT = datetime(2030, 5, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
QUESTION = "2030年惠企通知的实施计划几号报送"
LATER = NOTICE.replace("2030-05-20", "2030-05-25").replace("5月20日", "5月25日")
BROKEN = NOTICE.replace("2030-05-20", "2030-13-01")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database=database_url)


@pytest.fixture
def current(settings: Settings) -> Current:
    return Current(knowledge_in(settings, Revision(1, {FILE: NOTICE})), 1)


@pytest.fixture
async def reloader(db: Database, settings: Settings, current: Current) -> Reloader:
    await put(db, NOTICE)
    return Reloader(settings, db, current, lambda: AT, respond)


async def put(db: Database, text: str) -> int:
    return await publish(db, {FILE: text}, Signed("改", None, AT))


def asked(current: Current) -> str:
    return respond(FRESH, Said(QUESTION), current.kb, AT).reply.text


async def test_what_is_published_is_served(
    db: Database, current: Current, reloader: Reloader
) -> None:
    assert "5月20日" in asked(current)
    await put(db, LATER)
    await reloader.look()
    assert "5月25日" in asked(current)
    assert current.revision == 2


async def test_what_is_served_already_is_not_built_again(
    current: Current, reloader: Reloader
) -> None:
    before = current.kb
    await reloader.look()
    assert current.kb is before


async def test_what_cannot_be_loaded_leaves_the_old_one_serving_and_is_told_once(
    db: Database, current: Current, reloader: Reloader, caplog: pytest.LogCaptureFixture
) -> None:
    await put(db, BROKEN)
    before = current.kb
    await reloader.look()
    await reloader.look()
    assert (current.kb, current.revision) == (before, 1)
    (line,) = caplog.messages
    assert f"{FILE}:" in line
    assert '"2030-13-01" is not a date' in line
    await put(db, LATER)
    await reloader.look()
    assert current.revision == 3


async def test_what_breaks_while_it_is_warmed_is_not_served(
    db: Database, settings: Settings, current: Current, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> Turn:
        raise RuntimeError("张三")

    await put(db, NOTICE)
    await put(db, LATER)
    await Reloader(settings, db, current, lambda: AT, breaks).look()
    assert current.revision == 1
    assert caplog.messages == ["revision 2 is not served: RuntimeError"]


async def test_a_database_that_is_away_is_told_once_and_waited_for(
    db: Database,
    current: Current,
    reloader: Reloader,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(reload, "EVERY", 0.001)
    looked, times = asyncio.Event(), count(1)
    look = reloader.look

    async def away_at_first() -> None:
        if next(times) < 4:
            raise OSError("away")
        await look()
        looked.set()

    monkeypatch.setattr(reloader, "look", away_at_first)
    await put(db, LATER)
    caplog.set_level(logging.ERROR)
    task = asyncio.create_task(reloader.run())
    await asyncio.wait_for(looked.wait(), 30)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert current.revision == 2
    assert caplog.messages == ["revisions cannot be read: OSError"]


async def test_a_batch_is_answered_by_one_snapshot(db: Database, current: Current) -> None:
    """The swap happens while a message of the batch is being answered."""
    old, new = current.kb, knowledge_in(Settings(), Revision(2, {FILE: LATER}))
    seen: list[KnowledgeBase] = []

    def swapped_meanwhile(
        conversation: Conversation, _said: Said, kb: KnowledgeBase, _now: datetime
    ) -> Turn:
        seen.append(kb)
        current.kb = new
        return Turn(Reply("answer", "好"), conversation)

    desk = Desk(db, current, lambda: AT, swapped_meanwhile)
    await asyncio.gather(*(desk.take(message(str(n))) for n in range(3)))
    await desk.take(message("last"))
    assert seen == [old, old, old, new]
    await desk.close()


def message(id_: str) -> Message:
    return Message(id_, Sender("wecom", id_), Said("你好"), AT.astimezone(UTC))


# memory


def test_all_that_is_remembered_for_a_snapshot_is_forgotten_together() -> None:
    remembering = set()
    for package in (intents, knowledge):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(found.name)).values():
                if hasattr(value, "cache_clear") and takes_a_snapshot(value):
                    remembering.add(value)
    assert remembering == set(OF_A_SNAPSHOT)


def takes_a_snapshot(function: Callable[..., Any]) -> bool:
    """Whether it is given a knowledge base or a notice, which it then keeps."""
    given = inspect.signature(function).parameters.values()
    return any(str(one.annotation) in ("KnowledgeBase", "Notice") for one in given)


async def test_a_snapshot_that_is_served_no_more_leaves_the_memory(
    db: Database, current: Current, reloader: Reloader
) -> None:
    asked(current)
    for text in ("登记需求", "你好", "万里行什么时候", "我想办质押贷款"):
        respond(FRESH, Said(text), current.kb, AT)
    before = weakref.ref(current.kb)
    gc.disable()  # its own time comes seldom, and each snapshot is thirty megabytes
    try:
        await put(db, LATER)
        await reloader.look()
        assert before() is None
    finally:
        gc.enable()
        gc.unfreeze()


# forms that change while they are being filled in

SAID = ("登记需求", "厦门示例科技有限公司", "林二", "13900000000", "想办专利质押贷款", "第一个")
THEN = ("林二", "13900000000", "上一步", "跳过", "确认", "1", "提交", "取消", "总结几号交")


def only_the_first_slot(notice: Notice, form: DemandForm) -> Notice:
    return with_form(notice, form, slots=form.slots[:1])


def other_slots(notice: Notice, form: DemandForm) -> Notice:
    slot = Slot(name="项目", kind="text", prompt="请问是什么项目", ask=True)
    return with_form(notice, form, slots=(slot,))


def another_task(notice: Notice, form: DemandForm) -> Notice:
    return with_form(notice, form, key_tasks=(KeyTask(name="另一项"),))


def another_notice(notice: Notice, _form: DemandForm) -> Notice:
    return notice.model_copy(update={"id": "demo-2030-9"})


def no_form(notice: Notice, _form: DemandForm) -> Notice:
    return notice.model_copy(update={"form": None})


def with_form(notice: Notice, form: DemandForm, **changed: object) -> Notice:
    return notice.model_copy(update={"form": form.model_copy(update=changed)})


@pytest.mark.parametrize(
    "change", [only_the_first_slot, other_slots, another_task, another_notice, no_form]
)
def test_a_form_that_changes_in_the_middle_goes_on(
    kb: KnowledgeBase, change: Callable[[Notice, DemandForm], Notice]
) -> None:
    """Whatever was said before the change, and whatever is said after it."""
    after = with_changed_form(kb, change)
    talk = FRESH
    for text in SAID:
        talk = respond(talk, Said(text), kb, AT).conversation
        assert talk.form is not None
        for then in THEN:
            turn = respond(talk, Said(then), after, AT)
            assert turn.reply.text, (text, then)
            again = respond(turn.conversation, Said("提交"), after, AT)
            assert again.reply.text, (text, then)


def with_changed_form(
    kb: KnowledgeBase, change: Callable[[Notice, DemandForm], Notice]
) -> KnowledgeBase:
    notices = [change(n, n.form) if n.form is not None else n for n in kb.notices]
    return KnowledgeBase(notices, kb.lexicon, kb.regions)
