"""The same need of the same enterprise is noticed in other words; two needs are rarely taken for
one. Staff are shown the reason, so both mistakes are cheap, and the table counts them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from intents.alike.company import likeness
from intents.duplicates import Filed, duplicates
from knowledge.snapshot import KnowledgeBase

PAIRS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "duplicates.yaml").read_text(encoding="utf-8")
)
FOUND, MISTAKEN = 0.85, 0.1
NEED = "想用专利质押贷款500万"


def told(kb: KnowledgeBase, pair: dict[str, Any], *, turned: bool = False) -> str | None:
    first, second = (pair["b"], pair["a"]) if turned else (pair["a"], pair["b"])
    found = duplicates(Filed(1, *first), [Filed(2, *second)], kb)
    return found[0][1] if found else None


def test_most_duplicates_are_found(kb: KnowledgeBase) -> None:
    missed = [pair for pair in PAIRS["same"] if not told(kb, pair)]
    assert len(missed) <= (1 - FOUND) * len(PAIRS["same"]), missed


def test_few_others_are_taken_for_duplicates(kb: KnowledgeBase) -> None:
    mistaken = [pair for pair in PAIRS["different"] if told(kb, pair)]
    assert len(mistaken) <= MISTAKEN * len(PAIRS["different"]), mistaken


def test_it_does_not_matter_which_came_first(kb: KnowledgeBase) -> None:
    for pair in PAIRS["same"] + PAIRS["different"]:
        assert bool(told(kb, pair)) == bool(told(kb, pair, turned=True)), pair


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("厦门示例机械有限公司", "厦门示例机械有限公司", "same"),
        ("厦门示例机械有限公司", "示例机械", "same"),
        ("示例科技（厦门）有限公司", "厦门示例科技有限责任公司", "same"),
        ("厦门市思明区示例机械厂", "厦门示例机械", "same"),
        ("厦门示例机械有限公司", "示例", "short"),
        ("泉州宏达机械有限公司", "泉州宏大机械有限公司", "slip"),
        ("泉州示例机械有限公司", "泉州示例械有限公司", "slip"),
        ("厦门示例机械有限公司", "泉州示例机械有限公司", None),
        ("晋江示例一厂", "晋江示例二厂", None),
        ("福州东湖药业有限公司", "福州西湖药业有限公司", None),
        ("厦门华星鞋业有限公司", "厦门华星机械有限公司", None),
        ("", "厦门示例机械有限公司", None),
        ("", "", None),
        ("厦门大学", "厦门大学", "same"),
        ("厦门大学", "厦门中学", None),
    ],
)
def test_names_are_of_one_enterprise_or_not(
    kb: KnowledgeBase, one: str, other: str, like: str | None
) -> None:
    assert likeness(one, other, kb) == like
    assert likeness(other, one, kb) == like


def test_the_reason_names_the_enterprise_and_the_words(kb: KnowledgeBase) -> None:
    one = Filed(1, "厦门示例机械有限公司", NEED)
    others = [
        Filed(2, "示例", "缺周转资金，想拿专利质押借款"),
        Filed(3, "厦门示例机械", "员工培训"),
        Filed(4, "厦门示例机械", NEED + "。"),
    ]
    reasons = dict(duplicates(one, others, kb))
    assert list(reasons) == [2, 4]
    assert "简称" in reasons[2]
    assert "“" in reasons[2]
    assert "一字不差" in reasons[4]


def test_a_demand_is_not_its_own_duplicate(kb: KnowledgeBase) -> None:
    one = Filed(1, "厦门示例机械有限公司", NEED)
    assert duplicates(one, [one], kb) == []


def test_an_entry_without_a_need_is_no_duplicate(kb: KnowledgeBase) -> None:
    one = Filed(1, "厦门示例机械有限公司", "")
    assert duplicates(one, [Filed(2, "厦门示例机械有限公司", "")], kb) == []


def test_a_key_task_that_was_chosen_goes_before_what_the_need_points_to(kb: KnowledgeBase) -> None:
    """With a little in common, the same key task makes them one, another one two."""
    company, task, another = "厦门示例机械有限公司", "开展知识产权转移转化行动", "其他"
    one = Filed(1, company, "专利快到期没钱交年费", task)
    other = "专利年费太高交不起，能否减免"
    assert duplicates(one, [Filed(2, company, other, task)], kb)
    assert not duplicates(one, [Filed(2, company, other, another)], kb)
