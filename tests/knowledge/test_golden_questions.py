"""The shipped golden questions expect what the notices hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from knowledge.golden import placed
from knowledge.golden import questions as golden_questions
from knowledge.load import load_knowledge, shipped_dir
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_knowledge(shipped_dir())


def questions(kb: KnowledgeBase) -> Iterator[Golden]:
    yield from (golden for golden, _ in golden_questions(kb))


def test_there_are_enough_of_each_kind(kb: KnowledgeBase) -> None:
    kinds = Counter(golden.kind for golden in questions(kb))
    assert kinds["answer"] >= 190
    assert kinds["refuse"] >= 80
    assert kinds["collect"] >= 35
    assert kinds["smalltalk"] + kinds["command"] >= 12
    assert sum(1 for golden in questions(kb) if golden.context) >= 30


def test_no_question_is_asked_twice(kb: KnowledgeBase) -> None:
    asked = Counter((golden.q, golden.context, golden.today) for golden in questions(kb))
    assert not [question for question, times in asked.items() if times > 1]


def test_expected_clauses_are_there(kb: KnowledgeBase) -> None:
    known = {f"{n.id}#{label}" for n in kb.notices for label in (*labels(kb, n.id), "发文信息")}
    for golden in questions(kb):
        assert set(golden.clauses) <= known, golden.q


def labels(kb: KnowledgeBase, notice_id: str) -> Iterator[str]:
    notice = kb.notice(notice_id)
    yield from (clause.label for clause in notice.clauses)
    yield from (form.label for form in notice.attachments)
    yield from (task.clause for task in notice.tasks)


def test_what_a_notice_answers_has_a_clause_and_a_fact(kb: KnowledgeBase) -> None:
    for golden in (one.golden for one in placed(kb) if one.home):
        if golden.kinds == ("answer",):
            assert golden.clauses, golden.q
            assert golden.facts, golden.q
        elif "answer" not in golden.kinds:
            assert not golden.facts, golden.q


def test_an_answer_to_anyone_is_told_from_a_wrong_one_by_something(kb: KnowledgeBase) -> None:
    """Where a stranger leaves the notice open any of several may answer, with its own facts."""
    for golden in (one.golden for one in placed(kb) if not one.home):
        if golden.kinds == ("answer",):
            assert golden.clauses or golden.facts, golden.q


def test_what_is_only_refused_or_only_small_talk_has_no_facts(kb: KnowledgeBase) -> None:
    """A need may: its message may ask something as well, which is answered beside it."""
    for golden in questions(kb):
        if not {"answer", "collect", "clarify"} & set(golden.kinds):
            assert not golden.facts, golden.q


def test_expected_tasks_are_choices_of_the_form(kb: KnowledgeBase) -> None:
    form = kb.form_notice().form
    assert form
    names = {task.name for task in form.key_tasks}
    expected = {task for golden in questions(kb) for task in (golden.task or "").split("|")}
    assert expected - {""} == names
