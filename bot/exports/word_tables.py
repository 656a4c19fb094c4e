"""Tables in WordprocessingML: ruled, of fixed widths, heads repeated, nothing cut off."""

from __future__ import annotations

from typing import Any

from bot.exports.layout import Cell, Look, Row, Table, starts
from bot.exports.word_text import BODY, HEADS, Face, add_text, element

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


def table_element(table: Table, width: int, size: float) -> Any:
    """A `w:tbl` that is `width` EMU wide, its text of `size` points."""
    widths = _shares(table.weights, width // _EMU)
    made = element("tbl")
    made.append(_properties(sum(widths)))
    made.append(grid := element("tblGrid"))
    for one in widths:
        grid.append(element("gridCol", w=one))
    for number, row in enumerate(table.rows):
        after = table.rows[number + 1] if number + 1 < len(table.rows) else ()
        made.append(_row(row, after, widths, size, is_head=number < table.heads))
    return made


def _shares(weights: tuple[int, ...], width: int) -> list[int]:
    return [width * weight // sum(weights) for weight in weights]


def _properties(width: int) -> Any:
    properties = element("tblPr")
    properties.append(element("tblW", w=width, type="dxa"))
    properties.append(element("jc", val="center"))
    properties.append(borders := element("tblBorders"))
    for edge in _EDGES:
        borders.append(element(edge, val="single", sz=4, space=0, color="000000"))
    properties.append(element("tblLayout", type="fixed"))
    properties.append(margins := element("tblCellMar"))
    for edge, gap in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        margins.append(element(edge, w=gap, type="dxa"))
    return properties


def _row(row: Row, after: Row, widths: list[int], size: float, *, is_head: bool) -> Any:
    made = element("tr")
    made.append(properties := element("trPr"))
    if is_head or max(len(cell.text) for cell in row) <= _TOGETHER:
        properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=round(size * 44), hRule="atLeast"))
    if is_head:
        properties.append(element("tblHeader"))
    reached = {column for column, cell in starts(after) if cell.above}
    for column, cell in starts(row):
        span = sum(widths[column : column + cell.across])
        made.append(_cell(cell, span, size, is_top=column in reached))
    return made


def _cell(cell: Cell, width: int, size: float, *, is_top: bool) -> Any:
    made = element("tc")
    made.append(properties := element("tcPr"))
    properties.append(element("tcW", w=width, type="dxa"))
    if cell.across > 1:
        properties.append(element("gridSpan", val=cell.across))
    if cell.above:
        properties.append(element("vMerge"))
    elif is_top:
        properties.append(element("vMerge", val="restart"))
    if cell.look in ("head", "block"):
        properties.append(element("shd", val="clear", color="auto", fill=_SHADED))
    properties.append(element("vAlign", val="center"))
    made.append(_paragraph(cell, size))
    return made


def _paragraph(cell: Cell, size: float) -> Any:
    made = element("p")
    made.append(properties := element("pPr"))
    properties.append(element("spacing", before=0, after=0, line=264, lineRule="auto"))
    centred = cell.look in _CENTRED or cell.number is not None
    properties.append(element("jc", val="center" if centred else "left"))
    name, bold = _FACES[cell.look]
    if cell.shown:
        add_text(made, cell.shown, Face(name, size, bold))
    return made
