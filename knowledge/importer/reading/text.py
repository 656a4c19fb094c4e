"""Plain text, also with markdown or residue of HTML in it, as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.importer.page import Page
from knowledge.importer.passage import Passage, passage
from knowledge.importer.reading.breaks import lines_of
from knowledge.importer.reading.cleaning import (
    TAG_BREAK,
    without_marks,
    without_tags,
    without_unreadable,
)
from knowledge.importer.reading.decoding import decoded
from knowledge.importer.reading.layout import is_page_number, paragraphs_of
from knowledge.importer.reading.lines import Line, Piece
from knowledge.importer.reading.site import page_of
from knowledge.importer.reading.tables import gathered, is_rule, row_of
from knowledge.importer.reading.tagged_tables import parted

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"\s*(?:[*+-]|>)\s+(?=[^\d\s-])")
_LINE_ACROSS = re.compile(r"\s*(?:[-*_=—－─━]\s*){3,}$")
_TAG_BREAKS = re.compile(TAG_BREAK)
_INDENT = re.compile(r"(?:\u3000|\t|[ \xa0]{2})")


def read(path: Path) -> Page:
    """Raises UnicodeError, OSError."""
    return page_of_text(decoded(path.read_bytes()))


def page_of_text(text: str) -> Page:
    """The page that the text makes; spans count in the text itself."""
    return page_of(text, paragraphs_of(gathered(_pieces(passage(text)))))


def _pieces(source: Passage) -> Iterator[Piece]:
    for part in parted(without_unreadable(source)):
        if isinstance(part, Passage):
            yield from _of_lines(without_tags(part))
        else:
            yield from part


def _of_lines(source: Passage) -> Iterator[Piece]:
    gap = False
    for line in lines_of(source):
        if is_rule(line):
            continue
        if _is_between(line.text):
            gap = True
            continue
        if row := row_of(line, gap):
            yield row
        else:
            yield from _lines(line, gap)
        gap = False


def _is_between(text: str) -> bool:
    """Blank, a line drawn across, a page number."""
    return not text.strip() or bool(_LINE_ACROSS.match(text)) or is_page_number(text)


def _lines(line: Passage, gap: bool) -> Iterator[Line]:
    for part in line.split(_TAG_BREAKS):
        if made := _line(part, gap):
            yield made
        gap = False


def _line(source: Passage, gap: bool) -> Line | None:
    indent = bool(_INDENT.match(source.text))
    heading = _HEADING.match(source.text)
    mark = heading or _BULLET.match(source.text)
    clean, bold = without_marks(source.part(mark.end()) if mark else source)
    if not clean:
        return None
    return Line(clean, len(heading.group(1)) if heading else None, bold, gap, indent)
