"""Text from outside becomes something that both databases hold."""

from __future__ import annotations

from datetime import UTC, datetime
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import inbox
from storage.database import Database
from storage.inbox import InboxRow
from storage.keys import key_of, signs, storable

NOW = datetime(2024, 5, 1, tzinfo=UTC)
NASTY = ["空\x00字符", "半个\ud83d表情", "长" * 5000, "引'号\"\\u0000", "😀", ""]
anything = st.text(st.characters(exclude_categories=()))


@given(anything)
def test_what_is_kept_can_be_held_and_seen(text: str) -> None:
    clean = storable(text)
    assert clean.encode().decode() == clean
    torn = "".join(sign for sign in signs(clean) if len(sign) == 1 and sign not in "\n\t")
    assert not {category(c) for c in torn} & {"Cc", "Cf", "Cs"}
    assert storable(clean) == clean


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_letters_figures_and_signs_are_left_as_they_are(text: str) -> None:
    drawn_as_nothing = "\u115f\u1160\u2800\u3164\uffa0"
    assert storable(text) == "".join(c for c in text if c not in drawn_as_nothing)


def test_marks_that_nobody_sees_leave_the_words_around_them_whole() -> None:
    assert (
        storable("厦门\u202e计设\u202c试样\u200b科技\u3164有限公司\ufe0f")
        == "厦门计设试样科技有限公司"
    )
    assert storable("一行\r\n二行\u2028三行\t完") == "一行\n二行\n三行\t完"
    assert storable("\u202e\u200b\ufeff\u3164") == ""


WHOLE = (
    "👨\u200d👩\u200d👧",
    "👩🏽\u200d🔧",
    "❤\ufe0f\u200d🔥",
    "🏳\ufe0f\u200d🌈",
    "1\ufe0f\u20e3",
    "☎\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "🀄",
    "🇨🇳",
)


@pytest.mark.parametrize("emoji", WHOLE)
def test_an_emoji_is_kept_whole_and_marks_around_it_are_not(emoji: str) -> None:
    assert storable(f"厦门{emoji}一诺") == f"厦门{emoji}一诺"
    assert storable(f"厦\u200d门\u200d{emoji}\u200d\u202e{emoji}\u200d一\ufe0f") == (
        f"厦门{emoji}{emoji}一"
    )


def test_what_joins_no_emoji_is_left_out() -> None:
    assert storable("👩\u200d\u200b🔧") == storable("👩\u200b\u200d🔧") == "👩🔧"
    assert storable("\u200d👩\ufe0f\ufe0f") == "👩\ufe0f"


@given(st.text("👨👧🔧❤一1\u200d\u200b\ufe0f\u20e3\u202e\r\n"))
def test_what_is_kept_is_not_changed_again(text: str) -> None:
    assert storable(storable(text)) == storable(text)
    assert "".join(signs(text)) == text


@given(anything, anything)
def test_long_texts_that_differ_have_keys_that_differ(one: str, other: str) -> None:
    keys = [key_of("消息" * 150 + storable(text)) for text in (one, other)]
    assert all(len(key) <= 200 for key in keys)
    assert (keys[0] == keys[1]) == (storable(one) == storable(other))


async def test_both_databases_hold_what_has_been_made_storable(db: Database) -> None:
    rows = [
        InboxRow(key_of(f"{n}{text}"), "web:访客", NOW, {"text": storable(text)}, NOW)
        for n, text in enumerate(NASTY)
    ]
    async with db.transaction() as conn:
        await inbox.store(conn, rows)
        assert await inbox.replies(conn, [r.key for r in rows]) == {r.key: r.reply for r in rows}
