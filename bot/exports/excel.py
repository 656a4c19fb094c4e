"""A document as .xlsx: every word is text, never a formula."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.exports.excel_rows import Sized, column_widths, sized
from bot.exports.layout import Cell, Document, Look, Page, Style, Table, Text, starts
from bot.exports.stable import stable
from intents.wording import exports as wording

_BODY, _HEADS = "宋体", "黑体"
_PORTRAIT, _LANDSCAPE = 92, 140  # characters across a sheet of paper at its own size
_TEXT = "@"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # _x0041_ would be read as A

_LINE = Side(style="thin")
_RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="F2F2F2")
_FONTS: dict[Look, Font] = {
    "body": Font(_BODY, 11),
    "mark": Font(_BODY, 11, bold=True),
    "label": Font(_HEADS, 11),
    "head": Font(_HEADS, 11),
    "block": Font(_HEADS, 11),
}
_CENTRED: frozenset[Look] = frozenset({"label", "head"})
_SHADED: frozenset[Look] = frozenset({"head", "block"})
_STYLES: dict[Style, tuple[Font, str, float]] = {
    "label": (Font(_HEADS, 12), "left", 20),
    "title": (Font(_HEADS, 16), "center", 34),
    "heading": (Font(_HEADS, 12), "left", 24),
    "body": (Font(_BODY, 11), "left", 18),
    "note": (Font(_BODY, 10), "left", 20),
}
"""Font, alignment, height of one line in points."""


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
    font, across, height = _STYLES[text.style]
    lines = sized(Table((1,), ((Cell(text.text),),)), [width]).lines
    _put(sheet, row, 1, text.text)
    cell = sheet.cell(row, 1)
    cell.font = font
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = height * sum(lines)


def _write_table(sheet: Worksheet, first: int, table: Sized) -> int:
    """The number of the row below it."""
    tops: dict[int, int] = {}
    for number, row in enumerate(table.rows, first):
        sheet.row_dimensions[number].height = table.height(number - first)
        for column, cell in starts(row):
            if not cell.above:
                _close(sheet, tops.get(column, number), number - 1, column)
                tops[column] = number
            _dress(sheet, number, column + 1, cell)
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


def _dress(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    for one in range(column, column + cell.across):
        sheet.cell(row, one).border = _RULED
    made = sheet.cell(row, column)
    if cell.number is not None:
        made.value = cell.number
    elif not cell.above:
        _put(sheet, row, column, cell.text)
    made.font = _FONTS[cell.look]
    centred = cell.look in _CENTRED or cell.number is not None
    made.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
    if cell.look in _SHADED:
        made.fill = _SHADE
    if cell.across > 1:
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=column + cell.across - 1
        )


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Text for good: neither read as a formula now nor when somebody edits the cell."""
    cell = sheet.cell(row, column)
    if not text:
        return
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.quotePrefix = True


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
