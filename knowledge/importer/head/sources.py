"""The lines of a notice in which its head stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importer.outline.kinds import is_prose, is_title
from knowledge.importer.page import Outline, Paragraph, Place, Table
from knowledge.importer.passage import Passage

_MOST_TOP = 40
_ADDRESSED = re.compile(r"[^。《]{2,600}[：:]\s*$")
_META_NAMES = (
    r"索引号|文号|发文字号|文件编号|发布文号|文件号|发文机关|发文单位|发文机构|发布机构|发布单位|制发机关|公开主体"
    r"|成文日期|发文日期|生成日期|印发日期|成文时间|发文时间|印发时间|发布日期|发布时间|公开日期|标题|名称|信息名称"
    r"|主题分类|主题词|有效性|效力状态|体裁|体裁分类|公开方式|公开范围|来源|信息来源|签发人|信息分类"
)
_META = re.compile(r"\s*[\[【]?\s*(?P<name>[一-鿿][一-鿿\s]{1,9}?)\s*[\]】]?\s*[：:]\s*")
_META_NAME = re.compile(rf"(?:{_META_NAMES})")
_META_START = re.compile(rf"(?:^|(?<=\s))(?:{_META_NAMES})\s*[：:]")


@dataclass(frozen=True, slots=True)
class Sources:
    """`top`: lines over the addressees, letterhead and titles among them; `addressed`: the line
    of the addressees; `opening`: what follows it; `signed`: lines under the text; `meta`: the
    site's table over the text, by the names of its fields."""

    top: tuple[Passage, ...]
    headings: tuple[Passage, ...]
    addressed: Passage | None
    opening: tuple[Passage, ...]
    signed: tuple[Passage, ...]
    meta: dict[str, Passage]


def sources_of(outline: Outline) -> Sources:
    meta: dict[str, Passage] = {}
    lines: list[Passage] = []
    for line in _front_lines(outline, meta):
        lines.extend(_without_meta(line, meta))
    begin, addressed = _body_begins(lines)
    return Sources(
        top=tuple(lines[:begin]),
        headings=tuple(_headings(outline)),
        addressed=addressed,
        opening=tuple(lines[begin + (addressed is not None) :]),
        signed=tuple(p for place in outline.of("sign-off") for p in place.paragraphs),
        meta=meta,
    )


def _front_lines(outline: Outline, meta: dict[str, Passage]) -> Iterator[Passage]:
    for place in _front_places(outline):
        for block in place.blocks:
            if isinstance(block, Table):
                _read_table(block, meta)
            else:
                yield block.passage


def _front_places(outline: Outline) -> Iterator[Place]:
    """The front; of a text that was all put on one line its body too."""
    front = list(outline.of("front"))
    yield from front
    body = (place for place in outline.places if place.label == "正文")
    if not front or not any(place.blocks for place in outline.places[1:2]):
        yield from body
    else:
        yield from (p for p in body if outline.places.index(p) == len(front))


def _headings(outline: Outline) -> Iterator[Passage]:
    for place in _front_places(outline):
        for block in place.blocks:
            if isinstance(block, Paragraph) and block.heading is not None:
                yield block.passage


def _body_begins(lines: list[Passage]) -> tuple[int, Passage | None]:
    for i, line in enumerate(lines[:_MOST_TOP]):
        if _ADDRESSED.fullmatch(line.text) and not is_title(line.text.rstrip(" ：:")):
            return i, line
        if is_prose(line.text, 20):
            return i, None
    return min(len(lines), _MOST_TOP), None


def _without_meta(line: Passage, meta: dict[str, Passage]) -> Iterator[Passage]:
    """Takes 文号：… 发文机关：… out of a line; a line without such fields stays as it is."""
    starts = [m.start() for m in _META_START.finditer(line.text)]
    if not starts:
        if not _field(line, meta):
            yield line
        return
    bounds = [*starts, len(line)]
    if line.part(0, starts[0]).text.strip():
        yield line.part(0, starts[0]).strip()
    for start, end in itertools.pairwise(bounds):
        _field(line.part(start, end), meta)


def _field(line: Passage, meta: dict[str, Passage]) -> bool:
    found = _META.match(line.text)
    name = re.sub(r"\s", "", found["name"]) if found else ""
    if not found or not _META_NAME.fullmatch(name):
        return False
    value = line.part(found.end()).strip()
    if value:
        meta.setdefault(name, value)
    return True


def _read_table(table: Table, meta: dict[str, Passage]) -> None:
    for row in table.rows:
        cells = [cell.strip() for cell in row if cell.text.strip()]
        for cell, value in itertools.pairwise(cells):
            name = re.sub(r"[\s：:\[\]【】]", "", cell.text)
            if _META_NAME.fullmatch(name):
                meta.setdefault(name, value)
        for cell in cells:
            _field(cell, meta)
