"""What is known of how people ask: a question put alike leads to the same place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.asked import read_askings, written
from knowledge.askings import Asking, Askings, asking_of
from knowledge.question import Golden

DUE, WHO = ("n-1", "六（一）"), ("n-1", "落款")
ASKED = (
    Asking("材料最晚什么时候报上去", (DUE,)),
    Asking("方案报上去还剩几天", (DUE,)),
    Asking("有问题打哪个电话", (WHO,)),
    Asking("报名费交多少钱"),
)


def known() -> Askings:
    return Askings(ASKED, list)


def test_a_question_put_alike_leads_to_the_place_of_the_known_one() -> None:
    alike = known().alike("我们的材料最晚哪天报上去")
    assert max(alike.places, key=alike.places.__getitem__) == DUE
    assert alike.answered > alike.silent


def test_what_no_notice_answered_speaks_for_silence() -> None:
    alike = known().alike("报名费要多少钱啊")
    assert alike.silent > alike.answered


def test_the_very_same_words_are_as_alike_as_can_be_and_others_not_at_all() -> None:
    assert known().alike("有问题打哪个电话").places[WHO] == pytest.approx(1.0, abs=0.15)
    assert known().alike("今晚月色真美").places == {}


def test_a_question_is_judged_without_what_is_known_of_itself() -> None:
    others = known().without(frozenset({"有问题打哪个电话"}))
    assert WHO not in others.alike("有问题打哪个电话").places


def test_nothing_known_says_nothing() -> None:
    nothing = Askings((), list).alike("有问题打哪个电话")
    assert (nothing.places, nothing.silent, nothing.answered) == ({}, 0.0, 0.0)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "asked.json"
    path.write_text(written(ASKED), encoding="utf-8")
    assert set(read_askings(path)) == set(ASKED)


def test_no_file_is_no_askings_and_a_broken_one_is_an_error(tmp_path: Path) -> None:
    assert read_askings(tmp_path / "asked.json") == ()
    (tmp_path / "asked.json").write_text("{", encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        read_askings(tmp_path / "asked.json")


@pytest.mark.parametrize(
    ("golden", "asking"),
    [
        (Golden(q="几号交", clauses=("六（一）",)), Asking("几号交", (DUE,))),
        (Golden(q="交多少钱", kind="refuse"), Asking("交多少钱")),
        (Golden(q="那福建的呢", context=("几号交",), clauses=("六（一）",)), None),
        (Golden(q="几号交，打谁电话", clauses=("六（一）", "落款"), both=True), None),
        (Golden(q="几号", kind="clarify|answer", clauses=("六（一）",)), None),
        (Golden(q="我要贷款", kind="collect"), None),
    ],
)
def test_a_golden_question_teaches_where_its_words_alone_decide(
    golden: Golden, asking: Asking | None
) -> None:
    assert asking_of(golden, "n-1") == asking
