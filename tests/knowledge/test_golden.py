"""The judge of golden questions: each way in which a reply can miss, and none that it invents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intents.turn import Citation, Reply
from knowledge.golden import judge, questions, run
from knowledge.model import Golden
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import NOTICE, base, notice

HOME = "demo-2030-1"
RIGHT = Reply(
    "answer", "2030年5月20日前，报送实施计划。", citations=(Citation(HOME, None, "二（一）"),)
)


def asking(**wanted: Any) -> Golden:
    return Golden(q="实施计划几号报", **wanted)


def test_a_right_answer_has_nothing_wrong() -> None:
    golden = asking(clauses=["二（一）"], facts=["5月20日", "实施计划"])
    assert judge(golden, HOME, RIGHT) == ()


def test_a_reply_of_another_kind_misses() -> None:
    (reason,) = judge(asking(kind="refuse"), HOME, RIGHT)
    assert "answer" in reason
    assert "refuse" in reason


def test_a_fact_that_is_not_said_misses() -> None:
    (reason,) = judge(asking(facts=["5月20日", "6月1日"]), HOME, RIGHT)
    assert "6月1日" in reason
    assert "5月20日" not in reason


@pytest.mark.parametrize("fact", ["6月1日|5月20日", "5月20日|6月1日", "无 | 实施计划"])
def test_one_of_the_alternatives_is_enough(fact: str) -> None:
    assert judge(asking(facts=[fact]), HOME, RIGHT) == ()


def test_each_fact_that_is_not_said_is_a_miss_of_its_own() -> None:
    assert len(judge(asking(facts=["6月1日", "省局"]), HOME, RIGHT)) == 2


def test_one_of_the_expected_clauses_is_enough() -> None:
    assert judge(asking(clauses=["一", "二（一）"]), HOME, RIGHT) == ()


def test_a_clause_of_the_same_label_elsewhere_is_another() -> None:
    assert judge(asking(clauses=["other-2030-1#二（一）"]), HOME, RIGHT)
    assert judge(asking(clauses=["二（一）"]), "other-2030-1", RIGHT)


def test_a_full_citation_needs_no_home() -> None:
    assert judge(asking(clauses=[f"{HOME}#二（一）"]), None, RIGHT) == ()


def test_a_wrong_citation_is_told_with_what_was_cited() -> None:
    (reason,) = judge(asking(clauses=["一"]), HOME, RIGHT)
    assert f"{HOME}#二（一）" in reason


def test_no_citation_at_all_is_told() -> None:
    (reason,) = judge(asking(clauses=["一"]), HOME, Reply("answer", "不清楚"))
    assert "nothing" in reason


def test_a_need_taken_for_another_task_misses() -> None:
    got = Reply("collect", "好的", task="其他")
    assert judge(asking(kind="collect", task="其他"), None, got) == ()
    (reason,) = judge(asking(kind="collect", task="质押融资"), None, got)
    assert "其他" in reason


def test_small_talk_of_another_intent_misses() -> None:
    got = Reply("smalltalk", "再见", intent="bye")
    assert judge(asking(kind="smalltalk", intent="bye"), None, got) == ()
    (reason,) = judge(asking(kind="smalltalk", intent="thanks"), None, got)
    assert "bye" in reason


def test_all_that_is_wrong_is_told() -> None:
    wanted = asking(kind="collect", facts=["6月1日"], clauses=["一"], task="其他", intent="greet")
    assert len(judge(wanted, HOME, RIGHT)) == 5


def test_all_questions_are_asked_and_the_misses_come_back(tmp_path: Path) -> None:
    text = NOTICE + "golden:\n  - {q: 甲, facts: [对]}\n  - {q: 乙, facts: [对]}\n"
    kb = KnowledgeBase(
        [notice(tmp_path, text)],
        base().lexicon,
        base().regions,
        {"golden.yaml": [Golden(q="丙", kind="refuse")]},
    )
    asked: list[str] = []

    def ask(golden: Golden) -> Reply:
        asked.append(golden.q)
        return Reply("answer", "对" if golden.q == "甲" else "错")

    misses = run(kb, ask)
    assert asked == [golden.q for golden, _ in questions(kb)] == ["甲", "乙", "丙"]
    assert [(miss.golden.q, miss.home) for miss in misses] == [("乙", HOME), ("丙", None)]
    assert misses[0].got.text == "错"
