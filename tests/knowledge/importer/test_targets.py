"""Figures to be reached, quotas and grants; and the figures that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.facts import Head, TargetFact
from knowledge.importer.page import Outline, Place
from knowledge.importer.passage import passage
from knowledge.importer.targets import targets_of
from tests.knowledge.importer.building import one_place, plain_page, table

HEAD = Head(title=None, issuer=None, doc_number=None, kind="通知", issued=None)


def read(text: str) -> list[TargetFact]:
    return targets_of(one_place(text, "三（一）"), HEAD)


def told(text: str) -> list[tuple[str, str, str | None]]:
    return [(fact.what, fact.value, fact.by) for fact in read(text)]


@pytest.mark.parametrize(
    ("text", "what", "value", "by"),
    [
        ("到2025年，全市审查周期压减至15.5个月。", "全市审查周期", "15.5个月", "2025年"),
        ("力争质押融资规模达300亿元，", "质押融资规模", "300亿元", None),
        ("确保惠及企业数量增长率超过12%。", "惠及企业数量增长率", "超过12%", None),
        ("选择 2 个至 3 个县给予重点支持。", "选择县给予重点支持", "2个至3个", None),
        ("从中遴选3至5所高校先行试点。", "遴选高校先行试点", "3至5所", None),
        (
            "于8月18日前至少推荐本市优秀案例2项（附件2）。",
            "推荐本市优秀案例",
            "至少2项",
            "8月18日前",
        ),
        ("6月底前，高校完成30%以上存量专利盘点。", "高校完成存量专利盘点", "30%以上", "6月底前"),
        ("建设指导站不少于二十家。", "建设指导站", "不少于二十家", None),
        ("对通过认定的，每家给予一次性奖励10万元。", "每家给予一次性奖励", "10万元", None),
        ("年底前，实现园区服务站全覆盖。", "实现园区服务站", "全覆盖", "年底前"),
    ],
)
def test_goals_quotas_and_grants(text: str, what: str, value: str, by: str | None) -> None:
    assert told(text) == [(what, value, by)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年全省质押融资已达到500亿元，同比增长12.5%。",
        "申报单位注册资本不低于500万元，近三年研发投入占比不低于5%。",
        "申报材料一式3份，字数不超过3000字。",
        "请在10个工作日内完成审核。",
        "落实“六稳”“六保”和3个方面12项任务。",
        "第3批示范企业名单中有12家企业入选。",
        "会议费500元，罚款5000元以下。",
        "本指南共设置5个专题。",
        "联系电话：0591-87851234。",
        "实施2021—2025年规划。",
    ],
)
def test_other_figures_are_no_targets(text: str) -> None:
    assert read(text) == []


def test_under_a_heading_of_goals_a_plain_figure_is_one() -> None:
    text = "2025年底，注册商标达到2万件。\n新增示范企业50家，质押融资10亿元。"
    page = plain_page(text)
    place = Place("一（三）", "clause", passage("主要目标"), page.blocks)
    found = targets_of(Outline(page, (place,)), HEAD)
    assert [(fact.value, fact.by) for fact in found] == [
        ("2万件", "2025年底"),
        ("50家", "2025年底"),
        ("10亿元", "2025年底"),
    ]


def test_conditions_of_applicants_are_no_targets() -> None:
    page = plain_page("企业研发投入强度达到3%以上，建设平台2个以上。")
    place = Place("二", "clause", passage("申报条件"), page.blocks)
    assert targets_of(Outline(page, (place,)), HEAD) == []


def test_a_target_of_a_task_stands_under_the_task() -> None:
    rows = [
        ["重点任务", "工作举措", "责任部门"],
        ["1.建设平台", "各地区：新建专题数据库5个。", "服务处"],
        ["2.开展培训", "各地区：举办培训班不少于2期。", "人事处"],
    ]
    block, text = table(rows)
    place = Place("附件", "annex", None, (block,))
    page = plain_page(text)
    found = targets_of(Outline(page, (place,)), HEAD)
    assert [(fact.clause, fact.value) for fact in found] == [
        ("附件 任务1", "5个"),
        ("附件 任务2", "不少于2期"),
    ]


def test_spans_show_the_figure_and_the_date() -> None:
    text = "到2025年，全市审查周期压减至15.5个月。"
    (fact,) = read(text)
    assert text[slice(*fact.spans["value"])] == "15.5个月"
    by = fact.spans["by"]
    assert text[by.start : by.end] == "2025年"


@given(
    st.integers(1, 99999),
    st.sampled_from(["家", "项", "件", "亿元", "%", "万件", "个百分点"]),
    st.sampled_from(["", "超过", "不少于", "不低于"]),
    st.sampled_from(["", "以上"]),
)
def test_a_figure_is_read_as_printed(number: int, unit: str, under: str, limit: str) -> None:
    (fact,) = read(f"力争全市登记总量达到{under}{number}{unit}{limit}。")
    assert fact.value == f"{under}{number}{unit}{limit}"
    assert fact.what == "全市登记总量"


@given(st.text(alphabet="0123456789.,年月日个家项%以上不超过推荐达到力争，。、至", max_size=50))
def test_every_figure_stands_in_the_text(text: str) -> None:
    for fact in read(text):
        span = fact.spans["value"]
        assert fact.value in text[span.start : span.end] or fact.value.startswith("不超过")
