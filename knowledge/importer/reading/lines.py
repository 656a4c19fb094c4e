"""What every reader hands on: lines of text with what the file says about their looks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.importer.page import Table
from knowledge.importer.passage import Passage

NOTHING = Passage("", ())


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file, cleaned. `gap`: a blank line or more stands before it;
    `indent`: it begins set in; `full`: it reaches the right edge (None: not known)."""

    passage: Passage
    heading: int | None = None
    bold: int = 0
    gap: bool = False
    indent: bool = False
    full: bool | None = None

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Row:
    """A line of cells; `gap` as of a line."""

    cells: tuple[Passage, ...]
    gap: bool = False


Piece = Line | Row | Table

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
# Where the next number of a list, or another part of a notice, begins.
OPENS = re.compile(
    rf"\s*(?:{_NUMERAL}\s*[、．.]|[（(]\s*(?:{_NUMERAL}|\d{{1,2}})\s*[）)]|第{_NUMERAL}[章节条部]"
    r"|\d{1,2}\s*[.．、](?!\d)|\d{1,2}\s*[）)]|[①-⑳㈠-㈩⑴-⒇]|——|[•●■◆★※▲]"
    r"|附\s*[件表录]?\s*\d{0,2}\s*[:：.]|附\s*件\s*\d{0,2}\s*$"
    r"|抄\s*送|主\s*送|特此|备\s*注|注[:：]|（此[件页])"
)
# `联系人：`, `联 系 电 话：`: a line that names what it holds.
LABEL = re.compile(r"\s*[（(]?[\u4e00-\u9fff /（）()]{2,14}[:：]")
# A sentence that is over, with the brackets and quotes that close behind it.
ENDS = re.compile(r"[。！？!?；;：:…][”’」』）)】》\s]*$")


def width(text: str) -> int:
    """In half characters: a Chinese character takes two."""
    return sum(1 if character < "\u1100" else 2 for character in text)
