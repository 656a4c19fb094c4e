"""附件1 需求清单, read back cell by cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from docx import Document as read_word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from bot.exports.demand_list import demand_list
from bot.exports.entries import Entry, Scope
from bot.exports.excel import xlsx
from bot.exports.layout import Document
from bot.exports.word import docx
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import (
    HELP,
    JOBS,
    MARKS,
    NATIONAL,
    NOW,
    PLEDGES,
    TRANSFER,
    column_under,
    demand,
    sheet_rows,
    sheets,
    word_tables,
    word_texts,
)

OTHER = "其他（如开展重点任务之外的其他工作，请自行补充）"
DEMANDS = [
    demand(12, PLEDGES, "想用三件专利质押贷款500万元", 工作内容="已完成评估", 需国家局协调=True,
           资源建议="希望对接国有大行"),
    demand(15, PLEDGES, "想了解商标质押", company="厦门集美茶业有限公司"),
    demand(16, MARKS, "怎么申请专用标志", company="厦门同安果业合作社"),
    demand(21, None, "商业秘密制度怎么建"),
]  # fmt: skip


def filled(kb: KnowledgeBase, entries: list[Entry], scope: Scope | None = None) -> Document:
    scope = scope or Scope(kb.bureaus.get("xiamen"))
    return demand_list(kb.form_notice(), entries, scope, {"联系人": "林芳", "手机": "13900005678"})


def test_the_head_of_the_form_names_the_bureau_that_hands_it_in(kb: KnowledgeBase) -> None:
    content = docx(filled(kb, DEMANDS), NOW)
    basics = word_tables(content)[0]
    name = "厦门市市场监督管理局（厦门市知识产权局）"
    assert word_texts(content)[:2] == ["附件1", "2021年“知识产权服务万里行”活动需求清单"]
    assert basics == [
        ["（一）基本信息"] * 4,
        ["单位名称", name, name, name],
        ["联系人", "林芳", "所在处室", ""],
        ["职务", "", "联系电话", ""],
        ["电子邮件", "", "手机", "13900005678"],
    ]


def test_demands_stand_under_their_key_tasks_and_those_of_none_under_other(
    kb: KnowledgeBase,
) -> None:
    rows = word_tables(docx(filled(kb, DEMANDS), NOW))[1]
    company = "厦门海沧智造有限公司"
    assert rows == [
        ["（二）地方知识产权服务需求"] * 4,
        ["重点任务", "工作内容", "服务需求事项", NATIONAL],
        [JOBS, "", "", ""],
        [MARKS, "工作1", "怎么申请专用标志\n（厦门同安果业合作社，需求16号）", ""],
        [
            PLEDGES,
            "工作1：已完成评估",
            f"想用三件专利质押贷款500万元\n（{company}，需求12号）",
            "★需国家局协调\n希望对接国有大行",
        ],
        [PLEDGES, "工作2", "想了解商标质押\n（厦门集美茶业有限公司，需求15号）", ""],
        [TRANSFER, "", "", ""],
        [HELP, "", "", ""],
        [OTHER, "工作1", f"商业秘密制度怎么建\n（{company}，需求21号）", ""],
    ]


def test_the_workbook_is_laid_out_like_the_document(kb: KnowledgeBase) -> None:
    form, contacts = sheets(xlsx(filled(kb, DEMANDS), NOW))
    rows = sheet_rows(form)
    assert [rows[n][0] for n in (0, 1, 2)] == [
        "附件1",
        "2021年“知识产权服务万里行”活动需求清单",
        "（一）基本信息",
    ]
    assert rows[4] == ["联系人", "林芳", "所在处室", ""]
    assert rows[8:12] == [
        ["重点任务", "工作内容", "服务需求事项", NATIONAL],
        [JOBS, "", "", ""],
        [MARKS, "工作1", "怎么申请专用标志\n（厦门同安果业合作社，需求16号）", ""],
        [
            PLEDGES,
            "工作1：已完成评估",
            "想用三件专利质押贷款500万元\n（厦门海沧智造有限公司，需求12号）",
            "★需国家局协调\n希望对接国有大行",
        ],
    ]
    assert rows[12][:2] == ["", "工作2"]
    assert "A12:A13" in {str(merged) for merged in form.merged_cells.ranges}
    assert rows[-1][0] == "备注：统计时间：全部；共4项需求，其中需国家局协调支持1项（已标★）。"
    assert column_under(sheet_rows(contacts), "手机")[:2] == ["13800001234", "13800001234"]


def test_heads_are_printed_on_each_page_of_either_file(kb: KnowledgeBase) -> None:
    document = filled(kb, DEMANDS)
    form = sheets(xlsx(document, NOW))[0]
    assert form.print_title_rows == "$8:$9"
    assert (form.page_setup.fitToWidth, form.page_setup.fitToHeight) == (1, 0)
    tables = read_word(BytesIO(docx(document, NOW))).tables
    heads = [len(table._tbl.findall(f".//{qn('w:tblHeader')}")) for table in tables]
    assert heads == [0, 2, 1]


def test_who_to_call_stands_in_a_sheet_of_its_own(kb: KnowledgeBase) -> None:
    told = demand(7, 联系电话="0592-6543210", 职务="经理", status="matched", day=date(2026, 6, 30))
    [_, _, contacts] = word_tables(docx(filled(kb, [told]), NOW))
    assert contacts == [
        ["需求编号", "单位名称", "联系人", "所在处室", "职务", "联系电话", "电子邮件", "手机",
         "主管部门", "提交日期", "办理状态"],
        ["7", "厦门海沧智造有限公司", "陈明", "", "经理", "0592-6543210", "", "13800001234",
         "厦门市局", "2026-06-30", "已匹配资源"],
    ]  # fmt: skip


def test_a_roll_up_says_of_each_demand_which_bureau_it_is_of(kb: KnowledgeBase) -> None:
    two = [demand(1), demand(2, MARKS, "要专用标志", company="安溪某茶社", bureau="泉州市局")]
    scope = Scope(kb.bureaus.get("fujian"), together=True)
    basics, rows, contacts = word_tables(docx(filled(kb, two, scope), NOW))
    assert basics[1][1] == "福建省知识产权局"
    assert [row[2].partition("\n")[2] for row in rows if "号）" in row[2]] == [
        "（安溪某茶社，泉州市局，需求2号）",
        "（厦门海沧智造有限公司，厦门市局，需求1号）",
    ]
    assert [row[-3] for row in contacts] == ["主管部门", "厦门市局", "泉州市局"]


def test_a_demand_of_no_known_bureau_says_so_in_a_roll_up(kb: KnowledgeBase) -> None:
    scope = Scope(kb.bureaus.get("fujian"), together=True)
    rows = word_tables(docx(filled(kb, [demand(1, bureau="")], scope), NOW))[1]
    assert "地区待定" in rows[4][2]


def test_a_task_that_the_form_does_not_print_has_a_heading_of_its_own_before_other(
    kb: KnowledgeBase,
) -> None:
    rows = word_tables(docx(filled(kb, [demand(1, "数据知识产权行动"), demand(2, None)]), NOW))[1]
    assert [row[0] for row in rows[-2:]] == ["数据知识产权行动", OTHER]


def test_without_demands_the_form_is_the_blank_one(kb: KnowledgeBase) -> None:
    content = docx(filled(kb, []), NOW)
    rows = word_tables(content)[1]
    assert [row[1:] for row in rows[2:]] == [["", "", ""]] * 6
    assert len(word_tables(content)) == 2
    assert "共0项需求" in word_texts(content)[-1]
    assert len(sheets(xlsx(filled(kb, []), NOW))) == 1


def test_the_span_is_told_below_the_table(kb: KnowledgeBase) -> None:
    scope = Scope(None, date(2026, 4, 1), date(2026, 6, 30))
    [note] = [t for t in word_texts(docx(filled(kb, DEMANDS, scope), NOW)) if "统计时间" in t]
    assert "2026年4月1日至2026年6月30日" in note


def test_the_paper_lies_on_its_side_where_much_is_said(kb: KnowledgeBase) -> None:
    blank, long = filled(kb, []), filled(kb, [demand(1, need="想用专利质押贷款" * 9)])
    assert not blank.pages[0].landscape
    for write, read in ((xlsx, _orientations_of_sheets), (docx, _orientations_of_sections)):
        assert read(write(long, NOW)) == ["landscape", "landscape"]
        assert read(write(blank, NOW)) == ["portrait"]


def _orientations_of_sheets(content: bytes) -> list[str]:
    return [str(sheet.page_setup.orientation) for sheet in sheets(content)]


def _orientations_of_sections(content: bytes) -> list[str]:
    sections = read_word(BytesIO(content)).sections
    wide = [(s.page_width or 0) > (s.page_height or 0) for s in sections]
    assert [s.orientation == WD_ORIENT.LANDSCAPE for s in sections] == wide
    return ["landscape" if one else "portrait" for one in wide]


@pytest.mark.parametrize("write", [docx, xlsx])
def test_a_file_tells_no_time_but_that_of_its_making(
    kb: KnowledgeBase, write: Callable[[Document, datetime], bytes]
) -> None:
    with zipfile.ZipFile(BytesIO(write(filled(kb, DEMANDS), NOW))) as file:
        about = file.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in file.infolist()} == {(2026, 7, 1, 9, 30, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", about)) == {"2026-07-01T09:30:00Z"}
    assert "python" not in about
