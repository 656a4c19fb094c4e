"""Tables as one reads them: whole again where page breaks tore them, all rows of one width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.importer.page import Block, Paragraph, Table
from knowledge.importer.passage import Passage, joined

Row = tuple[Passage, ...]
Grid = tuple[Row, ...]

NOTHING = Passage("", ())
_BLANK = re.compile(r"\s+")
_BETWEEN_WORDS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
SENTENCE = re.compile(r"[。；;！？：:）)]$")
_LISTS_ON = re.compile(r"[、，,]$")


def grids_of(blocks: Iterable[Block]) -> list[Grid]:
    """The tables of a place; one that goes on after a page break is one. Empty rows are left
    out, and rows of one column are no table."""
    grids: list[Grid] = []
    goes_on = False
    for block in blocks:
        if isinstance(block, Paragraph):
            goes_on = goes_on and not block.text.strip()
        elif grid := _squared(block):
            if goes_on and _same_columns(grids[-1], grid):
                grids[-1] = (*grids[-1], *grid)
            else:
                grids.append(grid)
            goes_on = True
    return grids


def _squared(table: Table) -> Grid:
    width = max((len(row) for row in table.rows), default=0)
    if width < 2:
        return ()
    rows = (tuple(cell.strip() for cell in row) for row in table.rows)
    return tuple(row + (NOTHING,) * (width - len(row)) for row in rows if any(row))


def _same_columns(first: Grid, second: Grid) -> bool:
    return len(first[0]) == len(second[0])


def words(cell: Passage) -> str:
    """The cell without blanks and line breaks: what a heading is compared by."""
    return _BLANK.sub("", cell.text)


def tidy(text: str) -> str:
    """Without the blanks that typesetting put between Chinese characters and figures."""
    return _BETWEEN_WORDS.sub("", text.strip())


def filled(row: Row) -> list[int]:
    """The columns in which something stands."""
    return [at for at, cell in enumerate(row) if cell]


def same_words(row: Row, other: Row) -> bool:
    return [words(cell) for cell in row] == [words(cell) for cell in other]


def continued(parts: Sequence[Passage], ends: re.Pattern[str] = SENTENCE) -> Passage:
    """A cell that page breaks tore, whole: what does not end as `ends` does goes on in the next
    part, what does has its own line."""
    whole = NOTHING
    for part in parts:
        if not whole or not part:
            whole = whole or part
            continue
        tear = "\n" if ends.search(whole.text) or _starts_anew(whole, part) else ""
        whole = joined((whole, part), tear)
    return whole


def _starts_anew(whole: Passage, part: Passage) -> bool:
    """`局内：条法司` and `省份：各省必做` are two lines; `条法司、` goes on."""
    if _LISTS_ON.search(whole.text):
        return False
    return re.match(r"[^，。、\n]{1,12}[：:]", part.text) is not None
