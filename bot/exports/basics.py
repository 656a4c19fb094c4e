"""The basic information block at the head of a form: the fields of who hands it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.exports.layout import Cell, Row
from bot.exports.plain import plain


def basics_rows(
    heading: str, fields: Sequence[str], values: Mapping[str, str], width: int
) -> tuple[Row, ...]:
    """The heading over all `width` columns, the first field over a row, then two fields a row.

    A field of a narrow form has a row of its own. A field without a value is left blank.
    """
    first = [_row([field], values, width) for field in fields[:1]]
    rest, size = fields[1:], 2 if width >= 4 else 1
    pairs = [rest[n : n + size] for n in range(0, len(rest), size)]
    rows = [*first, *(_row(pair, values, width) for pair in pairs)]
    return ((Cell(heading, "block", across=width),), *rows)


def _row(fields: Sequence[str], values: Mapping[str, str], width: int) -> Row:
    """Each field's name over one column, its value over its share of the others."""
    shares = [width // 2, width - width // 2] if len(fields) == 2 else [width]
    cells: list[Cell] = []
    for field, share in zip(fields, shares, strict=True):
        cells.append(Cell(field, "label"))
        cells.append(Cell(plain(values.get(field, "")), across=max(1, share - 1)))
    return tuple(cells)
