"""What a form looks like, before any file format: pages of texts and tables. Pure values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Look = Literal["body", "mark", "label", "head", "block"]
"""A user's or staff's words | the same, to stand out | a printed field's name or row heading |
a column's heading | the heading of a part of the table."""

Style = Literal["label", "title", "heading", "body", "note"]
"""附件1, top left | the form's title | a section's heading | running text | what stands below."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`across`: how many columns it spans. `above`: the cell above reaches down over this one,
    whose text is then empty. A `number` stays a number where the format knows numbers."""

    text: str = ""
    look: Look = "body"
    across: int = 1
    above: bool = False
    number: int | None = None

    @property
    def shown(self) -> str:
        return self.text if self.number is None else str(self.number)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`weights` share out the width among the columns, so that each row's cells span as many.

    The first `heads` rows are printed again on each page.
    """

    weights: tuple[int, ...]
    rows: tuple[Row, ...]
    heads: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Page:
    """A section in Word, a sheet in Excel, over as many sheets of paper as it needs.

    Its tables that share their weights are printed as one. `small`: many columns, small print.
    """

    name: str
    blocks: tuple[Text | Table, ...]
    landscape: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    pages: tuple[Page, ...]


_LEAST, _NARROW, _MOST = 8, 14, 60  # of a column's weight, in half-width characters
_EDGES = 2  # what the edges of a cell take up
_HEADING_LINES = 3
_UPRIGHT, _ON_ITS_SIDE = 84, 128  # half-width characters in a line of a page
SMALL_UPRIGHT, SMALL_ON_ITS_SIDE = 104, 156  # the same in small print


def width(text: str) -> int:
    """In half-width characters, or somewhat more: a Chinese one counts two."""
    return len(text.encode("gb18030", "replace"))


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a page: their weights, and how the paper lies that they stand on."""

    weights: tuple[int, ...]
    landscape: bool


def grid_for(headings: Sequence[str], rows: Sequence[Row], least: int = _LEAST) -> Grid:
    """Upright paper where every column has room for its longest line, else on its side."""
    needed = _needed(headings, rows, least)
    landscape = sum(needed) > _UPRIGHT
    return Grid(_shared(needed, _ON_ITS_SIDE if landscape else _UPRIGHT, least), landscape)


def weights_for(headings: Sequence[str], rows: Sequence[Row], room: int) -> tuple[int, ...]:
    """`room` is what a line of the paper holds."""
    return _shared(_needed(headings, rows, _LEAST), room, _LEAST)


def _needed(headings: Sequence[str], rows: Sequence[Row], least: int) -> list[int]:
    """What each column needs for its longest line, within bounds.

    A long heading of a column may take three lines, that of a row two.
    """
    needed = [max(least, _for_heading(width(heading)) + _EDGES) for heading in headings]
    for row in rows:
        for column, cell in starts(row):
            if cell.across == 1:
                longest = max(map(width, cell.shown.split("\n")))
                wanted = longest // 2 if cell.look == "label" else longest
                needed[column] = max(needed[column], min(_MOST, wanted + _EDGES))
    return needed


def _for_heading(wide: int) -> int:
    return max(wide // _HEADING_LINES, min(wide, _LEAST))


def _shared(needed: Sequence[int], room: int, least: int) -> tuple[int, ...]:
    """Where there is too little room, the wider columns share what the narrow ones leave."""
    if sum(needed) <= room:
        return tuple(needed)
    narrow = sum(one for one in needed if one <= _NARROW)
    wide = sum(needed) - narrow
    left = max(room - narrow, room // 2)
    return tuple(one if one <= _NARROW else max(least, one * left // wide) for one in needed)


def starts(row: Row) -> Iterator[tuple[int, Cell]]:
    """Each cell with the number of its first column, from 0."""
    column = 0
    for cell in row:
        yield column, cell
        column += cell.across


def head(headings: Sequence[str]) -> Row:
    return tuple(Cell(heading, "head") for heading in headings)
