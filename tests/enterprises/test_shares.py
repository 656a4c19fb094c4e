"""Simulated enterprises end with the right entry; the judge that says so can say no."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.enterprises.dialogue import Dialogue, dialogues
from benchmarks.enterprises.file import read
from benchmarks.enterprises.playing import play, shown
from knowledge.snapshot import KnowledgeBase

SEED, NUMBER, SHARE = 1, 100, 0.97


def test_simulated_enterprises_end_with_the_right_entry(kb: KnowledgeBase) -> None:
    played = [play(one, kb) for one in dialogues(SEED, NUMBER)]
    wrong = [one for one in played if one.misses]
    assert len(wrong) <= NUMBER * (1 - SHARE), "\n".join(map(shown, wrong))


def test_the_same_seed_gives_the_same_dialogues() -> None:
    assert dialogues(7, 5) == dialogues(7, 5)
    assert dialogues(7, 5) != dialogues(8, 5)


def test_dialogues_vary() -> None:
    said = [turn for one in dialogues(2, 200) for turn in one.turns]
    assert len(set(said)) > len(said) / 2
    assert any("\n" in turn for turn in said)
    assert any(max(one.days) > 0 for one in dialogues(2, 200))
    assert {one.expect["outcome"] for one in dialogues(2, 200)} == {"submitted", "cancelled"}
    assert any(one.before for one in dialogues(2, 200))


@pytest.fixture(scope="module")
def plain() -> Dialogue:
    turns = [
        "登记需求",
        "三明示例木业有限公司，陈一，13900000001，没有邮箱",
        "想转让专利",
        "对",
        "不用",
        "提交",
    ]
    return Dialogue(
        "plain", turns, [0] * len(turns), {"手机": "13900000001", "outcome": "submitted"}
    )


@pytest.mark.parametrize(
    ("expect", "missed"),
    [
        ({"手机": "13900000001", "电子邮件": None, "outcome": "submitted"}, ()),
        ({"手机": "13900000002", "outcome": "submitted"}, ("手机",)),
        ({"服务需求事项 contains": ["质押"], "outcome": "submitted"}, ("服务需求事项 contains",)),
        (
            {"服务需求事项 lacks": ["转让"], "outcome": "cancelled"},
            ("服务需求事项 lacks", "outcome"),
        ),
    ],
)
def test_what_is_amiss_is_found(
    plain: Dialogue, expect: dict[str, object], missed: tuple[str, ...], kb: KnowledgeBase
) -> None:
    played = play(replace(plain, expect=expect), kb)
    assert tuple(miss.slot for miss in played.misses) == missed


def test_dialogues_are_read_in_the_form_of_the_samples(tmp_path: Path) -> None:
    row = {"id": "t1", "turns": ["登记需求"], "expect": {"outcome": "draft"}}
    path = tmp_path / "dialogues.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read(path) == [Dialogue("t1", ["登记需求"], [0], {"outcome": "draft"})]
