"""What must still be told stands before the reply, whole, however long either is."""

from __future__ import annotations

from bot.channels.render import size
from bot.told import with_notes
from intents.conversation import FRESH, Conversation
from intents.turn import Reply, Turn

SHORTEST = 2048


def turn(text: str, *options: str, more: tuple[str, ...] = ()) -> Turn:
    return Turn(Reply("answer", text, options), Conversation(more=more))


def test_notes_stand_before_the_reply_in_the_order_in_which_they_came() -> None:
    told = with_notes(turn("5月25日前。", "甲", "乙"), ["已受理。", "已办结。"])
    assert told.reply.plain == "已受理。\n\n已办结。\n\n5月25日前。\n1. 甲\n2. 乙"
    assert told.conversation == FRESH


def test_a_reply_without_notes_is_as_it_was() -> None:
    plain = turn("5月25日前。")
    assert with_notes(plain, []) is plain


def test_of_a_long_note_the_rest_is_kept_for_when_more_is_asked_for() -> None:
    note = "".join(f"第{n}条办理意见，请按要求准备材料。" for n in range(1, 80))
    told = with_notes(turn("好的。", "甲", more=("下一页",)), [note])
    assert size(told.reply.plain) <= SHORTEST
    assert told.reply.text.endswith("好的。")
    shown = told.reply.text.partition("\n（")[0]
    *rest, last = told.conversation.more
    assert "".join([shown, *rest]) == note
    assert last == "下一页"
    assert all(size(page) <= SHORTEST for page in rest)
