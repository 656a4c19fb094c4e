"""Replies fit their platform's bytes, and are cut where a reader would pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import fit_one, size, split
from intents.turn import Reply
from intents.wording.fitting import cut_short

WECOM = 2048
CHINESE = st.text(st.sampled_from("专利年费怎么交。！\n ；abc1😀"), max_size=400)
LIMITS = st.integers(min_value=4, max_value=300)


def answer(text: str, *options: str) -> Reply:
    return Reply("answer", text, options)


@given(CHINESE | st.text(), LIMITS)
def test_no_part_is_longer_than_the_limit(text: str, limit: int) -> None:
    assert all(0 < size(part) <= limit for part in split(text, limit))


@given(CHINESE, LIMITS)
def test_nothing_but_white_space_at_the_cuts_is_lost(text: str, limit: int) -> None:
    assert "".join("".join(split(text, limit)).split()) == "".join(text.split())


@given(CHINESE)
def test_what_fits_stays_whole(text: str) -> None:
    assert split(text, max(size(text), 4)) == ([text.strip()] if text.strip() else [])


def test_a_long_text_is_cut_between_paragraphs() -> None:
    assert split("第一段。还有。\n第二段。", 24) == ["第一段。还有。", "第二段。"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    assert split("请于五月底前报送。需求清单见附件。", 30) == [
        "请于五月底前报送。",
        "需求清单见附件。",
    ]


def test_a_long_sentence_is_cut_between_characters() -> None:
    assert split("知识产权服务", 7) == ["知识", "产权", "服务"]


def test_a_limit_below_one_character_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        split("专利", 3)


def test_options_come_numbered_under_the_text() -> None:
    asked = answer("您指哪一年？", "2021年", "2023年")
    assert fit_one(asked, WECOM) == "您指哪一年？\n1. 2021年\n2. 2023年"


def test_a_reply_that_fits_goes_out_as_it_is() -> None:
    assert fit_one(answer("5月25日前。"), WECOM) == "5月25日前。"


def test_a_reply_cut_short_says_so_in_its_last_line() -> None:
    cut = fit_one(answer("请于五月底前报送工作方案。\n" * 200), WECOM)
    assert cut.endswith("报送工作方案。\n" + cut_short())
    assert size(cut) > WECOM * 0.9


def test_a_reply_cut_short_keeps_its_options() -> None:
    cut = fit_one(answer("各地区报送时间不同。" * 200, "2021年", "2023年"), WECOM)
    assert cut.endswith("\n1. 2021年\n2. 2023年")


@given(CHINESE, st.lists(CHINESE, max_size=6), st.integers(100, 600))
def test_a_single_part_is_never_longer_than_the_limit(
    text: str, options: list[str], limit: int
) -> None:
    assert size(fit_one(answer(text, *options), limit)) <= limit


@pytest.mark.parametrize("text", ["", " " * 5000, "\n" * 5000, "\ud800" * 3000, "a" * 5000])
def test_odd_texts_fit_too(text: str) -> None:
    assert size(fit_one(answer(text), WECOM)) <= WECOM
