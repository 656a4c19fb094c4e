"""Where a question leans is learnt from all known askings together, and kept in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.askings import Asking, Askings
from knowledge.leanings import Leanings, learnt
from knowledge.leant import read_leanings, write_leanings
from knowledge.load import load_knowledge, shipped_dir

DUE, WHO = ("n-1", "六（一）"), ("n-1", "落款")
DAYS = ("材料最晚什么时候报", "方案最晚哪天报上去", "清单什么时候报上去", "最晚哪天报材料")
NAMES = ("有问题打哪个电话", "电话打给谁", "打哪个电话找谁", "找谁打电话")
FEES = ("报名费交多少钱", "参加要多少钱", "一个人交多少钱", "多少钱报一个名")


@pytest.fixture(scope="module")
def leanings() -> Leanings:
    places = [[DUE]] * len(DAYS) + [[WHO]] * len(NAMES) + [()] * len(FEES)
    return learnt([*DAYS, *NAMES, *FEES], places)


@pytest.mark.parametrize(
    ("question", "place"),
    [("总结最晚什么时候报上去", DUE), ("这个事打电话找谁", WHO)],
)
def test_a_question_nobody_asked_leans_where_its_like_were_answered(
    leanings: Leanings, question: str, place: tuple[str, str]
) -> None:
    found = leanings.of(question)
    assert max(found.places, key=found.places.__getitem__) == place
    assert found.places[place] > found.silent


def test_what_no_notice_answers_leans_to_silence(leanings: Leanings) -> None:
    found = leanings.of("交一次多少钱")
    assert found.silent > max(found.places.values())


def test_words_that_nobody_used_lean_nowhere(leanings: Leanings) -> None:
    found = leanings.of("夜色真美")
    assert (found.places, found.silent) == ({}, 0.0)


def test_without_askings_there_is_nothing_to_learn() -> None:
    assert Askings((), list).leaning("有问题打哪个电话").places == {}


def test_who_is_judged_apart_is_judged_by_what_the_others_teach() -> None:
    asked = [*(Asking(q, (DUE,)) for q in DAYS), *(Asking(q, (WHO,)) for q in NAMES)]
    others = Askings(asked, list).without(frozenset(NAMES))
    assert WHO not in others.leaning(NAMES[0]).places


def test_what_is_written_is_read_again(leanings: Leanings, tmp_path: Path) -> None:
    write_leanings(leanings, tmp_path / "leanings.npz")
    again = read_leanings(tmp_path / "leanings.npz")
    assert again is not None
    question = "总结最晚什么时候报上去"
    assert again.of(question).places == pytest.approx(leanings.of(question).places, abs=1e-4)


def test_no_file_is_no_leanings_and_a_broken_one_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "leanings.npz"
    assert read_leanings(path) is None
    for broken in (b"{", b"PK\x03\x04"):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match=r"\w"):
            read_leanings(path)


def test_the_shipped_file_knows_the_places_of_the_shipped_notices() -> None:
    """Else `zhixing kb tune` was forgotten after clauses were named anew."""
    kb = load_knowledge(shipped_dir(), golden=False)
    there = {(unit.notice.id, unit.label) for unit in kb.units}
    assert set(kb.askings.leanings.places) <= there
