"""Tables whose tags were left in a plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.passage import Passage
from knowledge.importer.reading.cleaning import replaced, without_tags
from knowledge.importer.reading.lines import Row
from knowledge.importer.reading.tables import cell_of

_TABLE = re.compile(r"<table\b[^<>]*>(.*?)</table\s*>", re.S | re.I)
_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=<tr\b|</tr|$)", re.S | re.I)
_CELL = re.compile(r"<t[dh]\b[^<>]*>(.*?)(?=<t[dh]\b|</t[dh]|$)", re.S | re.I)
_NEWLINES = re.compile(r"\s*\n\s*")
# A cell longer than this, with most of the table's text, sets out the page.
_BODY = 400


def parted(source: Passage) -> Iterator[Passage | list[Row]]:
    """The text between the tables, and the rows of each, in reading order."""
    done = 0
    for match in _TABLE.finditer(source.text) if "</table" in source.text.lower() else ():
        if rows := _rows(source.part(*match.span(1))):
            yield source.part(done, match.start())
            yield rows
            done = match.end()
    yield source.part(done)


def _rows(table: Passage) -> list[Row]:
    """Empty for a table that sets out the page."""
    found = [list(_cells(table.part(*row.span(1)))) for row in _ROW.finditer(table.text)]
    rows = [Row(tuple(cells)) for cells in found if cells]
    lengths = [len(cell) for row in rows for cell in row.cells]
    if not rows or max(len(row.cells) for row in rows) < 2:
        return []
    return rows if max(lengths) < max(_BODY, 0.6 * sum(lengths)) else []


def _cells(row: Passage) -> Iterator[Passage]:
    for cell in _CELL.finditer(row.text):
        inner = without_tags(replaced(row.part(*cell.span(1)), _NEWLINES, " "))
        yield cell_of(inner)
