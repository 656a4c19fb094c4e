"""Duty and choice in a table: both kinds, neither, what is believed of them, and whom it asks."""

from __future__ import annotations

import re

import pytest

from knowledge.model import Task
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

TASKS, GUIDE = "cnipa-2024-tasks", "cnipa-2021-3"


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"(?m)^(\d+)\. ", text)]


def of_duty(kb: KnowledgeBase, duty: str) -> list[Task]:
    return [t for t in kb.notice(TASKS).tasks if duty in {s.duty for s in t.scopes}]


def test_both_kinds_are_counted_and_listed_apart(kb: KnowledgeBase) -> None:
    text = ask(kb, "24年清单必做的几项，选做的几项").text
    must, may = of_duty(kb, "必做"), of_duty(kb, "选做")
    assert f"必做{len(must)}项，选做{len(may)}项" in text
    assert numbers(text)[: len(must)] == [t.no for t in must]


def test_both_kinds_of_those_who_are_named(kb: KnowledgeBase) -> None:
    reply = ask(kb, "24年强市建设示范城市哪项必做哪项选做")
    assert numbers(reply.text) == [7, 4]


def test_what_is_neither(kb: KnowledgeBase) -> None:
    text = ask(kb, "24年清单哪几项没分必做选做").text
    assert numbers(text) == [t.no for t in kb.notice(TASKS).tasks if not t.scopes]


@pytest.mark.parametrize(
    ("question", "task"),
    [
        ("24年一带一路那项各省都必做对吧", 18),
        ("24年清单第20项各省必做吗", 20),
        ("24年第22项各省是不是选做", 22),
        ("24年大保护工作格局那项各省必做没错吧", 12),
    ],
)
def test_a_duty_that_is_wrongly_believed_is_set_right(
    kb: KnowledgeBase, question: str, task: int
) -> None:
    reply = ask(kb, question)
    assert reply.text.startswith("不是")
    assert cited(reply) == [f"{TASKS}#附件 任务{task}"]


@pytest.mark.parametrize(
    "question", ["24年第22项各省必做对吧", "24年第20项是必做还是选做", "24年第20项各省是选做吧"]
)
def test_what_is_right_or_open_is_not_denied(kb: KnowledgeBase, question: str) -> None:
    assert "不是" not in ask(kb, question).text


@pytest.mark.parametrize("notice", [TASKS, GUIDE])
def test_what_the_issuer_does_alone(kb: KnowledgeBase, notice: str) -> None:
    year = kb.notice(notice).year
    text = ask(kb, f"{year}年清单里只有国家局干的任务是哪几项").text
    first = kb.notice(notice).tasks[0].actions[0].by
    alone = [t.no for t in kb.notice(notice).tasks if {a.by for a in t.actions} == {first}]
    assert numbers(text) == alone


@pytest.mark.parametrize(
    "question",
    [
        "21年清单里年底前完成的有哪几项 不是阶段性成果那种",
        "21年清单不是阶段性成果的有几项",
        "21年清单除了阶段性成果的还有哪几项",
    ],
)
def test_a_completion_that_is_set_aside(kb: KnowledgeBase, question: str) -> None:
    tasks = [t for t in kb.notice(GUIDE).tasks if t.completion]
    by_then = [t.no for t in tasks if t.completion and "年底前" in t.completion.words]
    assert numbers(ask(kb, question).text) == by_then


def test_departments_beside_each_other(kb: KnowledgeBase) -> None:
    tasks = kb.notice(TASKS).tasks
    one, other = (sum(name in t.departments for t in tasks) for name in ("人事司", "办公室"))
    text = ask(kb, "24年人事司和办公室各管几项，谁的多").text
    assert f"办公室多{other - one}项" in text


def test_what_departments_have_in_common_is_not_counted_apart(kb: KnowledgeBase) -> None:
    text = ask(kb, "24年办公室和人事司都参与的有几项").text
    both = {"办公室", "人事司"}
    assert numbers(text) == [t.no for t in kb.notice(TASKS).tasks if both <= set(t.departments)]


def test_how_one_task_is_to_be_done_is_set_right(kb: KnowledgeBase) -> None:
    assert ask(kb, "21年清单任务18是年底前完成吧").text.startswith("不是。任务18")
    assert "不是" not in ask(kb, "21年清单任务19是年底前完成吧").text
