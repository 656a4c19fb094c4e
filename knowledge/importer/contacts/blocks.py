"""The stretches of a place in which contacts stand: lines in a row, without the site's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.importer.contacts.items import Item, named
from knowledge.importer.contacts.labels import Label
from knowledge.importer.contacts.lines import read_line
from knowledge.importer.contacts.plain import plain
from knowledge.importer.page import Outline, Place
from knowledge.importer.passage import Passage, joined

# What only the frame of a web site says.
_SITE = re.compile(
    r"ICP\s*备|公网安备|网站标识码|版权所有|copyright|网站地图|网站声明|政府网站找错|纠错|网站管理|"
    r"主办单位\s*:.*(?:承办|技术|地址)|投诉与建议|违法和不良信息|网站维护|免责声明|如若转载|隐私",
    re.IGNORECASE,
)
_SITE_BEFORE = re.compile(r"^\s*(?:主办|承办|技术支持|网站|地址|邮编|您是第)")
_HEADING = re.compile(
    r"(?:联\s*系|咨\s*询|联\s*络|受\s*理|办\s*理|反\s*映)\s*(?:方\s*式|电\s*话|人|渠\s*道|方\s*法|单\s*位|部\s*门|地\s*址)|业务咨询|联系我们|联系与咨询"
)
_WORTH = re.compile(r"\d{5}|\d{3,4}[- ]\d{4}|@|\bat\b|联\s*[系络]|电\s*话|邮|地\s*址|人\s*:|#")


@dataclass(frozen=True, slots=True)
class Block:
    """Items that belong together; their places count in `text`."""

    text: Passage
    items: tuple[Item, ...]


def blocks_of(outline: Outline, place: Place) -> Iterator[Block]:
    """The blocks of a place's paragraphs."""
    text = _whole(place)
    if not text or not _WORTH.search(plain(text.text)):
        return
    yield from _Gatherer(text, governed=_governed(outline, place)).blocks()


def _whole(place: Place) -> Passage:
    """Heading and paragraphs, each on its line."""
    heading = (place.heading,) if place.heading else ()
    return joined((*heading, *place.paragraphs), "\n")


def _governed(outline: Outline, place: Place) -> bool:
    """Whether the place, or one that it belongs to, is headed 联系方式 or the like."""
    return any(
        other.heading and _HEADING.search(other.heading.text)
        for other in outline.places
        if place.label.startswith(other.label)
    )


class _Gatherer:
    """Reads line after line and keeps together what stands without a gap."""

    def __init__(self, text: Passage, governed: bool) -> None:
        self.text, self.governed = text, governed
        self.items: list[Item] = []
        self.under: Label | None = None
        self.waiting: tuple[Item, ...] = ()

    def blocks(self) -> Iterator[Block]:
        start = 0
        for line in _without_site(plain(self.text.text).split("\n")):
            if line.strip():
                found = self._read(line, start)
                if not found and self.items:
                    yield self._closed()
                if not found:
                    self.waiting = _named_line(line, start)
            start += len(line) + 1
        if self.items:
            yield self._closed()

    def _read(self, line: str, start: int) -> bool:
        """Takes the line's items; whether it belongs to a block."""
        read = read_line(line, self.under, self.governed)
        opened = read.open is not None or read.labelled
        self.under = read.open and replace(read.open, start=-2, end=-1)
        if read.items and read.items[0].kind != "office":
            self.items += self.waiting
        if read.items:
            self.waiting = ()
        self.items += [_moved(item, start) for item in read.items]
        if opened and not read.items and _HEADING.search(line):
            self.governed = True
        return bool(read.items) or opened

    def _closed(self) -> Block:
        block = Block(self.text, tuple(self.items))
        self.items = []
        return block


def _moved(item: Item, start: int) -> Item:
    return replace(item, start=item.start + start, end=item.end + start)


def _named_line(line: str, start: int) -> tuple[Item, ...]:
    """A line that only names an office or its people, or what is asked there; the numbers come
    on the next."""
    return tuple(_moved(item, start) for item in named(line))


def _without_site(lines: list[str]) -> Iterator[str]:
    """The lines, those of a site's frame blanked so that places still count."""
    for at, line in enumerate(lines):
        framed = _SITE.search(line) or (
            _SITE_BEFORE.match(line)
            and any(_SITE.search(after) for after in lines[at + 1 : at + 4])
        )
        yield " " * len(line) if framed else line
