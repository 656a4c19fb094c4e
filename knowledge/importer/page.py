"""What every reader makes of its file, and the places that the outline finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.importer.passage import Passage, Span, joined


class ReadingError(Exception):
    """The file cannot be read as a notice; `str` is one line that begins with its path."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, made whole where lines or pages tore it.

    `heading` is 1 to 6 where the file marks it as a heading (`##`, `<h2>`, a heading style).
    `bold` is how many characters from its beginning are set in bold (0: none; all: len).
    """

    passage: Passage
    heading: int | None = None
    bold: int = 0

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; paragraphs within a cell are parted by a newline. A merged cell stands once,
    its other cells are empty."""

    rows: tuple[tuple[Passage, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A file as read. `text` is what spans count in: of a .txt file the decoded text itself,
    of other kinds the text that was taken out of it, in reading order. `blocks` are what belongs
    to the notice: site menus, footers and residue are left out of them (and stay in `text`).

    `published` is the site's own date line (发布时间：2024-07-30) where there is one.
    """

    text: str
    blocks: tuple[Block, ...]
    published: Passage | None = None


Role = Literal["front", "clause", "sign-off", "annex"]


@dataclass(frozen=True, slots=True)
class Place:
    """A numbered place of the notice, with what stands in it and in none of its children.

    `label` is as in DESIGN.md: `三（三）`, `落款`, `附件1`, `发文信息` (all that stands before the
    first clause: title, number, addressees, the opening), `正文` (the body of a notice without
    numbered clauses), `附件1 一（二）` (a clause of an attached or forwarded document).
    `heading` is the clause's heading without its numeral. `blocks` hold the clause's text after
    its heading (of a heading that opens a paragraph, the rest of that paragraph).
    """

    label: str
    role: Role
    heading: Passage | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Passage]:
        return (block.passage for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def body(self) -> Passage:
        """All paragraphs, each on its line."""
        return joined(self.paragraphs, "\n")


@dataclass(frozen=True, slots=True)
class Outline:
    """The places in reading order: front, clauses, sign-off, annexes."""

    page: Page
    places: tuple[Place, ...]

    def of(self, role: Role) -> Iterator[Place]:
        return (place for place in self.places if place.role == role)

    def sentence_at(self, span: Span) -> str:
        """The sentence of the source that the span stands in, for showing to an admin."""
        text = self.page.text
        start = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
        ends = [at for mark in "。；\n" if (at := text.find(mark, span.end)) >= 0]
        return text[start : min(ends, default=len(text)) + 1].strip()
