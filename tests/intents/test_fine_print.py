"""What people who have read the notices ask: answered from the facts, by count and by place."""

from __future__ import annotations

import re

import pytest

from intents.invented import invented
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, morning

TASKS, GUIDE, OPINION = "cnipa-2024-tasks", "cnipa-2021-3", "cnipa-2024-22"
W2021, FUJIAN = "cnipa-2021-51", "fujian-2023-10"


def numbers(text: str) -> list[int]:
    """The numbers at the beginnings of lines."""
    return [int(number) for number in re.findall(r"(?m)^(\d+)\. ", text)]


# Whose something is.


def test_tasks_that_ask_something_of_cities(kb: KnowledgeBase) -> None:
    """By their scopes, or because the table gives cities a part of their own."""
    asked = numbers(ask(kb, "2024清单里哪些任务有地市要做的").text)
    rest = numbers(ask(kb, "2024年哪些任务没有地市的活").text)
    assert asked == [3, 4, 7, 8, 9, 11, 12]
    assert sorted(asked + rest) == [task.no for task in kb.notice(TASKS).tasks]


def test_a_count_of_duties_says_whose_they_are(kb: KnowledgeBase) -> None:
    text = ask(kb, "2024清单里写各省选做的有几项").text
    assert "各省选做重点任务共1项" in text
    assert "任务20" in text


def test_tasks_without_a_part_of_the_regions(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021清单里哪几项任务没有各地区的要求").text
    lacking = [
        task.no
        for task in kb.notice(GUIDE).tasks
        if all(action.by == "国家知识产权局" for action in task.actions)
    ]
    assert numbers(text) == lacking


def test_of_a_departments_tasks_those_that_are_a_choice(kb: KnowledgeBase) -> None:
    assert numbers(ask(kb, "2024清单条法司牵头的里面有没有选做的").text) == [4]
    none = ask(kb, "2024清单保护司负责的有没有选做的")
    assert none.kind == "refuse"
    assert none.text.startswith("没有2024年高质量发展任务清单里保护司负责的选做任务")


def test_what_one_of_its_actors_does_in_a_task(kb: KnowledgeBase) -> None:
    text = ask(kb, "2024清单任务12有关地市要做啥").text
    assert "有关地市：" in text
    assert "国家知识产权局：" not in text


@pytest.mark.parametrize(
    "question", ["3号文哪几件事由地方局负责", "2021年指引里各地方知识产权局负责的是哪几条"]
)
def test_clauses_of_the_text_that_are_the_local_bureaus(kb: KnowledgeBase, question: str) -> None:
    reply = ask(kb, question)
    assert cited(reply) == [f"{GUIDE}#二（二）", f"{GUIDE}#二（三）", f"{GUIDE}#四（十）"]
    assert "共3条" in reply.text


def test_whose_a_thing_of_a_table_is_stands_in_the_table(kb: KnowledgeBase) -> None:
    """The guide's own text names the centre, too, and another department."""
    reply = ask(kb, "2021年任务清单海外知识产权纠纷应对指导中心的责任部门是谁")
    assert cited(reply)[0] == f"{GUIDE}#附件 任务20"


def test_a_name_of_the_table_that_is_not_quite_its_own_narrows_nothing(kb: KnowledgeBase) -> None:
    assert "共5项" in ask(kb, "2024年高质量发展纲要任务里保护司牵头几项").text


# The nth, the most.


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("2021年指引第一个原则具体讲什么", "系统观念"),
        ("2021年指引第三个原则具体讲什么", "统筹兼顾"),
        ("22号文第四条基本原则是什么", "普惠服务与重点服务并重"),
    ],
)
def test_the_nth_of_what_a_clause_enumerates(kb: KnowledgeBase, question: str, name: str) -> None:
    text = ask(kb, question).text
    assert re.search(f"第[一三四]条，(?:坚持)?{name}：", text)


def test_there_is_no_fifth_of_four(kb: KnowledgeBase) -> None:
    assert "第五条，" not in ask(kb, "22号文第五条基本原则是什么").text


@pytest.mark.parametrize(
    ("question", "label"),
    [("福建第四条工作要求是什么", "五（四）"), ("福建方案第二个阶段是干什么", "四（二）")],
)
def test_the_nth_item_under_a_heading(kb: KnowledgeBase, question: str, label: str) -> None:
    assert cited(ask(kb, question)) == [f"{FUJIAN}#{label}"]


def test_the_shortest_step_of_those_whose_days_are_given(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021年万里行五个阶段里哪个阶段最短").text
    assert text.startswith("最短的是企业需求调研。")
    assert "活动总结：2021年11月初，没有写明起止日期" in text


@pytest.mark.parametrize(
    ("question", "least", "most"),
    [
        ("2024清单哪些任务是三个以上部门一起做", 3, 99),
        ("2024清单责任部门超过三个的任务有哪些", 4, 99),
        ("2024清单两个部门共同负责的有哪些", 2, 2),
    ],
)
def test_tasks_by_how_many_departments_they_have(
    kb: KnowledgeBase, question: str, least: int, most: int
) -> None:
    told = numbers(ask(kb, question).text)
    tasks = kb.notice(TASKS).tasks
    assert told == [t.no for t in tasks if least <= len(t.departments) <= most]


def test_parts_that_are_equally_full_are_all_told(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021年清单里哪部分任务最多").text
    assert "各4项" in text
    assert numbers(text) == [5, 6, 7, 8, 12, 13, 14, 15]


# Against each other.


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("发明专利和高价值发明专利的审查周期目标差几个月，21年", "4.5个月"),
        ("2021年目标里高价值发明专利审查周期比商标注册长几个月", "10个月"),
        ("2021年商标注册平均审查周期比发明专利审查周期短多少个月", "14.5个月"),
    ],
)
def test_how_far_two_figures_are_apart(kb: KnowledgeBase, question: str, apart: str) -> None:
    reply = ask(kb, question)
    assert reply.text.startswith(f"相差{apart}：")
    assert not invented(kb, reply, morning().date())


def test_figures_of_different_units_are_not_set_against_each_other(kb: KnowledgeBase) -> None:
    assert "相差" not in ask(kb, "2021年质押融资规模和惠及企业数量增长率差多少").text


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("2021年任务5和任务6是同一个部门负责吗", [f"{GUIDE}#附件 任务5", f"{GUIDE}#附件 任务6"]),
        (
            "代理行业监管 2021任务15和2024任务17是同一个司管吗",
            [f"{GUIDE}#附件 任务15", f"{TASKS}#附件 任务17"],
        ),
        ("22号文第五条和第六条分别说什么", [f"{OPINION}#二（五）", f"{OPINION}#二（六）"]),
    ],
)
def test_the_same_of_several_numbered_places(
    kb: KnowledgeBase, question: str, places: list[str]
) -> None:
    assert cited(ask(kb, question)) == places


def test_what_is_due_on_both_sides(kb: KnowledgeBase) -> None:
    reply = ask(kb, "五月份万里行有什么要报的？国家局2021和福建2023都说说")
    assert "2023年5月20日" in reply.text
    assert "2021年5月25日" in reply.text
    assert {f"{FUJIAN}#五（一）", f"{W2021}#六（一）"} <= set(cited(reply))


# Words, steps, sheets.


def test_in_which_notices_a_word_stands(kb: KnowledgeBase) -> None:
    reply = ask(kb, "蓝天行动在哪几份文件里出现")
    assert set(cited(reply)) == {f"{FUJIAN}#三（一）", f"{W2021}#三（一）", f"{GUIDE}#附件 任务15"}


def test_tasks_found_by_a_word_tell_what_they_say_of_it(kb: KnowledgeBase) -> None:
    text = ask(kb, "2024清单里提到保护中心的任务有哪些").text
    assert numbers(text) == [9, 13]
    assert "各地区：推进知识产权保护中心、快速维权中心建设" in text


def test_a_name_keeps_the_one_that_begins_it(kb: KnowledgeBase) -> None:
    assert "提到“一带一路”的任务" in ask(kb, "2021清单哪几项写了一带一路").text


def test_a_step_of_the_campaign_is_no_deadline_of_the_same_name(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021年万里行活动总结安排在几月").text
    assert text.startswith("活动总结：2021年11月初")
    assert "2021年10月30日" in text


def test_the_parts_of_a_sheet_are_no_sections_of_a_notice(kb: KnowledgeBase) -> None:
    reply = ask(kb, "需求清单第一部分基本信息都有哪几格")
    assert cited(reply)[0] == f"{W2021}#附件1"
    assert "所在处室" in reply.text


def test_how_many_columns_a_sheet_has(kb: KnowledgeBase) -> None:
    reply = ask(kb, "51号文附件2一共几栏")
    assert "表格栏目（5栏）" in reply.text
    assert not invented(kb, reply, morning().date())


# Half known, believed.


@pytest.mark.parametrize(
    ("question", "known", "silent"),
    [
        ("51号文电话和传真是多少", "62083921", "没有写传真"),
        ("优秀案例报几个 有奖没", "1项", "关于“有奖没”"),
        ("福建优秀案例最晚哪天报，评上有奖没", "8月18日", "关于“评上有奖没”"),
        ("2021万里行需求清单几号交？晚交会怎么样", "5月25日", "关于“晚交会怎么样”"),
    ],
)
def test_the_half_that_is_known_is_told_and_the_other_said_to_be_lacking(
    kb: KnowledgeBase, question: str, known: str, silent: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert known in reply.text
    assert silent in reply.text


def test_a_department_that_is_only_believed(kb: KnowledgeBase) -> None:
    text = ask(kb, "2021年成效报告是12月15日前交公共服务司对吧").text
    assert text.startswith("不是公共服务司。")
    assert "运用促进司" in text


@pytest.mark.parametrize(
    "question",
    ["福建第一批地理标志重点联系名录里都有哪些产品", "专精特新小巨人企业怎么认定，标准是啥"],
)
def test_members_and_conditions_of_what_is_only_named(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


def test_which_department_guides_something_is_no_need(kb: KnowledgeBase) -> None:
    reply = ask(kb, "首次知识产权保护检查考核的经验推广跟问题整改哪个司指导")
    assert reply.kind == "answer"
    assert "保护司" in reply.text


# Numbers and counts.


def test_a_clause_by_its_number_in_a_notice_that_has_a_table_too(kb: KnowledgeBase) -> None:
    assert cited(ask(kb, "2021年指引第（六）条谁负责"))[0] == f"{GUIDE}#三（六）"
    assert cited(ask(kb, "2021清单第6条谁负责"))[0] == f"{GUIDE}#附件 任务6"


def test_a_notice_without_attachments_is_said_to_have_none(kb: KnowledgeBase) -> None:
    reply = ask(kb, "22号文附件有几个")
    assert reply.kind == "refuse"
    assert "没有附件" in reply.text


def test_how_many_departments_a_table_has(kb: KnowledgeBase) -> None:
    assert "共有12个责任部门" in ask(kb, "2024清单一共涉及多少个司局").text
