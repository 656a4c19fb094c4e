"""Tables in WordprocessingML: ruled, of fixed widths, heads repeated, nothing cut off."""

from __future__ import annotations

from typing import Any

from bot.exports.layout import Cell, Look, Row, Table, starts
from bot.exports.word_text import BODY, HEADS, Face, add, add_text, element

_EMU = 635  # in a twentieth of a point
_FACES: dict[Look, tuple[str, bool]] = {
    "body": (BODY, False),
    "mark": (BODY, True),
    "label": (HEADS, False),
    "head": (HEADS, False),
    "block": (HEADS, False),
}
_SHADED = "F2F2F2"
_TOGETHER = 300  # characters: a row with as many at most stays on one page
_CENTRED: frozenset[Look] = frozenset({"head", "label"})
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_table(before: Any, table: Table, width: int, size: float) -> None:
    """Puts a `w:tbl` that is `width` EMU wide, its text of `size` points, before an element."""
    widths = _shares(table.weights, width // _EMU)
    made = element("tbl")
    before.addprevious(made)
    _describe(made, sum(widths))
    grid = add(made, "tblGrid")
    for one in widths:
        add(grid, "gridCol", w=one)
    for number, row in enumerate(table.rows):
        after = table.rows[number + 1] if number + 1 < len(table.rows) else ()
        _add_row(made, row, after, widths, size, is_head=number < table.heads)


def _shares(weights: tuple[int, ...], width: int) -> list[int]:
    return [width * weight // sum(weights) for weight in weights]


def _describe(table: Any, width: int) -> None:
    properties = add(table, "tblPr")
    add(properties, "tblW", w=width, type="dxa")
    add(properties, "jc", val="center")
    borders = add(properties, "tblBorders")
    for edge in _EDGES:
        add(borders, edge, val="single", sz=4, space=0, color="000000")
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    for edge, gap in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        add(margins, edge, w=gap, type="dxa")


def _add_row(
    table: Any, row: Row, after: Row, widths: list[int], size: float, *, is_head: bool
) -> None:
    made = add(table, "tr")
    properties = add(made, "trPr")
    if is_head or max(len(cell.text) for cell in row) <= _TOGETHER:
        add(properties, "cantSplit")
    add(properties, "trHeight", val=round(size * 44), hRule="atLeast")
    if is_head:
        add(properties, "tblHeader")
    reached = {column for column, cell in starts(after) if cell.above}
    for column, cell in starts(row):
        span = sum(widths[column : column + cell.across])
        _add_cell(made, cell, span, size, is_top=column in reached)


def _add_cell(row: Any, cell: Cell, width: int, size: float, *, is_top: bool) -> None:
    made = add(row, "tc")
    properties = add(made, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if cell.across > 1:
        add(properties, "gridSpan", val=cell.across)
    if cell.above:
        add(properties, "vMerge")
    elif is_top:
        add(properties, "vMerge", val="restart")
    if cell.look in ("head", "block"):
        add(properties, "shd", val="clear", color="auto", fill=_SHADED)
    add(properties, "vAlign", val="center")
    _add_paragraph(made, cell, size)


def _add_paragraph(parent: Any, cell: Cell, size: float) -> None:
    made = add(parent, "p")
    properties = add(made, "pPr")
    add(properties, "spacing", before=0, after=0, line=264, lineRule="auto")
    centred = cell.look in _CENTRED or cell.number is not None
    add(properties, "jc", val="center" if centred else "left")
    name, bold = _FACES[cell.look]
    if cell.shown:
        add_text(made, cell.shown, Face(name, size, bold))
