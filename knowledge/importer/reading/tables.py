"""Tables that were flattened to lines of cells parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from knowledge.importer.page import Table
from knowledge.importer.passage import Passage, joined
from knowledge.importer.reading.cleaning import TAG_BREAK, replaced, without_marks
from knowledge.importer.reading.lines import LABEL, NOTHING, OPENS, Line, Piece, Row

Cells = tuple[Passage, ...]

_TAB = re.compile("\t")
_BREAKS = re.compile(rf"\s*[{TAG_BREAK}]\s*")
_PIPED = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:—-]*$")
_PIPE = re.compile(r"(?<!\\)\|")


def row_of(line: Passage, gap: bool = False) -> Row | None:
    """The cells of a line that is a row of a table: parted by tabs, or | cells |."""
    if _PIPED.match(line.text):
        bars = [match.start() for match in _PIPE.finditer(line.text)]
        edges = pairwise(bars)
        return Row(tuple(cell_of(line.part(a + 1, b)) for a, b in edges), gap)
    if "\t" not in line.text.strip(" \r\v\u3000") or not line.text.strip():
        return None
    return Row(tuple(map(cell_of, _parted(line))), gap)


def is_rule(line: Passage) -> bool:
    """`|---|---|`, which parts a head from its rows in markdown."""
    return "|" in line.text and bool(_RULE.match(line.text))


def _parted(line: Passage) -> Iterator[Passage]:
    begin = 0
    for match in _TAB.finditer(line.text):
        yield line.part(begin, match.start())
        begin = match.end()
    yield line.part(begin)


def cell_of(cell: Passage) -> Passage:
    """A cell's text, cleaned; its paragraphs are parted by newlines."""
    clean = without_marks(replaced(cell, _BREAKS, "\n")).passage
    return clean.strip() if clean.text.strip() else NOTHING


def gathered(pieces: Iterable[Piece]) -> Iterator[Line | Table]:
    """Rows that follow each other as tables. A page break does not part a table, nor does a
    heading between its rows; rows that are none (a single line with a tab in it, labels set
    beside each other) are lines."""
    rows: list[Row] = []
    for piece in _with_headings_as_rows(list(pieces)):
        if isinstance(piece, Row) and _goes_on(rows, piece):
            rows.append(piece)
            continue
        yield from _made_of(rows)
        rows = [piece] if isinstance(piece, Row) else []
        if not isinstance(piece, Row):
            yield piece
    yield from _made_of(rows)


def _with_headings_as_rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A numbered heading right between two rows of three cells or more is a row of its own."""
    for i, piece in enumerate(pieces):
        before, after = pieces[i - 1 : i], pieces[i + 1 : i + 2]
        if isinstance(piece, Line) and before and after and _is_heading(before[0], piece, after[0]):
            yield Row((piece.passage,), gap=False)
        else:
            yield piece


def _is_heading(before: Piece, line: Line, after: Piece) -> bool:
    if not isinstance(before, Row) or not isinstance(after, Row) or line.gap or after.gap:
        return False
    same = len(before.cells) == len(after.cells) >= 3
    return same and len(line.text) <= 40 and "。" not in line.text and bool(OPENS.match(line.text))


def _goes_on(rows: list[Row], row: Row) -> bool:
    return not (rows and row.gap) or len(row.cells) == max(len(r.cells) for r in rows)


def _made_of(rows: list[Row]) -> Iterator[Line | Table]:
    if not _is_table(rows):
        for row in rows:
            if any(row.cells):
                yield Line(_one_line(row), gap=row.gap, indent=not row.cells[0])
        return
    columns = max(len(row.cells) for row in rows)
    padded = [row.cells + (NOTHING,) * (columns - len(row.cells)) for row in rows]
    yield Table(tuple(without_repeated_head(padded)))


def _is_table(rows: list[Row]) -> bool:
    filled = [[cell for cell in row.cells if cell] for row in rows]
    if len(rows) < 2:
        return any(len(cells) > 3 for cells in filled)
    if all(len(cells) < 2 for cells in filled):
        return False
    return not all(_is_listed(cells) or all(LABEL.match(c.text) for c in cells) for cells in filled)


def _is_listed(cells: list[Passage]) -> bool:
    """`1.` tab text: a number set apart, as word processors write lists."""
    if len(cells) != 2:
        return False
    match = OPENS.match(cells[0].text)
    return match is not None and match.end() >= len(cells[0].text.rstrip())


def _one_line(row: Row) -> Passage:
    whole = joined((cell for cell in row.cells if cell), " ")
    return Passage(whole.text.replace("\n", " "), whole.at)


def same_table(first: Table, second: Table) -> bool:
    """Whether the second, on the next page, may be the first going on: as many columns."""
    return len(first.rows[0]) == len(second.rows[0])


def without_repeated_head(rows: list[Cells]) -> list[Cells]:
    """A head that is printed again on each page stands once."""
    head = [_bare(cell) for cell in rows[0]]
    return rows[:1] + [row for row in rows[1:] if [_bare(cell) for cell in row] != head]


def _bare(cell: Passage) -> str:
    return "".join(cell.text.split())
