"""Lines -> paragraphs: what lines and pages tore apart is made whole again.

A paragraph goes on in the next line if the line is full in a text with hard line breaks, or
if it stops in the middle of a sentence that the next line takes up, even after a page number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.importer.page import Block, Paragraph, Table
from knowledge.importer.passage import Passage
from knowledge.importer.reading.lines import ENDS, LABEL, OPENS, Line, width

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―－~·•]+\s*\d{1,3}\s*[-—–―－~·•]+|第\s*\d{1,3}\s*页(?:\s*[,，/共（(]*\s*共?\s*\d{1,3}\s*页[)）]?)?"
    r"|\d{1,3}\s*/\s*\d{1,3})\s*"
)
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_COMMA = re.compile(r"[，、,（(《“〈]\s*$")
_WITHIN = re.compile(r"[，。；,]")
_MARK_FIRST = re.compile(r"\s*[，。；：、！？）》”]")
_NAMED = re.compile(
    r"(?:通知|公告|通告|通报|意见|方案|办法|函|决定|批复|规定|规则|细则|指南|指引|清单|要点|计划)[》）)]?\s*$"
)
_ADDRESSED = re.compile(r"[^。]{2,400}[:：]\s*$")
_OPENING, _CLOSING = "（(《“〈【〔", "）)》”〉】〕"
# A sentence that a page tore is seldom shorter, in half characters.
_SENTENCE = 36
# Lines of hard-wrapped text differ in width by no more than this (half characters).
_SLACK = 4


def paragraphs_of(lines: Iterable[Line | Table]) -> Iterator[Block]:
    """The blocks, paragraphs whole, page numbers gone."""
    run: list[Line] = []
    for line in lines:
        if isinstance(line, Line):
            run.append(line)
            continue
        yield from _whole(run)
        yield line
        run = []
    yield from _whole(run)


def is_page_number(text: str) -> bool:
    """`— 3 —`, `第3页 共5页`, `3/5` alone on a line."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def _whole(run: Sequence[Line]) -> Iterator[Paragraph]:
    lines = _without_page_numbers(_measured([line for line in run if line.text.strip()]))
    indented = sum(line.indent for line in lines) >= 3
    current: Line | None = None
    last: Line | None = None
    for line in lines:
        if current and last and _goes_on(current, last, line, indented):
            current = _joined(current, last, line)
        else:
            if current:
                yield _paragraph(current)
            current = line
        last = line
    if current:
        yield _paragraph(current)


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(line.passage, line.heading, min(line.bold, len(line.passage)))


def _without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    gap = False
    for line in lines:
        if _is_page_number(line, kept[-1] if kept else None):
            gap = True
            continue
        kept.append(replace(line, gap=True) if gap else line)
        gap = False
    return kept


def _is_page_number(line: Line, before: Line | None) -> bool:
    if is_page_number(line.text):
        return True
    torn = before is not None and width(before.text) > _SENTENCE and not ENDS.search(before.text)
    return torn and bool(_BARE_NUMBER.fullmatch(line.text))


def _measured(lines: Sequence[Line]) -> Sequence[Line]:
    """In a text of hard line breaks, the lines that reach its right edge are full."""
    edge = _edge([width(line.text) for line in lines if line.full is None])
    if edge is None:
        return lines
    return [
        replace(line, full=width(line.text) + 4 * line.indent >= edge - _SLACK)
        if line.full is None
        else line
        for line in lines
    ]


def _edge(widths: Sequence[int]) -> int | None:
    """The width at which the lines break, None where they don't."""
    long = [w for w in widths if 40 <= w <= 130]
    if len(long) < 6:
        return None
    edge = max(w for w, _ in Counter(long).most_common(3))
    full = sum(edge - _SLACK <= w <= edge + _SLACK for w in widths)
    over = sum(w > edge + _SLACK for w in widths)
    return edge if full >= max(6, 0.3 * len(widths)) and over <= 0.05 * len(widths) else None


def _goes_on(so_far: Line, last: Line, line: Line, indented: bool) -> bool:
    if so_far.heading != line.heading and line.heading is not None:
        return False
    if so_far.heading is not None or OPENS.match(line.text):
        return False
    if _closes(so_far.text, line.text) or _MARK_FIRST.match(line.text):
        return True
    if line.indent and indented and not line.gap:
        return False
    if last.full and not (line.gap or _is_addressee(so_far, line)):
        return indented or not ENDS.search(last.text)
    if last.full is False and not _COMMA.search(last.text):
        return False
    return not ENDS.search(so_far.text) and _is_torn(so_far.text, line)


def _is_addressee(title: Line, line: Line) -> bool:
    """Below a title that fills its line."""
    return bool(_NAMED.search(title.text) and _ADDRESSED.fullmatch(line.text))


def _is_torn(text: str, line: Line) -> bool:
    """A sentence that stops without a mark, and one that begins in its midst."""
    if line.bold or LABEL.match(line.text):
        return False
    if _COMMA.search(text):
        return width(text) > _SENTENCE
    if _NAMED.search(text) or width(text) < _SENTENCE:
        return False
    return bool(_WITHIN.search(text) and _WITHIN.search(line.text))


def _closes(text: str, following: str) -> bool:
    """A bracket or quote that is open at the end is closed at the beginning of what follows."""
    tail = text[-120:]
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        at = tail.rfind(opening)
        if at >= 0 and closing not in tail[at:]:
            end = following.find(closing, 0, 80)
            return end >= 0 and opening not in following[:end]
    return False


def _joined(first: Line, last: Line, second: Line) -> Line:
    between = _between(first.text[-1], second.text[0], torn=bool(last.full or second.gap))
    whole = first.passage.text + between + second.passage.text
    at = (*first.passage.at, *[second.passage.at[0]] * len(between), *second.passage.at)
    bold = first.bold + len(between) + second.bold if first.bold == len(first.text) else first.bold
    return replace(first, passage=Passage(whole, at), bold=bold)


def _between(before: str, after: str, torn: bool) -> str:
    """Words of letters or figures are kept apart; a sentence that the page tore needs no blank."""
    latin = [character.isalnum() and character < "\u1100" for character in (before, after)]
    return " " if all(latin) or (any(latin) and not torn) else ""
