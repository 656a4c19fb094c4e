"""The judge of golden questions: each way in which a reply can miss, and none that it invents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from intents.turn import Citation, Reply
from knowledge.golden import is_held, judge, placed, questions, run
from knowledge.load import load_knowledge
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import NOTICE, base, lay, notice

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


def test_any_of_several_kinds_will_do() -> None:
    golden = asking(kind=["answer", "clarify"], clauses=["二（一）"], facts=["5月20日"])
    assert judge(golden, HOME, RIGHT) == ()
    assert judge(golden, HOME, Reply("clarify", "哪一份？")) == ()
    reasons = judge(golden, HOME, Reply("refuse", "没有。"))
    assert any("answer or clarify" in reason for reason in reasons)


def test_several_kinds_may_be_written_in_one_word() -> None:
    assert asking(kind="answer|clarify") == asking(kind=["answer", "clarify"])
    assert asking(kind="answer|clarify").kind == "answer|clarify"


def test_an_answer_has_the_facts_also_where_asking_back_would_do() -> None:
    golden = asking(kind=["answer", "clarify"], facts=["6月1日"])
    assert judge(golden, HOME, RIGHT) == ("lacks 6月1日",)


def test_two_questions_in_one_are_both_answered() -> None:
    golden = asking(both=True, clauses=["二（一）", "一"])
    assert judge(golden, HOME, RIGHT)
    cited = (*RIGHT.citations, Citation(HOME, None, "一"))
    assert judge(golden, HOME, Reply("answer", "", citations=cited)) == ()


def test_a_near_miss_shows_the_nearest_known_thing() -> None:
    golden = asking(kind="refuse", near=True)
    assert judge(golden, HOME, Reply("refuse", "没有。", citations=RIGHT.citations)) == ()
    assert judge(golden, HOME, Reply("refuse", "没有。")) == ("shows nothing near",)


def test_only_what_is_refused_has_a_nearest_thing() -> None:
    with pytest.raises(ValidationError, match="near"):
        asking(kind="answer", near=True)


def test_about_a_fifth_is_held_back_and_always_the_same() -> None:
    golden = [Golden(q=f"第{n}个问题") for n in range(1000)]
    held = [one.q for one in golden if is_held(one)]
    assert 150 < len(held) < 250
    assert held == [one.q for one in golden if is_held(one.model_copy(update={"voice": "记者"}))]


def test_only_questions_of_the_folder_are_held_back(tmp_path: Path) -> None:
    asked = "".join(f"  - {{q: 第{n}个问题, kind: refuse}}\n" for n in range(40))
    lay(tmp_path, f"{NOTICE}golden:\n{asked}")
    lay(tmp_path, f"golden:\n{asked}", "golden.yaml")
    lay(tmp_path / "golden", f"golden:\n{asked}", "more.yaml")
    held = {one.file for one in placed(load_knowledge(tmp_path)) if one.held}
    assert held == {"golden/more.yaml"}


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
