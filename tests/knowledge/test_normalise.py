"""However it is typed, it comes to one spelling."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.normalise import digits, normalise, number

TRICKY = (
    "〇零一二两三四五六七八九十百年月日号初底12 　😊[]微笑！？!?…—·~①㎏ﬁ"
    "\u200d\ufe0f\n\u00b8\u0308\u309bかR"
)
TYPED = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "〇零一二两三四五六七八九十百年月日号初底12 　😊[]微笑！？!?…—·~①㎏ﬁ\u200d\ufe0f\n"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("請問萬里行的總結什麼時候報送", "请问万里行的总结什么时候报送"),
        ("地理標誌助力鄉村振興", "地理标志助力乡村振兴"),
        ("２０２１年５月２５日", "2021年5月25日"),
        ("ＴＩＳＣ和PCT", "tisc和pct"),
        ("总结几号交😊👍🏻", "总结几号交"),
        ("总结几号交❤️", "总结几号交"),
        ("总结几号交[微笑][捂脸][OK]", "总结几号交"),
        ("万 里 行　的 通知", "万里行的通知"),
        ("5 月 25 日 前", "5月25日前"),
        ("几号交\u200b\u200e？？？", "几号交?"),
        ("  你好！！！  ", "你好!"),
        ("第一行\r\n第二行", "第一行\n第二行"),
    ],
)
def test_a_message_is_freed_of_its_dress(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


def test_blanks_between_english_words_stay_one() -> None:
    assert normalise("Patent   Cooperation  Treaty") == "patent cooperation treaty"


@pytest.mark.parametrize("written", ["国知发运函字[2021]51号", "[附件1]填什么", "[2021年]的通知"])
def test_brackets_that_hold_no_face_stay(written: str) -> None:
    assert normalise(written) == written


@pytest.mark.parametrize(
    ("written", "in_figures"),
    [
        ("二〇二一年十二月十五日", "2021年12月15日"),
        ("二零二一年五月二十五号前", "2021年5月25号前"),
        ("二一年万里行", "21年万里行"),
        ("十月三十一日", "10月31日"),
        ("五月二十前报", "5月20前报"),
        ("十一月初", "11月初"),
        ("八月底", "8月底"),
        ("二十二号文", "22号文"),
        ("三十日内", "30日内"),
    ],
)
def test_numerals_of_dates_become_figures(written: str, in_figures: str) -> None:
    assert digits(written) == in_figures


@pytest.mark.parametrize(
    "written",
    ["十四五规划", "第三项任务", "三（三）", "五项重点任务", "三个月", "一带一路", "百城百品"],
)
def test_other_numerals_are_left_alone(written: str) -> None:
    assert digits(written) == written


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("两", 2),
    ],
)
def test_numerals_are_counted(numeral: str, value: int) -> None:
    assert number(numeral) == value


def test_figures_count_too() -> None:
    assert number("12") == 12


@pytest.mark.parametrize("word", ["几", "第一", "多"])
def test_what_is_no_numeral_has_no_value(word: str) -> None:
    assert number(word) is None


@given(TYPED)
@example("R\u00b8")
@example("\ud83d")
def test_it_never_raises_and_twice_is_as_once(typed: str) -> None:
    once = normalise(typed)
    assert normalise(once) == once
    assert digits(digits(once)) == digits(once)


@given(st.text(st.sampled_from("〇零一二两三四五六七八九十百年月日号初底份12 "), max_size=20))
def test_any_run_of_numerals_is_read_to_an_end(typed: str) -> None:
    once = digits(normalise(typed))
    assert digits(once) == once


@given(TYPED)
def test_nothing_unseen_is_left(typed: str) -> None:
    shown = normalise(typed)
    assert shown == shown.strip()
    assert not set(shown) & set("\u200b\u200d\ufeff\ufe0f\x00\r\t")
    assert "  " not in shown
