"""An element of a web page -> its lines and rows, as a browser would show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

from knowledge.importer.page import Table
from knowledge.importer.reading.html_tables import grid_of, is_data
from knowledge.importer.reading.lines import OPENS, Piece
from knowledge.importer.reading.writer import Writer

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd div dl dt fieldset figure form h1 h2 h3"
        " h4 h5 h6 hr html legend li main ol p pre section table tbody td tfoot th thead tr ul",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_STYLE = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font-family\s*:[^;]*(?:黑体|simhei)", re.I
)
_PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.I)
_INDENTED = re.compile(r"[\u3000\xa0]|text-indent\s*:\s*(?!0)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript nav footer aside template svg select option button textarea input"
        " iframe frame object embed video audio map head title link meta canvas",
    )
)


def is_dropped(element: HtmlElement) -> bool:
    """Comments, scripts, navigation, form fields, what is hidden."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


@dataclass
class _Run:
    """The text of a line so far; `own` is how much of it stands outside of links."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    own: int = 0
    bold: int = 0
    bold_goes_on: bool = True

    def add(self, text: str, look: _Look) -> None:
        text = _BLANKS.sub(" ", text)
        self.text.append(text)
        self.length += len(text)
        self.own += 0 if look.link else len(text.strip())
        if self.bold_goes_on and (look.bold or not text.strip()):
            self.bold = self.length
        else:
            self.bold_goes_on = False


class _Look(NamedTuple):
    bold: bool = False
    link: bool = False
    heading: int | None = None

    def within(self, element: HtmlElement) -> _Look:
        return _Look(
            _is_bold(element, self.bold),
            self.link or element.tag == "a",
            _HEADINGS.get(element.tag, self.heading),
        )


_PLAIN = _Look()


class Found(NamedTuple):
    """A line, row or table of the page; `link`: nothing but links."""

    piece: Piece
    link: bool


class Walk:
    """Goes through a page in reading order. `found` are its lines and rows; `left[element]` is how
    many there were when an element of interest was entered and left."""

    def __init__(self, writer: Writer, interest: Iterable[HtmlElement]) -> None:
        self.found: list[Found] = []
        self.left: dict[HtmlElement, tuple[int, int]] = {}
        self._writer = writer
        self._interest = frozenset(interest)
        self._run = _Run()
        self._gap = True

    def element(self, element: HtmlElement, outer: _Look = _PLAIN) -> None:
        """The element without its tail."""
        if is_dropped(element):
            return
        look = outer.within(element)
        if element in self._interest:
            self._of_interest(element, look)
        elif element.tag == "br":
            self._break(look, gap=False)
        elif element.tag == "table" and is_data(element):
            self._table(element, look)
        elif element.tag in _BLOCKS:
            self._block(element, look)
        else:
            self._inside(element, look)

    def _of_interest(self, element: HtmlElement, look: _Look) -> None:
        self._break(look, gap=True)
        start = len(self.found)
        self._block(element, look)
        self.left[element] = (start, len(self.found))

    def _block(self, element: HtmlElement, look: _Look) -> None:
        self._break(look._replace(heading=None), gap=True)
        if element.tag == "li":
            self._run.add(_number_of(element), look)
        if _INDENTED.search(element.get("style") or ""):
            self._run.add("\u3000\u3000", look)
        self._inside(element, look)
        self._break(look, gap=True)

    def _inside(self, element: HtmlElement, look: _Look) -> None:
        if element.text:
            self._run.add(element.text, look)
        for child in element:
            self.element(child, look)
            if child.tail:
                self._run.add(child.tail, look)

    def _break(self, look: _Look, gap: bool) -> None:
        run, self._run = self._run, _Run()
        text = "".join(run.text)
        if text.strip():
            indent = bool(_INDENTED.match(text))
            line = self._writer.line(
                text, heading=look.heading, bold=run.bold, gap=self._gap, indent=indent
            )
            self.found += [Found(line, not run.own)] if line else []
            self._gap = False
        self._gap = self._gap or gap

    def _table(self, table: HtmlElement, look: _Look) -> None:
        self._break(look._replace(heading=None), gap=True)
        for caption in table.iterchildren("caption"):
            self._block(caption, look)
        rows = [[text_of(c) if c is not None else "" for c in cells] for cells in grid_of(table)]
        made = [row.cells for row in self._writer.rows(rows)]
        self.found.append(Found(Table(tuple(made)), link=False))
        self._gap = True


def text_of(element: HtmlElement) -> str:
    """The text of a cell; its paragraphs are parted by newlines."""
    lines = [" ".join(line.split(" ")).strip() for line in _joined(element).split("\n")]
    return "\n".join(line for line in lines if line)


def _joined(element: HtmlElement) -> str:
    return "".join(_parts(element))


def _parts(element: HtmlElement) -> Iterator[str]:
    yield _BLANKS.sub(" ", element.text or "")
    for child in element:
        if not is_dropped(child):
            edge = "\n" if child.tag in _BLOCKS or child.tag == "br" else ""
            yield edge
            yield from _parts(child)
            yield edge if child.tag != "br" else ""
        yield _BLANKS.sub(" ", child.tail or "")


def _is_bold(element: HtmlElement, outer: bool) -> bool:
    style = element.get("style") or ""
    if _PLAIN_STYLE.search(style):
        return False
    return outer or element.tag in ("b", "strong") or bool(_BOLD_STYLE.search(style))


def _number_of(item: HtmlElement) -> str:
    """The number that a browser prints before the item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    if OPENS.match("".join(item.itertext())):
        return ""
    first = parent.get("start") or "1"
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{int(first) + before}. " if first.isdecimal() else ""
