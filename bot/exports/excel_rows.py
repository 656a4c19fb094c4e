"""Rows as high as their text needs: Excel does not see to it where cells are merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil

from bot.exports.layout import Cell, Row, Table, starts, width

_MOST_LINES = 24  # of a row: Excel allows 409 points
_LINE, _PADDING = 15.5, 7.0  # points
_MARGIN = 1.6  # characters of a column's width that its text does not get
_GENEROUS = 1.08  # faces differ
_LEAST = 7.0


@dataclass(frozen=True, slots=True)
class Sized:
    """A table's rows, long ones in several, with the number of lines of each."""

    rows: tuple[Row, ...]
    lines: tuple[int, ...]

    def height(self, row: int) -> float:
        """In points."""
        return self.lines[row] * _LINE + _PADDING


def column_widths(weights: Sequence[int], whole: int) -> list[float]:
    """In characters, which together make up `whole`; none is too narrow for two lines of three."""
    shares = [max(_LEAST, whole * weight / sum(weights)) for weight in weights]
    return [round(share * whole / sum(shares), 1) for share in shares]


def sized(table: Table, widths: Sequence[float]) -> Sized:
    rows = [part for row in table.rows for part in _parts(row, widths)]
    runs = [(column, *run) for column in range(len(widths)) for run in _runs(rows, column)]
    tops = {(first, column) for column, first, _, _ in runs}
    lines = [
        max((n for c, n in _needs(row, widths) if (number, c) not in tops), default=1)
        for number, row in enumerate(rows)
    ]
    for column, first, last, cell in runs:  # where all its rows are too low, the last grows
        lacking = _lines(cell.shown, _room(column, cell, widths)) - sum(lines[first : last + 1])
        lines[last] += max(0, lacking)
    return Sized(tuple(rows), tuple(lines))


def _parts(row: Row, widths: Sequence[float]) -> Iterator[Row]:
    """The row, in as many as its longest text needs; cells that have said all reach down."""
    texts = [_pieces(cell.text, _room(column, cell, widths)) for column, cell in starts(row)]
    for number, pieces in enumerate(zip_longest(*texts)):
        if number == 0:
            yield tuple(replace(c, text=p or "") for c, p in zip(row, pieces, strict=True))
        else:
            yield tuple(
                replace(c, text=p or "", number=None, above=p is None)
                for c, p in zip(row, pieces, strict=True)
            )


def _pieces(text: str, room: float) -> list[str]:
    """`text` in pieces of at most `_MOST_LINES` lines; put together they are the whole text."""
    pieces, start, lines, used = [], 0, 1, 0.0
    for place, character in enumerate(text):
        used = 0.0 if character == "\n" else used + width(character) * _GENEROUS
        if character == "\n" or used > room:
            lines, used = lines + 1, 0.0 if character == "\n" else width(character) * _GENEROUS
        if lines > _MOST_LINES:
            pieces.append(text[start:place])
            start, lines = place, 1
    return [*pieces, text[start:]]


def _needs(row: Row, widths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """(column, lines) of each cell that has a text of its own."""
    for column, cell in starts(row):
        if not cell.above:
            yield column, _lines(cell.shown, _room(column, cell, widths))


def _lines(text: str, room: float) -> int:
    return sum(max(1, ceil(width(line) * _GENEROUS / room)) for line in text.split("\n"))


def _room(column: int, cell: Cell, widths: Sequence[float]) -> float:
    return max(2.0, sum(widths[column : column + cell.across]) - _MARGIN)


def _runs(rows: Sequence[Row], column: int) -> Iterator[tuple[int, int, Cell]]:
    """(first row, last row, cell) of each cell of the column that reaches down."""
    first, top = 0, None
    for number, row in enumerate(rows):
        cell = dict(starts(row)).get(column)
        if cell is not None and cell.above:
            continue
        if top is not None and number - 1 > first:
            yield first, number - 1, top
        first, top = number, cell
    if top is not None and len(rows) - 1 > first:
        yield first, len(rows) - 1, top
