"""What lies sealed is read by who has the key, in the place that it was sealed for, unchanged."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.key_text import KEY_BYTES, key_of_text
from storage.sealing import Keyring, SealError, key_id

OLD, NEW = b"o" * KEY_BYTES, b"n" * KEY_BYTES
RING = Keyring([OLD])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(texts)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert RING.open(RING.seal(text, "notes.text"), "notes.text") == text


def test_a_sealed_text_shows_nothing_of_it() -> None:
    sealed = RING.seal("王经理 13900000001", "notes.text")
    assert b"13900000001" not in b64decode(sealed.rpartition(":")[2])
    assert sealed.isascii()


@given(values)
def test_a_json_value_comes_back_as_it_was(value: object) -> None:
    assert RING.open_json(RING.seal_json(value, "demands.fields"), "demands.fields") == value


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert len({RING.seal("13900000001", "notes.text") for _ in range(50)}) == 50


def test_what_was_stored_before_sealing_is_read_as_it_is() -> None:
    assert RING.open("王经理的电话：13900000001", "notes.text") == "王经理的电话：13900000001"
    assert RING.open_json({"手机": "13900000001"}, "demands.fields") == {"手机": "13900000001"}
    assert RING.open_json(None, "demands.fields") is None


def test_after_a_change_of_keys_the_older_one_still_opens() -> None:
    sealed = RING.seal("王经理", "notes.text")
    assert Keyring([NEW, OLD]).open(sealed, "notes.text") == "王经理"
    anew = Keyring([NEW, OLD]).seal("王经理", "notes.text")
    assert Keyring([NEW]).open(anew, "notes.text") == "王经理"


def test_another_key_does_not_open_and_its_error_tells_nothing_of_the_value() -> None:
    sealed = RING.seal("王经理", "notes.text")
    with pytest.raises(SealError) as told:
        Keyring([NEW]).open(sealed, "notes.text")
    assert key_id(OLD) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_value_that_was_moved_to_another_column_or_changed_is_refused() -> None:
    sealed = RING.seal("王经理", "notes.text")
    with pytest.raises(SealError):
        RING.open(sealed, "audit.detail")
    for broken in (sealed[:-6], f"{sealed[:-5]}AAAA=", sealed[: sealed.rindex(":") + 1] + "!!"):
        with pytest.raises(SealError):
            RING.open(broken, "notes.text")


def test_without_a_key_nothing_is_sealed_rather_than_stored_in_clear() -> None:
    with pytest.raises(SealError, match="no data key"):
        Keyring().seal("王经理", "notes.text")


@pytest.mark.parametrize("text", ["", "abc", "AAAA", "密钥", "A" * 44])
def test_what_is_no_key_is_told_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="zhixing keys new") as told:
        key_of_text(text)
    assert not text or text not in str(told.value)
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring([b"short"])
