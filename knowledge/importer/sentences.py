"""The sentences of a notice, each with where it stands and what was said before it.

A sentence ends at 。！？； and at a line's end, but not within 《》, “” or （）. A table gives one
sentence a paragraph of a cell. Positions are those of `Passage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importer.page import Outline, Paragraph, Place, Table
from knowledge.importer.passage import Passage, joined

_ENDS = "。！？；!?;"
_OPENERS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_LONGEST_BRACKET = 120
_ROW_NUMBER = re.compile(r"\s*(?:任务)?(\d{1,3})\s*(?:[.．、]|$)")
_BARE_LABEL = re.compile(r"[^，。；：:\d]{2,16}[：:]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the place `label`.

    `heading` is what the place is about (its own heading, or the nearest one above that has one).
    `earlier` is what the same paragraph says before it, `column` and `row` are the head of its
    column and the other cells of its row where it stands in a table, `after` is the next
    sentence of the same place.
    """

    passage: Passage
    label: str
    heading: str = ""
    earlier: str = ""
    after: str = ""
    column: str | None = None
    row: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        return self.passage.text


def sentences_of(outline: Outline) -> Iterator[Sentence]:
    """All sentences in reading order; forms' empty cells and the head's title say nothing."""
    headings: dict[str, str] = {}
    for place in outline.places:
        own = place.heading.text if place.heading else ""
        headings[place.label] = own or _above(place.label, headings)
        yield from _of_place(place, headings[place.label])


def _above(label: str, headings: dict[str, str]) -> str:
    """The heading of the nearest place whose label this one's begins with."""
    parents = [name for name in headings if label.startswith(name)]
    return headings[max(parents, key=len)] if parents else ""


def _of_place(place: Place, heading: str) -> Iterator[Sentence]:
    lines = [block.passage for block in place.blocks if isinstance(block, Paragraph)]
    if place.heading is not None:
        lines.insert(0, place.heading)
    yield from _of_lines(_with_values(lines), place.label, heading)
    for block in place.blocks:
        if isinstance(block, Table):
            yield from _of_table(block, place.label, heading)


def _with_values(lines: list[Passage]) -> Iterator[Passage]:
    """The lines, a bare label (`报送时间：`) joined with the value on the line after it."""
    held: Passage | None = None
    for line in lines:
        whole = line if held is None else joined([held, line])
        held = None
        if _BARE_LABEL.fullmatch(whole.text.strip()):
            held = whole
        else:
            yield whole
    if held is not None:
        yield held


def _of_lines(lines: Iterator[Passage], label: str, heading: str) -> Iterator[Sentence]:
    parts = [list(split(line)) for line in lines]
    rest = [part for line in parts for part in line][1:]
    for line in parts:
        for i, part in enumerate(line):
            earlier = "".join(p.text for p in line[:i])
            after = rest.pop(0).text if rest else ""
            yield Sentence(part, label, heading, earlier, after)


def _of_table(table: Table, label: str, heading: str) -> Iterator[Sentence]:
    """Cells of a task table stand under `附件 任务8`, of other tables under the table's place."""
    columns = [cell.text.strip() for cell in table.rows[0]] if table.rows else []
    numbered = sum(bool(_number(row)) for row in table.rows) > 1
    task = ""
    for row in table.rows:
        if numbered and (number := _number(row)):
            task = f" 任务{number}"
        yield from _of_row(row, columns, label + task, heading)


def _number(row: tuple[Passage, ...]) -> str | None:
    found = _ROW_NUMBER.match(row[0].text) if row else None
    return found[1] if found else None


def _of_row(
    row: tuple[Passage, ...], columns: list[str], label: str, heading: str
) -> Iterator[Sentence]:
    for i, cell in enumerate(row):
        others = tuple(other for j, other in enumerate(row) if j != i)
        column = columns[i] if i < len(columns) and columns[i] != cell.text.strip() else None
        for line in cell.split(re.compile(r"\n")):
            parts = list(split(line))
            for k, part in enumerate(parts):
                said = "".join(p.text for p in parts[:k])
                yield Sentence(part, label, heading, said, column=column, row=others)


def split(line: Passage) -> Iterator[Passage]:
    """The sentences of one line, with their end marks and without blanks around them."""
    begin, at, text = 0, 0, line.text
    while at < len(text):
        char = text[at]
        if char in _OPENERS:
            at = _closed(text, at)
        if char in _ENDS or char == "\n":
            yield from _kept(line.part(begin, at + 1))
            begin = at + 1
        at += 1
    yield from _kept(line.part(begin))


def _closed(text: str, at: int) -> int:
    """Where the bracket that opens at `at` closes; `at` itself if it soon does not."""
    close = text.find(_OPENERS[text[at]], at)
    return close if 0 <= close - at <= _LONGEST_BRACKET else at


def _kept(part: Passage) -> Iterator[Passage]:
    if part := part.strip():
        yield part
