"""A document as .docx."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import pairwise

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bot.exports.layout import Document, Page, Style, Table, Text
from bot.exports.stable import stable
from bot.exports.word_tables import add_table
from bot.exports.word_text import BODY, HEADS, Face, add_field, add_text, set_faces
from intents.wording import exports as wording

_A4 = Cm(21), Cm(29.7)
_MARGIN, _SIDE = Cm(2.2), Cm(2)
_SMALL = 9.0
_NORMAL = 11.0

_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_STYLES: dict[Style, tuple[Face, WD_ALIGN_PARAGRAPH, float, float]] = {
    "label": (Face(HEADS, 14), _LEFT, 0, 0),
    "title": (Face(HEADS, 18), _CENTRE, 6, 12),
    "heading": (Face(HEADS, 14), _LEFT, 12, 6),
    "body": (Face(BODY, 12), WD_ALIGN_PARAGRAPH.JUSTIFY, 3, 3),
    "note": (Face(BODY, 10.5), _LEFT, 6, 0),
}
"""Face, alignment, points before and after."""


def docx(document: Document, now: datetime) -> bytes:
    """`now`, which is aware, is when it was written; the same document gives the same bytes."""
    word = new_document()
    _describe(word, document, now)
    set_faces(word.styles["Normal"].element, Face(BODY, _NORMAL))
    for number, page in enumerate(document.pages):
        section = word.add_section(WD_SECTION.NEW_PAGE) if number else word.sections[0]
        _shape(section, page)
        _fill(word, page, section)
    _number(word.sections[0])
    buffer = BytesIO()
    word.save(buffer)
    return stable(buffer.getvalue(), now)


def _describe(word: WordDocument, document: Document, now: datetime) -> None:
    about = word.core_properties
    about.title = document.title
    about.author = about.comments = about.last_modified_by = ""
    about.language = "zh-CN"
    about.created = about.modified = now.replace(tzinfo=None)  # `stable` sets them anew, in UTC


def _shape(section: Section, page: Page) -> None:
    section.page_width, section.page_height = _A4[::-1] if page.landscape else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = _MARGIN
    section.left_margin = section.right_margin = _SIDE


def _fill(word: WordDocument, page: Page, section: Section) -> None:
    width = int((section.page_width or 0) - 2 * _SIDE)
    for block, after in pairwise([*page.blocks, None]):
        if isinstance(block, Text):
            paragraph = word.add_paragraph()
            _write(paragraph, block)
            paragraph.paragraph_format.keep_with_next = block.style == "heading" or isinstance(
                after, Table
            )
        elif isinstance(block, Table):
            size = _SMALL if page.small else _NORMAL
            add_table(word.element.body.sectPr, block, width, size)
            if not isinstance(after, Text):
                _hairline(word.add_paragraph())


def _write(paragraph: Paragraph, text: Text) -> None:
    face, alignment, before, after = _STYLES[text.style]
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = alignment, Pt(before), Pt(after)
    if text.style == "body":
        shape.first_line_indent, shape.line_spacing = Pt(2 * face.size), 1.5
    add_text(paragraph._p, text.text, face)


def _hairline(paragraph: Paragraph) -> None:
    """Between two tables, which would otherwise become one with one set of repeated rows; and
    behind one that is the last of all, where Word wants a paragraph."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(1)
    shape.keep_with_next = True


def _number(section: Section) -> None:
    """The number of the page and of all, centred at its foot; later sections take it over."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = _CENTRE
    before, between, after = wording.page_number()
    face = Face(BODY, 9)
    add_text(paragraph._p, before, face)
    add_field(paragraph._p, "PAGE", face)
    add_text(paragraph._p, between, face)
    add_field(paragraph._p, "NUMPAGES", face)
    add_text(paragraph._p, after, face)
