"""Who has which tasks of a table, and for whom tasks are: read from the table, never guessed."""

from __future__ import annotations

import re

import pytest

from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

TASKS, GUIDE = "cnipa-2024-tasks", "cnipa-2021-3"


def numbers(text: str) -> list[int]:
    """The numbers at the beginnings of lines."""
    return [int(number) for number in re.findall(r"(?m)^(\d+)\. ", text)]


def of_departments(notice: Notice, *names: str) -> list[int]:
    return [t.no for t in notice.tasks if set(names) <= set(t.departments)]


@pytest.mark.parametrize(
    "question",
    [
        "24年清单里保护司单独牵头的有哪几项",
        "保护司24年自己一家负责几项",
        "2024年只由保护司管的任务",
    ],
)
def test_what_a_department_has_alone(kb: KnowledgeBase, question: str) -> None:
    text = ask(kb, question).text
    alone = [t.no for t in kb.notice(TASKS).tasks if t.departments == ("保护司",)]
    assert numbers(text) == alone
    assert f"共{len(alone)}项" in text


def test_what_departments_have_together(kb: KnowledgeBase) -> None:
    reply = ask(kb, "21年办公室和人事司一起负责的是哪些")
    assert numbers(reply.text) == of_departments(kb.notice(GUIDE), "办公室", "人事司")


def test_what_a_department_has_with_others(kb: KnowledgeBase) -> None:
    text = ask(kb, "24年条法司跟别的部门一起负责的有几项").text
    assert numbers(text) == [
        t.no for t in kb.notice(TASKS).tasks if "条法司" in t.departments and len(t.departments) > 1
    ]


@pytest.mark.parametrize(("question", "notice"), [("24年", TASKS), ("2021年清单里", GUIDE)])
def test_which_department_has_the_most(kb: KnowledgeBase, question: str, notice: str) -> None:
    text = ask(kb, f"{question}哪个司管的任务最多").text
    most = of_departments(kb.notice(notice), "运用促进司")
    assert f"任务最多的是运用促进司，共{len(most)}项" in text
    assert numbers(text) == most


@pytest.mark.parametrize(
    ("question", "several"),
    [("24年清单里哪几项是好几个部门一起干的", True), ("24年只由一个部门负责的有几项", False)],
)
def test_tasks_by_how_many_departments_they_have(
    kb: KnowledgeBase, question: str, several: bool
) -> None:
    wanted = [t.no for t in kb.notice(TASKS).tasks if (len(t.departments) > 1) == several]
    assert numbers(ask(kb, question).text) == wanted


def test_a_name_that_several_departments_begin_with_means_all_of_them(kb: KnowledgeBase) -> None:
    text = ask(kb, "24年专利局牵头的任务有哪些").text
    assert numbers(text) == [
        t.no
        for t in kb.notice(TASKS).tasks
        if any(name.startswith("专利局") for name in t.departments)
    ]


@pytest.mark.parametrize(
    "question",
    [
        "人事司24年单独负责的任务是哪项",
        "2024清单里财务司管哪几项",
        "科技部在24年任务清单里独自负责哪几项",
        "2022年保护司牵头几项任务",
        "县区在2024清单里必做几项",
        "2021清单里哪些是选做",
    ],
)
def test_what_the_table_has_not_is_refused(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("24年哪几项没要求地方做", [18, 19]),
        ("2024年没给各省派活的任务有哪些", [3, 5, 6, 12, 18, 19]),
        ("示范城市24年选做哪几项", [4]),
    ],
)
def test_what_is_asked_of_nobody_or_not_of_those_named(
    kb: KnowledgeBase, question: str, wanted: list[int]
) -> None:
    reply = ask(kb, question)
    assert [int(label.rpartition("任务")[2]) for label in cited_labels(reply)] == wanted


def cited_labels(reply: object) -> list[str]:
    return [place.partition("#")[2] for place in cited(reply)]  # type: ignore[arg-type]


def test_those_whom_tasks_name_themselves_are_told_their_part(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021清单里“有条件的地区”才做的是哪几项").text
    assert numbers(text) == [1, 19]
    assert "知识产权强省战略" in text


def test_tasks_that_have_the_very_word(kb: KnowledgeBase) -> None:
    assert numbers(ask(kb, "24清单哪几项写了人工智能").text) == [5, 16]
    assert ask(kb, "24清单哪几项写了区块链").kind == "refuse"


def test_a_part_of_a_table_by_its_number_and_by_its_name(kb: KnowledgeBase) -> None:
    wanted = [t.no for t in kb.notice(TASKS).tasks if t.section.startswith("三、")]
    assert numbers(ask(kb, "2024清单第三部分有哪几项任务").text) == wanted
    assert numbers(ask(kb, "转化运用那块24年列了几项").text) == wanted


def test_those_of_its_tasks_that_are_nobody_elses(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2024年清单运用促进司参与几项，其中只有它一家负责的几项")
    assert "运用促进司负责的任务共9项" in reply.text
    assert "只由它负责的共6项" in reply.text


def test_those_of_its_tasks_that_another_department_has_too(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2024清单办公室参与几项、其中牵涉人事司的几项")
    assert "办公室负责的任务共4项" in reply.text
    assert "与人事司共同负责的共2项：任务21、任务22" in reply.text


def test_local_offices_are_told_their_items_by_whatever_they_are_called(kb: KnowledgeBase) -> None:
    for who in ("地方局", "地方知识产权局", "各地局"):
        reply = ask(kb, f"2021年指引里{who}负责哪几项")
        places = [place.partition("#")[2] for place in cited(reply)]
        assert places == ["二（二）", "二（三）", "四（十）"]
