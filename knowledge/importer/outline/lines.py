"""Paragraphs in which line breaks were lost -> one paragraph a clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from knowledge.importer.numerals import Level, Numeral, numeral_of
from knowledge.importer.outline.kinds import DATE, OFFICE_END
from knowledge.importer.page import Block, Paragraph

_NEWLINE = re.compile(r"\n+")
_MAYBE = re.compile(r"[一二三四五六七八九十（(㈠-㈩]|(?<!\d)\d")
# Behind these a new clause may begin in the middle of a paragraph.
_SENTENCE_ENDS = "。！？”）)"
_PART_ENDS = _SENTENCE_ENDS + "；;：: \t\u3000"
_TITLE_TO_ADDRESSEES = re.compile(r"(?<=的(?:通知|公告|意见|通告))\s*(?=[^。：:《]{2,160}[：:])")
_AFTER_ADDRESSEES = re.compile(r"(?<=[：:])")
_TAIL = re.compile(
    r"(?<=[。！])\s*(?=特此(?:通知|公告|通告|函))"
    r"|(?<=[。！）)])\s*(?=附\s*件\s*\d{0,2}\s*[：:])"
    rf"|(?<=[。！）)])\s*(?=[^。，；：！《》\s]{{3,40}}{OFFICE_END}\s*{DATE}\s*(?:$|印发|[（(]))"
    rf"|(?<=[。！）)])\s*(?={DATE}\s*$)"
    rf"|(?<=\s)(?=(?:[^。，；：！《》\s]{{3,40}}{OFFICE_END}\s+){{1,4}}{DATE}\s*(?:$|印发|[（(]))"
    r"|(?<=[。！）)日])\s*(?=[（(](?:此件|联系)|抄\s*送\s*[：:])"
)


def lines_of(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, each paragraph cut where a clause begins inside it; nothing is dropped but
    line breaks. A page of a single long paragraph is cut at its head and tail too."""
    given = list(blocks)
    crammed = sum(isinstance(block, Paragraph) for block in given) <= 2
    return [line for block in given for line in _cut(block, crammed)]


def _cut(block: Block, crammed: bool) -> Iterator[Block]:
    if not isinstance(block, Paragraph):
        yield block
        return
    for line in _at(block, [m.start() for m in _NEWLINE.finditer(block.text)]):
        yield from _at(line, sorted(_inner(line, crammed)))


def _at(paragraph: Paragraph, cuts: Iterable[int]) -> Iterator[Paragraph]:
    """The pieces between the cuts, without blanks around them; a heading's level stays with the
    first."""
    bounds = [0, *cuts, len(paragraph.text)]
    for start, end in itertools.pairwise(bounds):
        part = paragraph.passage.part(start, end)
        if not part.text.strip():
            continue
        lead = len(part.text) - len(part.text.lstrip())
        bold = min(max(0, paragraph.bold - start - lead), len(part.strip()))
        yield Paragraph(part.strip(), None if start else paragraph.heading, bold)


def _inner(line: Paragraph, crammed: bool) -> set[int]:
    text = line.text
    numerals = list(_numerals(text))
    sections = _counted(numerals, Level.SECTION, text, _PART_ENDS)
    lost = crammed or len(sections) > 1
    cuts = set(sections)
    bounds = [0, *sorted(sections), len(text)]
    for start, end in itertools.pairwise(bounds):
        within = [(at, n) for at, n in numerals if start <= at < end]
        cuts |= _counted(within, Level.ITEM, text, _PART_ENDS if lost else _SENTENCE_ENDS)
    if lost:
        cuts |= _ends(text)
    return cuts - {0}


def _numerals(text: str) -> Iterator[tuple[int, Numeral]]:
    for found in _MAYBE.finditer(text):
        numeral = numeral_of(text[found.start() : found.start() + 12])
        if numeral and numeral.level in (Level.SECTION, Level.ITEM):
            yield found.start(), numeral


def _counted(numerals: list[tuple[int, Numeral]], level: Level, text: str, behind: str) -> set[int]:
    """Where the numerals count on from one: a single one, or one out of turn, is no clause."""
    chain: list[int] = []
    expected = 0
    for at, numeral in numerals:
        if numeral.level is not level or (at and text[at - 1] not in behind):
            continue
        if numeral.number == expected or (not chain and (at == 0 or numeral.number == 1)):
            chain.append(at)
            expected = numeral.number + 1
    return set(chain) if len(chain) > 1 else set()


def _ends(text: str) -> set[int]:
    """Head and tail of a notice that was all put on one line."""
    cuts = {m.end() for m in _TAIL.finditer(text)}
    title = _TITLE_TO_ADDRESSEES.search(text)
    if title:
        cuts.add(title.end())
        addressees = _AFTER_ADDRESSEES.search(text, title.end() + 1)
        cuts |= {addressees.end()} if addressees else set()
    return {cut for cut in cuts if 0 < cut < len(text)}
