"""Writes the text that is taken out of a web page or document, and remembers where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.importer.passage import Passage, passage
from knowledge.importer.reading.cleaning import spaced
from knowledge.importer.reading.lines import NOTHING, Line, Row


class Writer:
    """`text` is all that was written, a line a line and a row a line of cells parted by tabs."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def line(
        self,
        text: str,
        *,
        heading: int | None = None,
        bold: int = 0,
        gap: bool = True,
        indent: bool = False,
        full: bool | None = None,
    ) -> Line | None:
        """None where there is nothing to read. `bold` counts in `text` as given."""
        written = self._write(text, "\n")
        clean = spaced(written)
        bold_text = spaced(written.part(0, bold)).text.strip()
        clean = clean.strip()
        if not clean:
            return None
        return Line(clean, heading, min(len(bold_text), len(clean)), gap, indent, full)

    def row(self, cells: Sequence[str]) -> Row:
        """A row; an empty string is an empty cell."""
        passages = [self._write(cell, "\t") for cell in cells]
        self._write("", "\n")
        return Row(tuple(spaced(p).strip() if p.text.strip() else NOTHING for p in passages))

    def rows(self, rows: Iterable[Sequence[str]]) -> tuple[Row, ...]:
        return tuple(self.row(cells) for cells in rows)

    def _write(self, text: str, end: str) -> Passage:
        start = self._length
        self._parts += text, end
        self._length += len(text) + len(end)
        return passage(text, start)
