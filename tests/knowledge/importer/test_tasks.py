"""Task tables: columns by their headers, rows that belong together, who does what by when."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.facts import ScopeFact, TaskFact
from knowledge.importer.marks import departments_of, names_of
from knowledge.importer.page import Outline, Page, Place
from knowledge.importer.passage import passage
from knowledge.importer.tasks import tasks_of
from tests.knowledge.importer.building import outline, table


def read(*rows: Sequence[str], label: str = "附件1") -> list[TaskFact]:
    made, text = table(rows)
    return tasks_of(Outline(Page(text, (made,)), (Place(label, "annex", None, (made,)),)))


HEADER = ("重点任务", "工作举措", "责任部门", "完成时间")


def test_each_row_is_a_task_under_its_heading() -> None:
    first, second = read(
        HEADER,
        ("一、强化创新", "", "", ""),
        ("1. 建设平台。", "省局：建好平台。各地区：用好平台。", "运用处、保护处", "年底前完成"),
        ("二、优化服务", "", "", ""),
        ("2.一窗通办", "各地区要推广窗口。", "服务处", "6月底前"),
    )
    assert (first.no, first.title, first.section) == (1, "建设平台", "一、强化创新")
    assert (first.departments, first.completion) == (("运用处", "保护处"), "年底前完成")
    assert [(a.by, a.text) for a in first.actions] == [
        ("省局", "建好平台。"),
        ("各地区", "用好平台。"),
    ]
    assert (second.clause, second.section) == ("附件1 任务2", "二、优化服务")
    assert [(a.by, a.text) for a in second.actions] == [("各地区", "推广窗口。")]


def test_what_a_page_break_tore_is_one_task() -> None:
    (task,) = read(
        HEADER[:3],
        ("1.建设平台", "省局：深入推进试点，研究制定相关", "局内：法规处"),
        HEADER[:3],
        ("", "政策文件。\n各地区：做好宣传。", "省份：试点省份必做\n地市：示范城市选做"),
    )
    assert [a.text for a in task.actions] == ["深入推进试点，研究制定相关政策文件。", "做好宣传。"]
    assert task.departments == ("法规处",)
    assert task.scopes == (
        ScopeFact(level="省份", who="试点省份", duty="必做"),
        ScopeFact(level="地市", who="示范城市", duty="选做"),
    )


def test_several_columns_of_departments() -> None:
    (task,) = read(
        ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "建设平台", "市科技局", "市财政局，各县（市、区）人民政府", "6月底前"),
    )
    assert task.departments == ("市科技局", "市财政局", "各县（市、区）人民政府")


def test_measures_without_an_actor_stand_under_their_header() -> None:
    (task,) = read(("任务", "主要措施", "责任单位"), ("建设平台", "购置设备。", "市科技局"))
    assert [(a.by, a.text) for a in task.actions] == [("主要措施", "购置设备。")]


def test_a_title_over_several_numbered_rows() -> None:
    first, second = read(
        ("序号", "重点任务", "具体措施", "责任单位"),
        ("1", "提升能力", "建设平台。", "市科技局"),
        ("2", "", "培育企业。", "市工信局"),
    )
    assert (first.title, second.title) == ("提升能力", "培育企业")
    assert second.look


def test_numbers_that_start_again_are_counted_on() -> None:
    tasks = read(
        HEADER,
        ("一、甲", "", "", ""),
        ("1.建设平台", "做。", "甲处", "6月"),
        ("二、乙", "", "", ""),
        ("1.培育企业", "做。", "乙处", "7月"),
    )
    assert [(t.no, t.clause) for t in tasks] == [(1, "附件1 任务1"), (2, "附件1 任务2")]


@pytest.mark.parametrize(
    "rows",
    [
        [("序号", "工作任务", "责任单位", "完成时间"), ("1", "", "", ""), ("2", "", "", "")],
        [("序号", "企业名称", "项目名称", "推荐单位"), ("1", "甲公司", "乙项目", "丙局")],
        [("时间", "内容", "地点"), ("9:00", "签到", "大厅"), ("9:30", "致辞", "会议室")],
        [("序号", "项目", "责任人", "联系电话"), ("1", "甲", "张三", "66668888")],
    ],
)
def test_forms_lists_and_timetables_hold_no_tasks(rows: list[tuple[str, ...]]) -> None:
    assert read(*rows) == []


def test_a_table_whose_cells_came_out_as_lines() -> None:
    tasks = tasks_of(
        outline(
            """云江市科学技术局关于印发方案的通知
            各有关单位：
            现印发方案，请认真执行。
            附件：任务分工表
            云江市科学技术局
            2024年3月2日
            附件
            任务分工表
            序号
            重点任务
            责任单位
            完成时限
            1
            建设平台
            市科技局
            6月底前
            2
            引进人才
            市人社局
            9月底前
            """
        )
    )
    assert [(t.title, t.departments, t.completion) for t in tasks] == [
        ("建设平台", ("市科技局",), "6月底前"),
        ("引进人才", ("市人社局",), "9月底前"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("持续优化环境。（服务处负责）加强保护。(保护处负责)", ("服务处", "保护处")),
        ("（责任单位：市科技局、市财政局）", ("市科技局", "市财政局")),
        ("（市科技局牵头，各县（市、区）人民政府配合）", ("市科技局", "各县（市、区）人民政府")),
        ("[省教育厅、省科技厅按职责分工负责]", ("省教育厅", "省科技厅")),
        ("（牵头单位：省发展改革委；配合单位：省科技厅）", ("省发展改革委", "省科技厅")),
        ("（责任处室：保护处；完成时限：6月底）", ("保护处",)),
        ("（市科技局、市财政局等按职责分工负责，6月底前完成）", ("市科技局", "市财政局")),
        ("责任单位：科技处、产业处", ("科技处", "产业处")),
        ("（申报单位对材料的真实性负责）", ()),
        ("（以下简称中心）", ()),
    ],
)
def test_who_is_in_charge_of_a_clause(text: str, names: tuple[str, ...]) -> None:
    assert departments_of(passage(text)) == names


def test_parts_of_one_office_are_named_after_it() -> None:
    assert names_of("条法司，专利局审业部、自动化部，商标局") == (
        "条法司",
        "专利局审业部",
        "专利局自动化部",
        "商标局",
    )
    assert names_of("省委宣传部、教育部") == ("省委宣传部", "教育部")


def test_a_name_that_a_line_break_tore_is_whole() -> None:
    assert names_of("保护司、公共 服务司， 市科技局 市财政局") == (
        "保护司",
        "公共服务司",
        "市科技局",
        "市财政局",
    )


OFFICES = st.lists(
    st.sampled_from(["市科技局", "市财政局", "保护处", "运用促进司", "省发展改革委", "商标局"]),
    min_size=1,
    max_size=5,
    unique=True,
)
TITLES = st.lists(
    st.sampled_from(["建设平台", "培育企业", "引进人才", "优化服务", "强化保护", "促进转化"]),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(TITLES, OFFICES, st.sampled_from(["、", "，", "；", "\n", " "]))
def test_any_table_gives_every_task_and_office(
    titles: list[str], offices: list[str], between: str
) -> None:
    rows = [
        (f"{no}.{title}", "做好。", between.join(offices)) for no, title in enumerate(titles, 1)
    ]
    tasks = read(HEADER[:3], *rows)
    assert [(t.no, t.title) for t in tasks] == list(enumerate(titles, 1))
    assert all(t.departments == tuple(offices) for t in tasks)
