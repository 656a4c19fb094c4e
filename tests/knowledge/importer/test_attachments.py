"""Attachments: as the list, the annexes and the text name them, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.attachments import attachments_of
from knowledge.importer.facts import AttachmentFact
from tests.knowledge.importer.building import outline

BODY = """云江市科学技术局关于组织申报2024年度培育项目的通知
各有关单位：
为做好培育工作，现将有关事项通知如下。
一、申报条件
在本市依法登记的企业。
二、申报时间
{}
"""
SIGNED = "云江市科学技术局\n2024年3月2日\n"
FORM, SUMMARY = ("附件1", "项目申报书"), ("附件2", "推荐汇总表")


def read(end: str, middle: str = "请于2024年4月1日前报送。") -> list[AttachmentFact]:
    return attachments_of(outline(BODY.format(middle) + end))


def named(end: str, middle: str = "请于2024年4月1日前报送。") -> list[tuple[str, str]]:
    return [(fact.label, fact.title) for fact in read(end, middle)]


@pytest.mark.parametrize(
    "listed",
    [
        "附件：1. 项目申报书\n2. 推荐汇总表\n",
        "附件：1．项目申报书；2．推荐汇总表。\n",
        "附件:1.项目申报书2.推荐汇总表\n",
        "　　附 件：1、项目申报书\n　　　　　2、推荐汇总表\n",
        "- 附件：1. 项目申报书  \n2. 推荐汇总表\n",
        "附件：\n1.项目申报书\n2.推荐汇总表\n",
        "附件：（1）项目申报书\n（2）推荐汇总表\n",
        "附件：①项目申报书 ②推荐汇总表\n",
        "附件1：项目申报书\n附件2：推荐汇总表\n",
        "附件1 项目申报书\n附件2 推荐汇总表\n",
        "附件一：项目申报书 附件二：推荐汇总表\n",
        "附：1.《项目申报书》\n2.《推荐汇总表》\n",
        "附表：1.项目申报书\n2.推荐汇总表\n",
        "附件：项目申报书\n推荐汇总表\n",
        "附件1.项目申报书.docx\n附件2.推荐汇总表.xlsx\n",
        "附件下载：\n1.项目申报书.doc（23.5KB）\n2.推荐汇总表.xls 下载\n",
        "**附件：**1. 项目申报书\n2. 推荐汇总表\n",
    ],
)
def test_a_list_is_read_however_it_is_set(listed: str) -> None:
    assert named(listed + SIGNED) == [FORM, SUMMARY]


def test_one_attachment_without_a_number() -> None:
    assert named("附件：2024年度培育项目申报指南\n" + SIGNED) == [
        ("附件", "2024年度培育项目申报指南")
    ]


def test_a_title_may_run_over_two_lines() -> None:
    listed = "附件：1.2024年度云江市高新技术企业培育\n入库企业申报书\n2.推荐汇总表\n"
    assert named(listed + SIGNED) == [
        ("附件1", "2024年度云江市高新技术企业培育入库企业申报书"),
        SUMMARY,
    ]


def test_a_sign_off_on_the_same_line_is_no_title() -> None:
    listed = "附件：1.项目申报书2.推荐汇总表云江市科学技术局2024年3月2日\n"
    assert named(listed) == [FORM, SUMMARY]


def test_figures_in_a_title_do_not_part_it() -> None:
    listed = "附件：1.项目申报书2.0版\n2.名单（第2、3批）\n3.2023年度决算表\n"
    assert [title for _, title in named(listed + SIGNED)] == [
        "项目申报书2.0版",
        "名单（第2、3批）",
        "2023年度决算表",
    ]


def test_numbers_may_have_two_levels() -> None:
    listed = "附件：1-1.申报书（企业）\n1-2.申报书（高校）\n2.推荐汇总表\n"
    assert [label for label, _ in named(listed + SIGNED)] == ["附件1-1", "附件1-2", "附件2"]


def test_files_for_download_are_the_list_again() -> None:
    listed = "附件：1.项目申报书\n2.推荐汇总表\n"
    files = "附件：\n项目申报书.docx\n推荐汇总表.xlsx\n关于组织申报的通知.pdf\n"
    assert named(listed + SIGNED + files) == [FORM, SUMMARY]


def test_an_attachment_that_only_the_text_names() -> None:
    middle = "填写《项目申报书》（附件1），并于4月1日前报送推荐汇总表（见附件2）。"
    facts = read(SIGNED, middle)
    assert [(fact.label, fact.title) for fact in facts] == [FORM, SUMMARY]
    assert {fact.clause for fact in facts} == {"二"}
    assert all(fact.look for fact in facts)


@pytest.mark.parametrize(
    ("middle", "title"),
    [
        ("各区推荐本地区优秀案例2项（附件1）。", "优秀案例"),
        ("梳理后形成需求清单（附件1）。", "需求清单"),
        ("提交工作方案和经费预算表（附件1）。", "经费预算表"),
        ("请填写推荐汇总表（附件1）一式两份。", "推荐汇总表"),
        ("请按照附件1《项目申报书》编写。", "项目申报书"),
    ],
)
def test_what_the_text_calls_it(middle: str, title: str) -> None:
    assert named(SIGNED, middle) == [("附件1", title)]


def test_the_clause_that_asks_for_it_comes_before_the_list() -> None:
    facts = read("附件：1.项目申报书\n2.推荐汇总表\n" + SIGNED, "请填写申报书（附件 1）。")
    assert [fact.clause for fact in facts] == ["二", "落款"]


@pytest.mark.parametrize(
    "middle",
    [
        "申报书及附件装订成册，附件包括营业执照复印件。",
        "证明材料作为附件一并上传。",
        "按照《管理办法》（云科发〔2020〕3号）附件2的规定执行。",
        "申报书附件材料应当真实。",
    ],
)
def test_what_applicants_enclose_and_other_documents_have_is_none(middle: str) -> None:
    assert named(SIGNED, middle) == []


@pytest.mark.parametrize("listed", ["附件：无\n", "附件：（略）\n", "相关链接：政策解读\n"])
def test_nothing_is_listed(listed: str) -> None:
    assert named(listed + SIGNED) == []


def test_the_fuller_heading_over_the_form_and_its_fields() -> None:
    form = (
        "附件1\n2024年培育项目申报书\n"
        "（一）基本信息\t\t\t\n单位名称\t\t\t\n联系人\t\t手机\t\n"
        "（二）项目情况\t\t\t\n类别\t名称\t预算\t备注\n研发\t\t\t\n转化\t\t\t\n"
        "备注：预算以万元计。\n"
    )
    (fact,) = read("附件：1.培育项目申报书\n" + SIGNED + form)
    assert fact.title == "2024年培育项目申报书"
    assert fact.basics == ("单位名称", "联系人", "手机")
    assert fact.columns == ("类别", "名称", "预算", "备注")
    assert fact.rows == ("研发", "转化")
    assert fact.note == "预算以万元计。"


def test_columns_under_a_common_heading() -> None:
    form = "附件\n统计表\n单位\t专利情况\t\t商标\n\t申请量\t授权量\t\n甲区\t\t\t\n"
    (fact,) = read("附件：统计表\n" + SIGNED + form)
    assert fact.columns == ("单位", "申请量", "授权量", "商标")
    assert fact.rows == ("甲区",)


def test_a_form_that_is_not_in_the_text_has_no_columns() -> None:
    assert [fact.columns for fact in read("附件：项目申报书\n" + SIGNED)] == [None]


NOUNS = st.sampled_from(["申报书", "推荐汇总表", "承诺书", "评审办法", "需求清单", "工作方案"])
SUBJECTS = st.sampled_from(["2024年度项目", "“雏鹰”企业", "专利导航", "第二批示范园区", "人才"])
TITLES = st.lists(
    st.builds(lambda s, n: s + n, SUBJECTS, NOUNS), min_size=2, max_size=12, unique=True
)
MARKS = st.sampled_from(["{}.", "{}．", "{}、", "{}. ", "（{}）"])
BETWEEN = st.sampled_from(["\n", "；", " ", "\n　　　"])


@given(TITLES, MARKS, BETWEEN)
def test_any_list_gives_its_titles_in_order(titles: list[str], mark: str, between: str) -> None:
    items = between.join(mark.format(no) + title for no, title in enumerate(titles, 1))
    found = named(f"附件：{items}\n{SIGNED}")
    assert found == [(f"附件{no}", title) for no, title in enumerate(titles, 1)]


@given(TITLES, MARKS, BETWEEN)
def test_every_title_stands_where_its_span_says(titles: list[str], mark: str, between: str) -> None:
    items = between.join(mark.format(no) + title for no, title in enumerate(titles, 1))
    made = outline(BODY.format("另行通知。") + f"附件：{items}\n{SIGNED}")
    for fact in attachments_of(made):
        start, end = fact.spans["title"]
        assert made.page.text[start:end] == fact.title


PRINTED_AS_LISTS = """
关于开展活动的通知

一、工作要求
填写企业需求清单（附件1）和成效汇总表（附件2）。

附件：1.企业需求清单
2.成效汇总表

云江省知识产权局
2024年5月8日

附件1

企业需求清单

一、企业基本信息：企业名称、所属行业、手机。
二、需求描述：不超过300字。

附件2

成效汇总表

填报内容：活动名称、举办日期、融资金额（万元）。
"""


def test_a_form_that_is_printed_as_lists_has_fields_and_columns() -> None:
    needs, results = attachments_of(outline(PRINTED_AS_LISTS))
    assert needs.basics == ("企业名称", "所属行业", "手机")
    assert results.columns == ("活动名称", "举办日期", "融资金额（万元）")
