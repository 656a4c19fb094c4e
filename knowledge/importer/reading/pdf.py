"""PDF files with a text layer: lines by geometry, tables by their ruling lines."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from knowledge.importer.page import Page, ReadingError, Table
from knowledge.importer.reading.layout import is_page_number, paragraphs_of
from knowledge.importer.reading.lines import Line
from knowledge.importer.reading.pdf_lines import Char, PrintedLine, chars_of, lines_of
from knowledge.importer.reading.site import page_of
from knowledge.importer.reading.tables import same_table, without_repeated_head
from knowledge.importer.reading.writer import Writer

# The library warns of every odd font; what cannot be read shows in the text.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# Where headers and footers stand: so much of the page's height from its edges.
_MARGIN = 0.1
_BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_PRINTED_FROM = re.compile(r"(?:https?|file)://\S+(?:\s*\d+\s*/\s*\d+)?\s*")
_FIGURES = re.compile(r"\d+")
_UNKNOWN = re.compile(r"\(cid:\d+\)|\ufffd|[\ue000-\uf8ff]")
_FEWEST = 10
_CELL_ENDS = re.compile(r"[。；：:;！？]$")
_NEW_IN_CELL = re.compile(
    r"\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]+、)"
)

# A letterhead, behind which the title begins.
_LETTERHEAD = re.compile(r"(?:[局厅委部院会室府]|文件|中心)$")
# The letters of a title are larger than those of the text by this.
_TITLE_SIZE = 1.15


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as printed: the text of its cells."""

    top: float
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page: its lines outside of tables and its tables, top to bottom."""

    height: float
    lines: tuple[PrintedLine, ...]
    grids: tuple[_Grid, ...]


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the lines of the text begin and end; the size of its letters."""

    left: float
    right: float
    size: float


def read(path: Path) -> Page:
    """Raises ReadingError for a file that is broken, locked, or has no text layer; OSError."""
    path.stat()
    sheets = _without_margins(_sheets(path))
    writer = Writer()
    blocks = list(paragraphs_of(_pieces(sheets, writer)))
    return page_of(writer.text, blocks)


def _sheets(path: Path) -> list[_Sheet]:
    try:
        with pdfplumber.open(path) as file:
            pictures = any(page.images for page in file.pages)
            sheets = [_sheet(page) for page in file.pages]
    except OSError:
        raise
    except Exception as error:
        # The library lets through whatever a broken file makes its parser raise.
        locked = isinstance(error.__context__ or error, PDFPasswordIncorrect)
        locked = locked or any(isinstance(a, PDFPasswordIncorrect) for a in error.args)
        reason = "文件有密码" if locked else "不是有效的PDF，或文件已损坏"
        raise ReadingError(f"{path}: {reason}") from error
    _check(path, sheets, pictures)
    return sheets


def _check(path: Path, sheets: Sequence[_Sheet], pictures: bool) -> None:
    text = "".join(line.text for sheet in sheets for line in sheet.lines)
    text += "".join(cell for sheet in sheets for g in sheet.grids for row in g.rows for cell in row)
    if len(text) < _FEWEST and pictures:
        raise ReadingError(f"{path}: 扫描件，没有文字层（请先做文字识别）")
    if len(_UNKNOWN.findall(text)) > 0.3 * max(len(text) / 4, 1):
        raise ReadingError(f"{path}: PDF的字体没有文字编码，无法读取（请先做文字识别）")


def _sheet(page: Any) -> _Sheet:
    chars = chars_of(page.dedupe_chars().chars)
    tables = page.find_tables() if page.lines or page.rects or page.curves else []
    grids: list[_Grid] = []
    for table in tables:
        if len(table.rows) < 2 or max(len(row.cells) for row in table.rows) < 2:
            continue
        inside = [char for char in chars if _is_in(char, table.bbox)]
        rows = tuple(tuple(_cell(inside, box) for box in row.cells) for row in table.rows)
        if sum(bool(cell) for row in rows for cell in row) > 1:
            grids.append(_Grid(table.bbox[1], rows))
            chars = [char for char in chars if not _is_in(char, table.bbox)]
    page.close()
    return _Sheet(float(page.height), tuple(lines_of(chars)), tuple(grids))


def _is_in(char: Char, box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= char.middle <= bottom


def _cell(chars: Sequence[Char], box: tuple[float, float, float, float] | None) -> str:
    """The text of a cell, its lines made whole; empty for one that another cell spans."""
    if box is None:
        return ""
    lines = lines_of(char for char in chars if _is_in(char, box))
    if not lines:
        return ""
    text = lines[0].text
    for before, line in pairwise(lines):
        short = before.x1 < box[2] - 2.2 * before.size
        new = _NEW_IN_CELL.match(line.text) or (short and _CELL_ENDS.search(before.text))
        text += ("\n" if new else _between(before.text, line.text)) + line.text
    return text


def _between(before: str, after: str) -> str:
    latin = all(c < "\u1100" and c.isalpha() for c in (before[-1], after[0]))
    return " " if latin else ""


def _without_margins(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """Without page numbers and what is printed at the edge of each page."""
    repeated = Counter(text for sheet in sheets for text in {_form(x) for x in _marginal(sheet)})
    often = {text for text, times in repeated.items() if times > max(1, 0.4 * len(sheets))}
    return [
        replace(sheet, lines=tuple(x for x in sheet.lines if not _is_margin(x, sheet, often)))
        for sheet in sheets
    ]


def _marginal(sheet: _Sheet) -> Iterator[PrintedLine]:
    for line in sheet.lines:
        if line.bottom < _MARGIN * sheet.height or line.top > (1 - _MARGIN) * sheet.height:
            yield line


def _form(line: PrintedLine) -> str:
    return _FIGURES.sub("0", "".join(line.text.split()))


def _is_margin(line: PrintedLine, sheet: _Sheet, often: set[str]) -> bool:
    if is_page_number(line.text):
        return True
    if line.bottom >= _MARGIN * sheet.height and line.top <= (1 - _MARGIN) * sheet.height:
        return False
    if _BARE_NUMBER.fullmatch(line.text) or _PRINTED_FROM.fullmatch(line.text):
        return True
    return _form(line) in often


def _pieces(sheets: Sequence[_Sheet], writer: Writer) -> Iterator[Line | Table]:
    """Lines and tables in reading order; a table goes on over the page."""
    edges = _edges(sheets)
    waiting: Table | None = None
    for sheet in sheets:
        for i, piece in enumerate(_of_sheet(sheet, edges, writer)):
            if waiting and isinstance(piece, Table) and i == 0 and same_table(waiting, piece):
                rows = without_repeated_head([*waiting.rows, *piece.rows])
                waiting = Table(tuple(rows))
                continue
            if waiting:
                yield waiting
            waiting = piece if isinstance(piece, Table) else None
            if isinstance(piece, Line):
                yield piece
    if waiting:
        yield waiting


def _of_sheet(sheet: _Sheet, edges: _Edges, writer: Writer) -> Iterator[Line | Table]:
    items: list[PrintedLine | _Grid] = [*_titled(sheet.lines, edges), *sheet.grids]
    before: PrintedLine | None = None
    for item in sorted(items, key=lambda item: item.top):
        if isinstance(item, _Grid):
            yield Table(tuple(row.cells for row in writer.rows(item.rows)))
            before = None
        else:
            if line := _line(item, before, edges, writer):
                yield line
            before = item


def _titled(lines: Sequence[PrintedLine], edges: _Edges) -> Iterator[PrintedLine]:
    """A title in large letters over several lines is one line."""
    title: PrintedLine | None = None
    for line in lines:
        if title and _is_more(title, line, edges):
            text = title.text + _between(title.text, line.text) + line.text
            bold = len(text) if line.bold and title.bold == len(title.text) else title.bold
            title = replace(title, text=text, bold=bold, bottom=line.bottom)
            continue
        if title:
            yield title
        title = line
    if title:
        yield title


def _is_more(title: PrintedLine, line: PrintedLine, edges: _Edges) -> bool:
    large = min(title.size, line.size) > _TITLE_SIZE * edges.size
    close = line.top - title.bottom < 1.5 * line.size
    return large and close and title.size == line.size and not _LETTERHEAD.search(title.text)


def _line(
    line: PrintedLine, before: PrintedLine | None, edges: _Edges, writer: Writer
) -> Line | None:
    indent = line.x0 > edges.left + 1.2 * line.size
    near = line.x0 < edges.left + 3.5 * line.size
    return writer.line(
        line.text,
        bold=line.bold,
        gap=before is not None and line.top - before.bottom > 1.6 * line.size,
        indent=indent,
        full=near and line.x1 > edges.right - 1.8 * line.size,
    )


def _edges(sheets: Sequence[_Sheet]) -> _Edges:
    """The commonest left edge and the right edge of the long lines."""
    lines = [line for sheet in sheets for line in sheet.lines]
    if not lines:
        return _Edges(0, 0, 0)
    longest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.75 * longest]
    left = Counter(round(line.x0 / 4) * 4 for line in long).most_common(1)[0][0]
    ordered = sorted(line.x1 for line in long)
    size = Counter(line.size for line in lines for _ in line.text).most_common(1)[0][0]
    return _Edges(left, ordered[int(0.9 * (len(ordered) - 1))], size)
