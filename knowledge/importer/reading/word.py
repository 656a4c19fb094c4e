"""Word documents (.docx): paragraphs and tables in document order, numerals included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

import docx
from docx.oxml.ns import qn

from knowledge.importer.page import Page, ReadingError, Table
from knowledge.importer.reading.layout import paragraphs_of
from knowledge.importer.reading.lines import Line
from knowledge.importer.reading.numbering import Numbering, numbering_of
from knowledge.importer.reading.site import page_of
from knowledge.importer.reading.word_styles import Styles, is_on, styles_of, value_of
from knowledge.importer.reading.writer import Writer

_OLE = b"\xd0\xcf\x11\xe0"
_LARGEST = 256 * 1024 * 1024
_WIDEST = 60
_GONE = frozenset(map(qn, ("w:del", "w:moveFrom", "w:rPr", "w:pPr", "w:instrText", "w:delText")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_P, _TBL, _TR, _TC, _R, _T = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t"))
_BOX = qn("w:txbxContent")
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def read(path: Path) -> Page:
    """Raises ReadingError for a file that is no .docx, is broken or locked; OSError."""
    document = _opened(path)
    reader = _Reader(Writer(), _styles(document), _numbering(document))
    blocks = list(paragraphs_of(reader.pieces(document.element.body)))
    return page_of(reader.writer.text, blocks)


def _opened(path: Path) -> Any:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_OLE):
        raise ReadingError(f"{path}: 文件有密码，或是旧版 .doc（请另存为 .docx）")
    if not is_zipfile(path) or _unpacked(path) > _LARGEST:
        raise ReadingError(f"{path}: 不是有效的 .docx 文件")
    try:
        document = docx.Document(str(path))
        assert document.element.body is not None
        return document
    except Exception as error:
        # The library lets through whatever a broken file makes its parts raise.
        raise ReadingError(f"{path}: 文件已损坏") from error


def _unpacked(path: Path) -> int:
    try:
        with ZipFile(path) as file:
            return sum(part.file_size for part in file.infolist())
    except (BadZipFile, ValueError, NotImplementedError):
        return _LARGEST + 1


def _styles(document: Any) -> Styles:
    return styles_of(_part(document, "styles"))


def _numbering(document: Any) -> Numbering:
    return numbering_of(_part(document, "numbering"))


def _part(document: Any, kind: str) -> Any | None:
    """The root of a part of the package, None where there is none."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            return getattr(relation.target_part, "element", None)
    return None


@dataclass(slots=True)
class _Text:
    """A paragraph's text as it is gathered, run by run."""

    text: str = ""
    bold: int = 0

    def add(self, text: str, bold: bool) -> None:
        if bold and self.bold == len(self.text):
            self.bold += len(text)
        self.text += text


@dataclass(frozen=True, slots=True)
class _Reader:
    writer: Writer
    styles: Styles
    numbering: Numbering

    def pieces(self, parent: Any) -> Iterator[Line | Table]:
        for element in parent:
            if element.tag == _P:
                yield from self._lines(element)
            elif element.tag == _TBL:
                yield from self._table(element)
            elif element.tag not in _GONE:
                yield from self.pieces(element)

    def _lines(self, paragraph: Any) -> Iterator[Line]:
        text = self._text_of(paragraph)
        heading = self.styles.heading(paragraph)
        done = 0
        for i, part in enumerate(text.text.split("\n")):
            bold = min(max(text.bold - done, 0), len(part))
            if line := self.writer.line(part, heading=heading, bold=bold, gap=i == 0):
                yield line
            done += len(part) + 1
        for box in _boxes(paragraph):
            yield from (piece for piece in self.pieces(box) if isinstance(piece, Line))

    def _text_of(self, paragraph: Any) -> _Text:
        text = _Text()
        label = self._label(paragraph)
        for run in _runs(paragraph):
            if is_on(run.find(qn("w:rPr")), "w:vanish"):
                continue
            if words := "".join(_words(run)):
                bold = self.styles.is_bold(run, paragraph)
                text.add(label + words, bold)
                label = ""
        return text

    def _label(self, paragraph: Any) -> str:
        place = self.styles.list_place(paragraph)
        if place is None or not any(words for run in _runs(paragraph) for words in _words(run)):
            return ""
        level = place.level
        if level is None:
            style = value_of(paragraph.find(qn("w:pPr")), "w:pStyle") or ""
            level = self.numbering.level_of_style(place.number, style) or 0
        return self.numbering.label(place.number, level)

    def _table(self, table: Any) -> Iterator[Line | Table]:
        rows = [list(_cells(row)) for row in _rows(table)]
        if max(map(len, rows), default=0) < 2:
            for cell in (cell for row in rows for cell in row if cell is not None):
                yield from self.pieces(cell)
            return
        width = max(map(len, rows))
        texts = [[self._cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        yield Table(tuple(row.cells for row in self.writer.rows(texts)))

    def _cell(self, cell: Any | None) -> str:
        """The paragraphs of a cell, those of a table within it too."""
        paragraphs = cell.iter(_P) if cell is not None else ()
        lines = (self._text_of(paragraph).text.strip() for paragraph in paragraphs)
        return "\n".join(line for line in lines if line)


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph: what was deleted and what stands in text boxes left out."""
    for child in element:
        if child.tag == _R:
            yield child
        elif child.tag not in _GONE and child.tag != _P:
            yield from _runs(child)


def _words(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == _T:
            yield child.text or ""
        elif child.tag == qn("w:br"):
            yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, each once (a box is stored twice, for old readers too)."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag == _FALLBACK and _has_choice(child):
            continue
        else:
            yield from _boxes(child)


def _has_choice(fallback: Any) -> bool:
    choice = fallback.getparent().find(_CHOICE)
    return choice is not None and next(choice.iter(_BOX), None) is not None


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables within."""
    for child in table:
        if child.tag == _TR:
            yield child
        elif child.tag not in (_TC, _TBL):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any | None]:
    """The cells of a row; None where another cell spans."""
    before = value_of(row.find(qn("w:trPr")), "w:gridBefore")
    yield from [None] * _span(before, 0)
    for cell in _inner_cells(row):
        properties = cell.find(qn("w:tcPr"))
        merged = properties.find(qn("w:vMerge")) if properties is not None else None
        goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
        yield None if goes_on else cell
        yield from [None] * (_span(value_of(properties, "w:gridSpan"), 1) - 1)


def _inner_cells(row: Any) -> Iterable[Any]:
    for child in row:
        if child.tag == _TC:
            yield child
        elif child.tag not in (_P, _TBL):
            yield from _inner_cells(child)


def _span(value: str | None, default: int) -> int:
    return min(int(value), _WIDEST) if value and value.isdecimal() and len(value) < 4 else default
