"""Pages and outlines for tests, out of a few lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent

from knowledge.importer.outline import outline_of
from knowledge.importer.page import Block, Outline, Page, Paragraph, Place, Role, Table
from knowledge.importer.passage import Passage, passage
from knowledge.importer.reading.text import page_of_text


def page(text: str) -> Page:
    """As the reader of .txt files makes it of the dedented text."""
    return page_of_text(dedent(text))


def outline(text: str) -> Outline:
    return outline_of(page(text))


def plain_page(text: str) -> Page:
    """Each line a paragraph, as it stands; nothing is cleaned, joined or left out."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Paragraph(passage(line, start)))
        start += len(line) + 1
    return Page(text, tuple(blocks))


def one_place(text: str, label: str = "一", role: Role = "clause") -> Outline:
    """An outline of a single place without a heading, a paragraph a line."""
    made = plain_page(text)
    return Outline(made, (Place(label, role, None, made.blocks),))


def table(rows: Sequence[Sequence[str]], start: int = 0) -> tuple[Table, str]:
    """The table, and the text that it stands in from `start` on: cells by tab, rows by line."""
    text = "\n".join("\t".join(row) for row in rows)
    cells: list[tuple[Passage, ...]] = []
    at = start
    for row in rows:
        line: list[Passage] = []
        for cell in row:
            line.append(passage(cell, at))
            at += len(cell) + 1
        cells.append(tuple(line))
    return Table(tuple(cells)), text
