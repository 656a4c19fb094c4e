"""Lists, whole and in their order: tasks, who has which, attachments, targets, what is due when."""

from __future__ import annotations

import re

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, notices

TASKS, GUIDE, W2021, FUJIAN = "cnipa-2024-tasks", "cnipa-2021-3", "cnipa-2021-51", "fujian-2023-10"


def numbers(text: str) -> list[int]:
    """The numbers at the beginnings of lines."""
    return [int(number) for number in re.findall(r"(?m)^(\d+)\. ", text)]


def of_tasks(places: list[str]) -> list[str]:
    """Without the table itself, which a long list names instead of each of them."""
    return [place for place in places if not place.endswith("#附件")]


@pytest.mark.parametrize(
    ("question", "notice", "count"),
    [
        ("2024年任务清单有哪些任务", TASKS, 23),
        ("2024年任务清单一共多少项", TASKS, 23),
        ("2021年任务清单有哪些任务", GUIDE, 22),
    ],
)
def test_all_tasks_of_a_table(kb: KnowledgeBase, question: str, notice: str, count: int) -> None:
    reply = ask(kb, question)
    assert notices(reply) == [notice]
    assert f"共{count}项" in reply.text
    assert numbers(reply.text) == list(range(1, count + 1))
    for task in kb.notice(notice).tasks:
        assert f"{task.no}. {task.title}" in reply.text


@pytest.mark.parametrize(
    ("question", "notice", "names"),
    [
        (
            "2021年万里行的重点任务是哪五项",
            W2021,
            ["吸纳就业创业", "乡村振兴", "质押融资", "转移转化", "惠企助企"],
        ),
        (
            "福建2023年万里行有哪几项重点任务",
            FUJIAN,
            ["服务业高质量发展", "赋能创新发展", "产业链安全", "转移转化", "品牌价值"],
        ),
    ],
)
def test_tasks_that_stand_as_clauses(
    kb: KnowledgeBase, question: str, notice: str, names: list[str]
) -> None:
    reply = ask(kb, question)
    assert notices(reply) == [notice]
    assert "共5项" in reply.text
    places = [reply.text.index(name) for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "2024年各省必做的任务有哪些",
            [1, 2, 4, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 21, 22, 23],
        ),
        ("2024年任务清单里选做的任务有哪些", [4, 20]),
    ],
)
def test_tasks_by_for_whom_they_are_a_duty(
    kb: KnowledgeBase, question: str, wanted: list[int]
) -> None:
    reply = ask(kb, question)
    assert numbers(reply.text) == wanted
    assert of_tasks(cited(reply)) == [f"{TASKS}#附件 任务{number}" for number in wanted]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("2021年任务清单里年底前完成的任务有哪些", [1, 2, 19]),
        ("2021年任务清单里哪几项年底前要完成", [1, 2, 19]),
    ],
)
def test_tasks_by_when_they_are_done(kb: KnowledgeBase, question: str, wanted: list[int]) -> None:
    assert numbers(ask(kb, question).text) == wanted


def test_what_has_results_within_the_year_is_the_rest(kb: KnowledgeBase) -> None:
    found = numbers(ask(kb, "2021年任务清单里年内有阶段性成果的任务有哪些").text)
    assert found == [number for number in range(1, 23) if number not in (1, 2, 19)]


def test_what_cities_must_do(kb: KnowledgeBase) -> None:
    """Tasks 3 and 7 name 地市; 8, 9 and 11 name cities among 涉及地方; the rest provinces only."""
    found = set(numbers(ask(kb, "2024年任务清单里地市必做的任务有哪些").text))
    assert {3, 7} <= found <= {3, 7, 8, 9, 11}


def test_what_model_cities_may_choose(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2024年强市建设示范城市选做哪些任务")
    assert cited(reply) == [f"{TASKS}#附件 任务4"]
    assert "选做" in reply.text


def test_other_cities_are_no_model_cities(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2024年任务清单里强市建设示范城市必做的任务有哪些")
    assert f"{TASKS}#附件 任务7" in cited(reply)
    assert f"{TASKS}#附件 任务11" not in cited(reply)


DEPARTMENTS = ["人事司", "国际合作司", "战略规划司", "公共服务司", "保护司", "商标局", "条法司"]


@pytest.mark.parametrize("department", DEPARTMENTS)
@pytest.mark.parametrize("wording", ["{}负责哪些任务", "{}牵头几项", "{}负责的任务有哪些"])
@pytest.mark.parametrize("table", [("2021年任务清单里", GUIDE), ("2024年任务清单里", TASKS)])
def test_what_a_department_is_responsible_for(
    kb: KnowledgeBase, department: str, wording: str, table: tuple[str, str]
) -> None:
    prefix, notice = table
    reply = ask(kb, prefix + wording.format(department))
    wanted = [t.clause for t in kb.notice(notice).tasks if department in t.departments]
    assert of_tasks(cited(reply)) == [f"{notice}#{clause}" for clause in wanted]
    assert len(numbers(reply.text)) == len(wanted)


def test_a_department_by_its_short_name(kb: KnowledgeBase) -> None:
    assert cited(ask(kb, "2024年国合司负责哪些任务")) == cited(
        ask(kb, "2024年国际合作司负责哪些任务")
    )


def test_where_the_year_is_open_the_newest_table_is_told(kb: KnowledgeBase) -> None:
    reply = ask(kb, "保护司负责哪些任务")
    assert notices(reply) == [TASKS]
    assert any("2021" in option for option in reply.options)


@pytest.mark.parametrize(
    ("question", "notice", "titles"),
    [
        ("51号文有哪些附件", W2021, ["需求清单", "成效汇总表"]),
        ("福建万里行方案有几个附件", FUJIAN, ["需求清单", "优秀案例"]),
    ],
)
def test_attachments(kb: KnowledgeBase, question: str, notice: str, titles: list[str]) -> None:
    reply = ask(kb, question)
    assert cited(reply) == [f"{notice}#附件1", f"{notice}#附件2"]
    assert "2个" in reply.text
    assert all(title in reply.text for title in titles)


def test_the_figures_of_a_year(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021年高质量发展工作指引的目标有哪些").text
    for figure in ("18.5个月", "14个月", "4个月", "2400亿元", "10%", "100家"):
        assert figure in text


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("2021年5月要报什么", ["5月20日", "5月25日"]),
        ("福建8月份有哪些要交的", ["8月18日"]),
        ("2024年6月有哪些截止", ["6月底前"]),
        ("2021年11月有什么安排", ["11月初"]),
        ("2021年12月要报什么", ["12月15日"]),
    ],
)
def test_what_falls_into_a_month(kb: KnowledgeBase, question: str, wanted: list[str]) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert all(day in reply.text for day in wanted)


def test_a_calendar_is_in_the_order_of_days_notice_by_notice(kb: KnowledgeBase) -> None:
    text = ask(kb, "5月有什么要报的").text
    days = re.findall(r"(?m)^· (\d{4})年(\d+)月(\d+)日", text)
    by_year: dict[str, list[tuple[int, int]]] = {}
    for year, month, day in days:
        by_year.setdefault(year, []).append((int(month), int(day)))
    assert list(by_year) == ["2023", "2021"]
    assert all(dates == sorted(dates) for dates in by_year.values())


def test_a_month_in_which_nothing_falls_has_no_calendar(kb: KnowledgeBase) -> None:
    reply = ask(kb, "福建2023年2月有什么要报的")
    assert reply.kind == "refuse"
    assert "2月的时间节点" not in reply.text


@pytest.mark.parametrize("month", ["7", "9"])
def test_a_span_that_runs_through_a_month_is_none_of_its_dates(
    kb: KnowledgeBase, month: str
) -> None:
    """The campaign runs from April to October; July has no date of its own."""
    assert "4月26日至10月26日" not in ask(kb, f"福建2023年{month}月要报什么").text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2024年清单健全大保护工作格局那项，哪些地方必做", ["任务12", "第一批、第二批示范区必做"]),
        ("2024年地理标志“一口进、一口出”是哪个司负责，各省必须做吗", ["保护司", "各省必做"]),
        ("人才队伍建设2024年是必做还是选做，归谁管", ["各省必做", "办公室", "人事司"]),
    ],
)
def test_for_whom_one_task_is_a_duty(kb: KnowledgeBase, question: str, told: list[str]) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert all(value in reply.text for value in told)


def test_a_list_of_duties_says_whose_they_are(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2024年任务清单里哪些是“选做”的，谁选做")
    assert "地市：强市建设示范城市" in reply.text
    assert "省份：各省" in reply.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("2024清单写明“各省必做”的有几项", "共16项"),
        ("2021年任务清单哪些是国家局自己做、地方没有举措的", "共3项"),
        ("24年任务里有没有各省没派活的", "共6项"),
        ("2021任务清单一共分几部分、多少项", "分8个部分，共22项任务"),
    ],
)
def test_how_many_tasks_there_are(kb: KnowledgeBase, question: str, count: str) -> None:
    assert count in ask(kb, question).text


def test_what_is_due_in_a_month_says_by_whom_and_to_whom(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021万里行10月份要交什么，交给谁", on="2021-09-01")
    assert "国家知识产权局知识产权运用促进司" in reply.text
    reply = ask(kb, "2024清单要求12月底前拿出什么来，谁拿")
    assert "建立强省共建机制的省份、强市建设城市" in reply.text


def test_what_a_clause_says_is_told_by_its_heading(kb: KnowledgeBase) -> None:
    reply = ask(kb, "2021年工作指引的四条基本原则是什么")
    assert cited(reply) == ["cnipa-2021-3#一（二）"]


def test_how_often_something_was_held_is_in_no_list(kb: KnowledgeBase) -> None:
    assert ask(kb, "23年福建一共安排了多少场活动").kind == "refuse"


def test_a_part_that_the_table_has_not_is_refused(kb: KnowledgeBase) -> None:
    assert ask(kb, "24年任务清单第九大部分讲啥").kind == "refuse"


@pytest.mark.parametrize(
    "question", ["2021-10-26那天是什么日子", "2021.10.26有什么安排", "2021年10月26日是什么日子"]
)
def test_what_is_on_a_day_however_it_is_written(kb: KnowledgeBase, question: str) -> None:
    assert f"{W2021}#二" in cited(ask(kb, question))
