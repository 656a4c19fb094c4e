"""The same question as people type it: what each transform changes, and what none may."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from bot.evaluating.transforms import TRANSFORMS

QUESTION = "2021年万里行的需求清单5月25日之前要报到国家局吗"
NAMES = (
    "homophone", "homophone2", "shape", "dropped", "traditional", "fullwidth", "padding",
    "pinyin-word", "pinyin",
)  # fmt: skip
SEEDS = range(20)


def typed(name: str, seed: int, text: str = QUESTION) -> str:
    return TRANSFORMS[name](text, random.Random(seed))


def changed(name: str, seed: int) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(QUESTION, typed(name, seed), strict=True) if a != b]


def readings_of(char: str) -> list[str]:
    return pinyin(char, style=Style.NORMAL, heteronym=True)[0]


def test_all_ways_of_typing_are_there() -> None:
    assert tuple(TRANSFORMS) == NAMES


@pytest.mark.parametrize("seed", SEEDS)
def test_a_homophone_sounds_the_same_in_its_place(seed: int) -> None:
    assert len(changed("homophone", seed)) == 1
    assert len(changed("homophone2", seed)) == 2
    for name in ("homophone", "homophone2"):
        for meant, char in changed(name, seed):
            assert set(readings_of(meant)) & set(readings_of(char))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_look_alike_and_one_lost_character(seed: int) -> None:
    assert len(changed("shape", seed)) == 1
    shorter = typed("dropped", seed)
    assert any(QUESTION[:i] + QUESTION[i + 1 :] == shorter for i in range(len(QUESTION)))


def test_traditional_and_full_width() -> None:
    assert typed("traditional", 0, "质押融资和专利导航") == "質押融資和專利導航"
    assert typed("fullwidth", 0, "2021年,ok?") == "２０２１年，ｏｋ？"


@pytest.mark.parametrize("seed", SEEDS)
def test_padding_leaves_the_question_whole(seed: int) -> None:
    padded = typed("padding", seed)
    assert QUESTION in padded
    assert padded != QUESTION


@pytest.mark.parametrize("seed", SEEDS)
def test_one_word_in_pinyin(seed: int) -> None:
    match = re.search(" ?([a-z]+) ?", typed("pinyin-word", seed))
    assert match
    assert 2 <= len(QUESTION) - len(typed("pinyin-word", seed).replace(match[0], "")) <= 4


def test_a_whole_question_in_pinyin_with_or_without_blanks() -> None:
    spelled = {typed("pinyin", seed, "2021年重点任务") for seed in SEEDS}
    assert spelled == {"2021nianzhongdianrenwu", "2021 nian zhong dian ren wu"}


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(st.sampled_from("万里行需求清单二十五2021-3号附件1的吗?，abc "), max_size=16))
def test_figures_stay_and_nothing_is_left_empty(name: str, text: str) -> None:
    out = typed(name, 7, text)
    assert bool(out.strip()) == bool(text.strip()) or name == "padding"
    figures = [c for c in text if c.isdigit()]
    wide = [chr(ord(c) + 0xFEE0) for c in figures] if name == "fullwidth" else figures
    assert [c for c in out if c.isdigit()] == wide


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_types_the_same(name: str) -> None:
    assert typed(name, 3) == typed(name, 3)
