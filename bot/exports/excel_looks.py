"""How cells look in a workbook: each look is made once, and thousands of cells share it."""

from __future__ import annotations

from copy import copy

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from bot.exports.layout import Cell, Look, Style

_BODY, _HEADS = "宋体", "黑体"
_AS_TEXT = "@"
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
_STYLES: dict[Style, tuple[Font, str]] = {
    "label": (Font(_HEADS, 12), "left"),
    "title": (Font(_HEADS, 16), "center"),
    "heading": (Font(_HEADS, 12), "left"),
    "body": (Font(_BODY, 11), "left"),
    "note": (Font(_BODY, 10), "left"),
}

_Key = tuple[Look, bool, bool]


class Looks:
    """The looks of one sheet's cells."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._models: dict[_Key, ExcelCell] = {}

    def give(self, cell: Cell, *targets: ExcelCell) -> None:
        """Words stay text when somebody edits them; what is blank may become a number."""
        key = (cell.look, cell.number is not None, bool(cell.text))
        if key not in self._models:
            self._models[key] = self._model(*key)
        for target in targets:
            target._style = copy(self._models[key]._style)  # type: ignore[attr-defined]

    def _model(self, look: Look, is_number: bool, is_text: bool) -> ExcelCell:
        model = ExcelCell(self._sheet, 1, 1)
        across = "center" if look in _CENTRED or is_number else "left"
        model.font, model.border = _FONTS[look], _RULED
        model.alignment = Alignment(across, "center", wrap_text=True)
        if look in _SHADED:
            model.fill = _SHADE
        if is_text:
            as_text(model)
        return model


def dress(target: ExcelCell, style: Style) -> None:
    """For what stands outside the tables."""
    font, across = _STYLES[style]
    target.font = font
    target.alignment = Alignment(across, "center", wrap_text=True)
    as_text(target)


def as_text(cell: ExcelCell) -> None:
    cell.number_format, cell.quotePrefix = _AS_TEXT, True
