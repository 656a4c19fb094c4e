"""Tables of a web page: which of them hold data, and their cells as a grid."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

_WIDEST = 60
# A cell that holds more of its table's text than this is the page's body, not a value.
_BODY_SHARE = 0.6
_BODY_LENGTH = 400


def is_data(table: HtmlElement) -> bool:
    """A table of data, not one that sets out the page."""
    rows = list(rows_of(table))
    cells = [cell for row in rows for cell in row]
    if (
        len(cells) < 3
        or max(map(len, rows)) < 2
        or next(table.iterdescendants("table"), None) is not None
    ):
        return False
    lengths = [len("".join("".join(cell.itertext()).split())) for cell in cells]
    return max(lengths) < max(_BODY_LENGTH, _BODY_SHARE * sum(lengths))


def rows_of(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The cells of each row, without those of tables within."""
    for row in table.iterdescendants("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield [cell for cell in row if cell.tag in ("td", "th")]


def grid_of(table: HtmlElement) -> Iterator[list[HtmlElement | None]]:
    """Rows of equal length; a cell that spans others stands once, None in their place."""
    grid: dict[tuple[int, int], HtmlElement | None] = {}
    rows = list(rows_of(table))
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for dy in range(min(down, len(rows) - y)):
                for dx in range(across):
                    grid.setdefault((y + dy, x + dx), cell if not dx and not dy else None)
            x += across
    columns = max((x for _, x in grid), default=-1) + 1
    for y in range(len(rows)):
        yield [grid.get((y, x)) for x in range(columns)]


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 6 else 1
