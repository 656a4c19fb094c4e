"""What people write stays words: complete, and nothing that a program would act upon."""

from __future__ import annotations

import pytest
from openpyxl.cell.cell import Cell

from bot.exports.demand_list import demand_list
from bot.exports.entries import Scope
from bot.exports.excel import xlsx
from bot.exports.layout import Document
from bot.exports.plain import plain
from bot.exports.word import docx
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import NOW, demand, sheets, word_tables

LONG = "".join(f"第{n}件专利想要质押，" for n in range(1, 1000))[:10_000]
FORMULAS = ["=cmd|'/c calc'!A1", "+1+2", "-1", "@SUM(1,2)", '=HYPERLINK("http://x")', "\t=1"]
HIDDEN = "转\u202e账\u2066给\u200b我\x00\x07\ufeff\ufffe\ud800"


def form_of(kb: KnowledgeBase, need: str, company: str = "", work: str = "") -> Document:
    entry = demand(9, None, need, company=company, 工作内容=work)
    return demand_list(kb.form_notice(), [entry], Scope(), {})


def cells_of(content: bytes) -> list[Cell]:
    cells = [c for s in sheets(content) for row in s.iter_rows() for c in row]
    return [cell for cell in cells if isinstance(cell, Cell) and cell.value is not None]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_text_in_the_workbook(kb: KnowledgeBase, formula: str) -> None:
    document = form_of(kb, formula, company=formula, work=formula)
    written = cells_of(xlsx(document, NOW))
    found = [cell for cell in written if formula.strip() in str(cell.value)]
    assert len(found) >= 3
    for cell in found:
        assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


def test_nothing_in_the_workbook_is_a_formula_or_a_link(kb: KnowledgeBase) -> None:
    for formula in FORMULAS:
        for cell in cells_of(xlsx(form_of(kb, formula, company=formula), NOW)):
            assert cell.data_type in ("s", "n")
            assert cell.hyperlink is None


def test_a_long_text_is_complete_in_both(kb: KnowledgeBase) -> None:
    document = form_of(kb, LONG)
    rows = word_tables(docx(document, NOW))[1]
    assert rows[-1][2].startswith(LONG)
    sheet = sheets(xlsx(document, NOW))[0]
    column = [str(cell.value) for cell in sheet["C"] if cell.value]
    assert LONG in "".join(column)


def test_each_row_is_high_enough_for_its_text_and_no_higher_than_excel_allows(
    kb: KnowledgeBase,
) -> None:
    sheet = sheets(xlsx(form_of(kb, LONG), NOW))[0]
    width = sheet.column_dimensions["C"].width
    for cell in sheet["C"]:
        if cell.value and len(str(cell.value)) > 50:
            height = sheet.row_dimensions[cell.row].height
            assert height <= 409
            assert height >= 13 * 2 * len(str(cell.value)) / width  # 13 points a line of 11


def test_a_text_that_goes_on_in_the_row_below_leaves_the_task_in_one_cell(
    kb: KnowledgeBase,
) -> None:
    sheet = sheets(xlsx(form_of(kb, LONG), NOW))[0]
    reaching = [r for r in sheet.merged_cells.ranges if r.min_col == r.max_col == 1]
    assert any(r.max_row - r.min_row >= 3 for r in reaching)


def test_breaks_and_emoji_are_kept(kb: KnowledgeBase) -> None:
    said = "第一，融资💰\n第二，👨‍👩‍👧 培训"
    document = form_of(kb, said.replace("\n", "\r\n"))
    assert word_tables(docx(document, NOW))[1][-1][2].startswith(said)
    assert any(str(cell.value).startswith(said) for cell in cells_of(xlsx(document, NOW)))


def test_invisible_and_turning_signs_are_gone(kb: KnowledgeBase) -> None:
    document = form_of(kb, HIDDEN, company=HIDDEN)
    assert plain(HIDDEN) == "转账给我"
    assert word_tables(docx(document, NOW))[1][-1][2].startswith("转账给我\n（转账给我，")
    assert any(cell.value == "转账给我" for cell in cells_of(xlsx(document, NOW)))


def test_what_looks_like_an_escape_is_not_read_as_one(kb: KnowledgeBase) -> None:
    """_x0041_ is A in a workbook, unless the sign before it is written as such."""
    content = xlsx(form_of(kb, "编号_x0041_和_y"), NOW)
    assert any(str(c.value).startswith("编号_x005F_x0041_和_y") for c in cells_of(content))


def test_markup_is_words(kb: KnowledgeBase) -> None:
    said = "</w:t><w:instrText>DDEAUTO</w:instrText> & {MERGEFIELD x}"
    content = docx(form_of(kb, said), NOW)
    assert word_tables(content)[1][-1][2].startswith(said)
