"""附件2 成效汇总表, read back cell by cell."""

from __future__ import annotations

from datetime import date

import pytest

from bot.exports.entries import Held, Scope
from bot.exports.excel import xlsx
from bot.exports.layout import Document
from bot.exports.results import is_results, results
from bot.exports.word import docx
from knowledge.model import Attachment
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import (
    HELP,
    JOBS,
    MARKS,
    NOW,
    PLEDGES,
    TRANSFER,
    sheet_rows,
    sheets,
    word_tables,
    word_texts,
)

HEADS = ["重点任务", "开展形式", "开展次数", "惠企数量", "其他成效（自行补充，可加列）"]
OTHER = "其他工作（如开展重点任务之外的其他工作内容，请自行补充）"


def held(task: str, form: str, times: int, enterprises: int, other: str = "") -> Held:
    return Held(task, form, times, enterprises, other, "厦门市局", date(2026, 5, 1))


HELD = [
    held(PLEDGES, "银企对接会", 3, 56, "签约6家"),
    held(MARKS, "下乡培训", 1, 30),
    held(PLEDGES, "政策宣讲", 2, 80),
    held(PLEDGES, "银企对接会", 1, 20, "授信2300万元"),
    held("其他", "商业秘密沙龙", 1, 12),
]


def attachment(kb: KnowledgeBase, label: str = "附件2") -> Attachment:
    return next(a for a in kb.form_notice().attachments if a.label == label)


def filled(kb: KnowledgeBase, activities: list[Held]) -> Document:
    return results(attachment(kb), activities, Scope(kb.bureaus.get("xiamen")))


def test_activities_are_summed_up_by_form_under_their_key_task(kb: KnowledgeBase) -> None:
    [rows] = word_tables(docx(filled(kb, HELD), NOW))
    assert rows == [
        HEADS,
        [JOBS, "", "", "", ""],
        [MARKS, "下乡培训", "1", "30", ""],
        [PLEDGES, "银企对接会", "4", "76", "签约6家\n授信2300万元"],
        [PLEDGES, "政策宣讲", "2", "80", ""],
        [TRANSFER, "", "", "", ""],
        [HELP, "", "", "", ""],
        [OTHER, "商业秘密沙龙", "1", "12", ""],
    ]


def test_numbers_can_be_reckoned_with_in_the_workbook(kb: KnowledgeBase) -> None:
    [sheet] = sheets(xlsx(filled(kb, HELD), NOW))
    assert sheet_rows(sheet)[:2] == [
        ["附件2", "", "", "", ""],
        ["2021年“知识产权服务万里行”活动成效汇总表", "", "", "", ""],
    ]
    assert [cell.value for cell in sheet["C"] if isinstance(cell.value, int)] == [1, 4, 2, 1]
    assert sum(cell.value for cell in sheet["D"] if isinstance(cell.value, int)) == 198


def test_a_blank_cell_takes_a_number_when_somebody_fills_it_in(kb: KnowledgeBase) -> None:
    [sheet] = sheets(xlsx(filled(kb, []), NOW))
    blank = sheet["C4"]
    assert (blank.value, blank.number_format, bool(blank.quotePrefix)) == (None, "General", False)


def test_without_activities_the_form_is_the_blank_one(kb: KnowledgeBase) -> None:
    content = docx(filled(kb, []), NOW)
    [rows] = word_tables(content)
    assert [row[1:] for row in rows[1:]] == [["", "", "", ""]] * 6
    assert "共开展0次" in word_texts(content)[-1]


def test_columns_are_known_by_what_they_ask_for() -> None:
    other = Attachment(
        label="附件3",
        title="活动情况统计表",
        clause="附件3",
        columns=("序号", "工作任务", "活动方式", "举办场次", "服务企业数", "备注"),
        rows=("一、培训", "其他"),
    )
    assert is_results(other)
    [rows] = word_tables(docx(results(other, [held("一、培训", "讲座", 2, 9)], Scope()), NOW))
    assert rows[1] == ["", "一、培训", "讲座", "2", "9", ""]


def test_a_list_of_demands_is_no_summary_of_results(kb: KnowledgeBase) -> None:
    assert not is_results(attachment(kb, "附件1"))
    with pytest.raises(LookupError):
        results(attachment(kb, "附件1"), [], Scope())
