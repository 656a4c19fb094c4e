"""The heading of an annex, and whether it is a document with clauses or a form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.importer.numerals import Level, numeral_of
from knowledge.importer.outline.document import document_of
from knowledge.importer.outline.kinds import annex_number, is_prose, is_title, titled_annex
from knowledge.importer.outline.parts import Part, text_of
from knowledge.importer.page import Block, Paragraph
from knowledge.importer.passage import Passage, joined

# （征求意见稿）, （2021—2025年） under a title.
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()。]{2,20}[)）]\s*")
_LONGEST_TITLE = 80
_LONG_SENTENCE = 15


def heading_of(part: Part) -> tuple[Passage | None, tuple[Block, ...]]:
    """The annex's title, and the lines behind it."""
    lines = part.lines
    if part.titled:
        size = 1 + _in_brackets(lines[1:])
        return _joined(lines[:size]), lines[size:]
    begins = titled_annex(text_of(lines[0]))
    if begins and annex_number(text_of(lines[0])) is None:
        passage = _passage(lines[0])
        return (passage.part(begins[1]) if passage else None), lines[1:]
    size = _title_lines(lines[1:])
    return _joined(lines[1 : 1 + size]) if size else None, lines[1 + size :]


def _joined(lines: Sequence[Block]) -> Passage:
    return joined((p for line in lines if (p := _passage(line)) is not None), " ")


def _title_lines(lines: Sequence[Block]) -> int:
    """One line, or two where only the second ends as a title does; and one in brackets."""
    texts = [text_of(line) for line in lines[:2]]
    fits = [_may_be_title(text) for text in texts]
    if not fits or not fits[0]:
        return 0
    two = len(fits) > 1 and fits[1] and not is_title(texts[0]) and is_title(texts[1])
    size = 2 if two else 1
    return size + _in_brackets(lines[size:])


def _in_brackets(lines: Sequence[Block]) -> int:
    return int(bool(lines) and _IN_BRACKETS.fullmatch(text_of(lines[0])) is not None)


def _may_be_title(text: str) -> bool:
    plain = text.strip()
    return (
        2 < len(plain) <= _LONGEST_TITLE
        and numeral_of(plain) is None
        and not is_prose(plain)
        and not plain.endswith(("：", ":", "，", "、"))
    )


def is_document(part: Part) -> bool:
    """Numbered clauses with sentences in them; the numbered headings of a form are none."""
    document = document_of(heading_of(part)[1])
    levels = [root.numeral.level for root in document.roots]
    if len(levels) < 2 or levels[0] not in (Level.CHAPTER, Level.ARTICLE, Level.SECTION):
        return False
    texts = (text_of(block) for root in document.roots for block in root.flat())
    sentences = sum(is_prose(text, _LONG_SENTENCE) for text in texts)
    return sentences > (0 if part.titled else 1)


def _passage(line: Block) -> Passage | None:
    return line.passage if isinstance(line, Paragraph) else None
