"""A document as .xlsx: every word is text, never a formula."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.exports.excel_looks import Looks, dress
from bot.exports.excel_rows import Sized, column_widths, sized
from bot.exports.layout import Cell, Document, Page, Style, Table, Text, starts
from bot.exports.stable import stable
from intents.wording import exports as wording
from knowledge.late import late

_PORTRAIT, _LANDSCAPE = 92, 140  # characters across a sheet of paper at its own size
_ESCAPE = late(r"_(?=x[0-9A-Fa-f]{4}_)")  # _x0041_ would be read as A
_LINES: dict[Style, float] = {"label": 20, "title": 34, "heading": 24, "body": 18, "note": 20}
"""The height of a line outside the tables, in points."""


def xlsx(document: Document, now: datetime) -> bytes:
    """A sheet a page. `now`, which is aware, is when it was written; the same document gives the
    same bytes. A text too long for a row's height goes on in the row below."""
    book = Workbook()
    book.properties.title, book.properties.creator = document.title, ""
    book.properties.created = now.replace(tzinfo=None)  # `stable` sets it anew, in UTC
    book.remove(book.worksheets[0])
    for page in document.pages:
        _fill(book.create_sheet(page.name), page)
    buffer = BytesIO()
    book.save(buffer)
    return stable(buffer.getvalue(), now)


def _fill(sheet: Worksheet, page: Page) -> None:
    weights = max((b.weights for b in page.blocks if isinstance(b, Table)), key=len, default=(1,))
    widths = column_widths(weights, _LANDSCAPE if page.landscape else _PORTRAIT)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    row = 1
    for block in page.blocks:
        if isinstance(block, Text):
            _write_text(sheet, row, block, len(widths), sum(widths))
            row += 1
        else:
            if block.heads:
                sheet.print_title_rows = f"{row}:{row + block.heads - 1}"
            row = _write_table(sheet, row, sized(block, widths))
    _set_up(sheet, page)


def _write_text(sheet: Worksheet, row: int, text: Text, columns: int, width: float) -> None:
    lines = sized(Table((1,), ((Cell(text.text),),)), [width]).lines
    cell = _at(sheet, row, 1)
    dress(cell, text.style)
    _put(cell, text.text)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = _LINES[text.style] * sum(lines)


def _write_table(sheet: Worksheet, first: int, table: Sized) -> int:
    """The number of the row below it."""
    looks, tops = Looks(sheet), dict[int, int]()
    for number, row in enumerate(table.rows, first):
        sheet.row_dimensions[number].height = table.height(number - first)
        for column, cell in starts(row):
            if not cell.above:
                _close(sheet, tops.get(column, number), number - 1, column)
                tops[column] = number
            _fill_in(sheet, looks, number, column + 1, cell)
    last = first + len(table.rows) - 1
    for column, top in tops.items():
        _close(sheet, top, last, column)
    return last + 1


def _close(sheet: Worksheet, top: int, bottom: int, column: int) -> None:
    """What reaches down over the rows below becomes one cell."""
    if bottom > top:
        sheet.merge_cells(
            start_row=top, end_row=bottom, start_column=column + 1, end_column=column + 1
        )


def _fill_in(sheet: Worksheet, looks: Looks, row: int, column: int, cell: Cell) -> None:
    last = column + cell.across - 1
    covered = [_at(sheet, row, one) for one in range(column, last + 1)]
    looks.give(cell, *covered)
    if cell.number is not None:
        covered[0].value = cell.number
    elif cell.text:
        _put(covered[0], cell.text)
    if cell.across > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=last)


def _at(sheet: Worksheet, row: int, column: int) -> ExcelCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, ExcelCell)  # nothing is merged before it is written
    return cell


def _put(cell: ExcelCell, text: str) -> None:
    """Never as a formula."""
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"


def _set_up(sheet: Worksheet, page: Page) -> None:
    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.6  # inches
    margins.bottom, margins.footer = 0.75, 0.35
    before, between, after = wording.page_number()
    numbers = _HeaderFooterPart(text=f"{before}&P{between}&N{after}")
    sheet.oddFooter = HeaderFooterItem(center=numbers)
