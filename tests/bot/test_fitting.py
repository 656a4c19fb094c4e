"""Of a reply nothing is lost that its platform does not carry at once: it waits behind 更多."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.render import size
from bot.fitting import fitted, parts_of
from bot.message import Room
from intents.conversation import Conversation
from intents.turn import Link, Reply, Turn
from intents.wording.talk import more_hint

PARAGRAPHS = st.lists(st.text("通知按年度报送，材料齐全。abc 12", min_size=1), max_size=40)
TEXTS = PARAGRAPHS.map("\n".join)
OPTIONS = st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=40), max_size=20).map(tuple)
SIZES = st.integers(400, 2048)
LONG = "一、请按要求准备材料，在规定期限内报送。\n" * 200


def packed(text: str) -> str:
    return "".join(text.split())


def turn(text: str, *options: str, more: tuple[str, ...] = ()) -> Turn:
    return Turn(Reply("answer", text, options), Conversation(more=more))


def test_what_fits_is_left_as_it_is() -> None:
    short = turn("5月25日前。", "甲", "乙", more=("下一页",))
    assert fitted(short, Room(2048)) is short
    assert fitted(turn(LONG), None).reply.text == LONG
    assert parts_of(short.reply, 2048) == [short.reply]


def test_of_a_long_reply_the_rest_is_the_next_page_before_what_waited_already() -> None:
    shown = fitted(turn(LONG, "甲", more=("下一页",)), Room(2048))
    text = shown.reply.text
    assert text.endswith(more_hint())
    assert shown.reply.options == ("甲",)
    rest, last = shown.conversation.more
    assert packed(text.removesuffix(more_hint()) + rest) == packed(LONG)
    assert last == "下一页"


def test_where_several_messages_may_follow_one_another_more_is_shown_at_once() -> None:
    one, three = (fitted(turn(LONG), Room(2048, parts)).reply for parts in (1, 3))
    assert size(three.plain) > 2 * size(one.plain)
    assert len(parts_of(three, 2048)) == 3


def test_options_and_links_stand_in_the_last_message() -> None:
    reply = Reply("answer", LONG[:3000], ("甲", "乙"), links=(Link("去报送", "https://x/"),))
    *before, last = parts_of(reply, 2048)
    assert all(not part.options and not part.links for part in before)
    assert (last.options, last.links) == (reply.options, reply.links)


@given(TEXTS, OPTIONS, SIZES)
@example(LONG, ("甲" * 40,) * 20, 400)
def test_in_parts_each_message_fits_and_nothing_is_lost(
    text: str, options: tuple[str, ...], limit: int
) -> None:
    reply = Reply("answer", text, options)
    parts = parts_of(reply, limit)
    assert all(size(part.plain) <= limit for part in parts)
    assert packed("".join(part.plain for part in parts)) == packed(reply.plain)


@given(TEXTS, OPTIONS, SIZES, st.integers(1, 4))
@example(LONG, ("甲" * 40,) * 20, 400, 1)
@example("好", ("甲" * 40,) * 4, 490, 1)
def test_what_is_shown_fits_and_with_what_waits_it_is_all(
    text: str, options: tuple[str, ...], limit: int, most: int
) -> None:
    before = turn(text, *options)
    after = fitted(before, Room(limit, most))
    parts = parts_of(after.reply, limit)
    assert len(parts) <= most
    assert all(size(part.plain) <= limit for part in parts)
    shown = after.reply.plain.replace(f"\n{more_hint()}", "", 1)
    told = packed(shown + "".join(after.conversation.more))
    assert sorted(told) == sorted(packed(before.reply.plain))
