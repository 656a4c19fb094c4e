"""The demand form as it is drafted of the form that a notice prints."""

from __future__ import annotations

import pytest

from knowledge.importer.attachments import attachments_of
from knowledge.importer.facts import Head
from knowledge.importer.fields import catalogue
from knowledge.importer.form import form_of
from knowledge.model import DemandForm
from tests.knowledge.importer.building import outline

NOTICE = """云江市知识产权局关于开展服务进企业活动的通知
各有关单位：
现将有关事项通知如下。
一、重点任务
（一）开展专利护航行动
组织专家进企业。
（二）开展商标富农行动
培育商标品牌。
二、需求征集
分析梳理后形成需求清单（附件）。
附件：{title}
云江市知识产权局
2025年3月2日
附件
{title}
{form}
"""
BASICS = "（一）基本信息\t\t\t\n企业名称\t\t\t\n联系人\t\t{phone}\t\n（二）服务需求\t\t\t\n"
COLUMNS = "重点任务\t工作内容\t服务需求事项\t若需要国家局协调请标注，并可提出希望匹配资源的建议\n"
ROWS = "开展专利护航行动\t\t\t\n开展商标富农行动\t\t\t\n其他（请自行补充）\t\t\t\n"


def draft(form: str, title: str = "服务需求清单", about: str = "") -> DemandForm | None:
    made = outline(NOTICE.format(title=title, form=form))
    head = Head(title=about or None, issuer=None, doc_number=None, kind="通知", issued=None)
    return form_of(head, attachments_of(made), made)


def test_fields_become_slots_in_the_order_of_the_form() -> None:
    form = draft(BASICS.format(phone="手机") + COLUMNS + ROWS)
    assert form is not None
    assert [(slot.name, slot.kind) for slot in form.slots] == [
        ("单位名称", "company"),
        ("联系人", "person"),
        ("手机", "mobile"),
        ("重点任务", "choice"),
        ("工作内容", "text"),
        ("服务需求事项", "text"),
        ("需国家局协调", "yesno"),
        ("资源建议", "text"),
    ]
    assert (form.attachment, form.title) == ("附件", "服务需求清单")


def test_key_tasks_are_the_printed_rows_with_their_clauses() -> None:
    form = draft(BASICS.format(phone="手机") + COLUMNS + ROWS)
    assert form is not None
    assert [(task.name, task.clause) for task in form.key_tasks] == [
        ("开展专利护航行动", "一（一）"),
        ("开展商标富农行动", "一（二）"),
        ("其他", "附件"),
    ]


def test_key_tasks_of_the_clauses_where_the_form_prints_none() -> None:
    form = draft(COLUMNS + "\t\t\t\n1\t\t\t\n")
    assert form is not None
    assert [task.name for task in form.key_tasks] == ["开展专利护航行动", "开展商标富农行动"]


def test_somebody_can_be_reached() -> None:
    form = draft(BASICS.format(phone="联系电话") + COLUMNS + ROWS)
    assert form is not None
    phone = next(slot for slot in form.slots if slot.name == "联系电话")
    assert phone.ask
    assert phone.required


def test_an_unknown_field_is_kept_in_its_own_words() -> None:
    form = draft("单位名称\t服务需求事项\t窑炉数量（座）\n1\t\t\n")
    assert form is not None
    slot = form.slots[-1]
    assert (slot.name, slot.kind, slot.ask) == ("窑炉数量", "text", False)
    assert slot.prompt == "请填写“窑炉数量”，没有就回“没有”。"


def test_columns_that_nobody_is_asked_for_are_left_out() -> None:
    form = draft("序号\t单位名称\t需求描述\t备注\n1\t\t\t\n")
    assert form is not None
    assert [slot.name for slot in form.slots] == ["单位名称", "服务需求事项"]


@pytest.mark.parametrize("title", ["服务成效汇总表", "需求清单填报说明", "项目申报书"])
def test_other_forms_are_no_demand_form(title: str) -> None:
    assert draft(COLUMNS + ROWS, title=title) is None


def test_a_general_form_of_a_notice_about_demands() -> None:
    form = "单位名称\t技术需求\t手机\n1\t\t\n"
    assert draft(form, "信息征集表", "关于征集企业技术需求的通知") is not None
    assert draft(form, "信息征集表", "关于召开会议的通知") is None


def test_a_demand_list_that_is_not_in_the_text_gives_no_form() -> None:
    assert draft("") is None


def test_the_catalogue_names_every_field_once() -> None:
    names = [known.name for known in catalogue().fields]
    assert len(set(names)) == len(names)
