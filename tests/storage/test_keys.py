"""Text from outside becomes something that both databases hold."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from storage import inbox
from storage.database import Database
from storage.inbox import InboxRow
from storage.keys import key_of, storable

NOW = datetime(2024, 5, 1, tzinfo=UTC)
NASTY = ["空\x00字符", "半个\ud83d表情", "长" * 5000, "引'号\"\\u0000", "😀", ""]
anything = st.text(st.characters(exclude_categories=()))


@given(anything)
def test_ordinary_text_is_left_as_it_is_and_the_rest_loses_only_what_cannot_be_held(
    text: str,
) -> None:
    clean = storable(text)
    assert clean.encode().decode() == clean
    assert "\x00" not in clean
    if not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text):
        assert clean == text


@given(anything, anything)
def test_long_texts_that_differ_have_keys_that_differ(one: str, other: str) -> None:
    keys = [key_of("消息" * 150 + storable(text)) for text in (one, other)]
    assert all(len(key) <= 200 for key in keys)
    assert (keys[0] == keys[1]) == (storable(one) == storable(other))


async def test_both_databases_hold_what_has_been_made_storable(db: Database) -> None:
    rows = [
        InboxRow(key_of(f"{n}{text}"), "web:访客", NOW, {"text": storable(text)})
        for n, text in enumerate(NASTY)
    ]
    async with db.transaction() as conn:
        await inbox.store(conn, rows)
        assert await inbox.replies(conn, [r.key for r in rows]) == {r.key: r.reply for r in rows}
