"""A reply that cannot ride back on its request lies in the outbox once it is stored, and once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.delivery.letters import Letter, from_json, to_json
from bot.desk import Desk
from bot.message import Message, Room, Route, Sender
from intents.conversation import Conversation
from intents.conversation import to_json as to_json_of
from intents.turn import Citation, Link, Reply, Said
from storage import conversations, outbox
from storage.conversations import ConversationRow
from storage.database import Database
from storage.outbox import StoredMessage
from tests.bot.stand_in import NOW, a_desk

GROUP = Sender("dingtalk", "cid1/zhangsan")
VIA = {"session_webhook": "https://oapi.dingtalk.com/robot/sendBySession?session=x"}


def message(id_: str, text: str, room: Room | None = None, route: Route | None = None) -> Message:
    return Message(id_, GROUP, Said(text), datetime(2024, 5, 1, tzinfo=UTC), room, route)


@pytest.fixture
def desk(db: Database) -> Desk:
    return a_desk(db)


async def posted(db: Database) -> list[tuple[StoredMessage, Letter]]:
    async with db.transaction() as conn:
        return [(m, from_json(m.payload or {})) for m in await outbox.listing(conn)]


async def test_a_reply_goes_to_who_asked_with_what_its_courier_needs(
    desk: Desk, db: Database
) -> None:
    await desk.take(message("m1", "在吗", route=Route(VIA)))
    [(row, letter)] = await posted(db)
    assert (row.key, row.target, row.channel) == (
        "reply:dingtalk:cid1/zhangsan m1:1",
        "dingtalk:cid1/zhangsan",
        "dingtalk",
    )
    assert (letter.reply.text, letter.via) == ("1 在吗", VIA)


async def test_a_reply_is_of_the_region_that_was_told(desk: Desk, db: Database) -> None:
    talk = to_json_of(Conversation(region="厦门市"))
    async with db.transaction() as conn:
        await conversations.save(conn, [ConversationRow(GROUP.key, talk, NOW)])
    await desk.take(message("m1", "在吗", route=Route(VIA)))
    [(row, _)] = await posted(db)
    assert row.region == "厦门市"


async def test_a_repeat_of_a_message_posts_nothing_more(desk: Desk, db: Database) -> None:
    for _ in range(3):
        await desk.take(message("m1", "在吗", route=Route(VIA)))
    assert len(await posted(db)) == 1


async def test_a_reply_that_rides_back_is_not_posted(desk: Desk, db: Database) -> None:
    await desk.take(message("m1", "在吗"))
    assert await posted(db) == []


async def test_a_long_reply_is_posted_in_parts_that_each_fit(desk: Desk, db: Database) -> None:
    text = "请按要求准备材料。" * 120
    await desk.take(message("m1", text, Room(1000, 5), Route(VIA)))
    letters = [letter for _, letter in await posted(db)]
    assert len(letters) == 4
    assert all(len(letter.reply.plain.encode()) <= 1000 for letter in letters)
    assert "".join(letter.reply.text for letter in letters) == f"1 {text}"


def test_a_letter_comes_back_from_its_json_as_it_was() -> None:
    reply = Reply(
        "answer",
        "5月25日前。",
        ("甲",),
        (Citation("cnipa-2021-51", None, "三（三）"),),
        links=(Link("去报送", "https://x/"),),
        file="exports/1.docx",
    )
    letter = Letter(reply, via=VIA, title="简报", markdown=True, note=7)
    assert from_json(to_json(letter)) == letter
    assert to_json(Letter(Reply("command", "好"))) == {"reply": {"kind": "command", "text": "好"}}
