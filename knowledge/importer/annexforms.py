"""The form that is printed in an attachment: its basic fields, its columns, its printed rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.importer.page import Paragraph, Place
from knowledge.importer.passage import Passage
from knowledge.importer.tables import Grid, Row, filled, grids_of, tidy, words

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_BLOCK = re.compile(rf"(?:[（(]{_NUMERAL}[)）]|{_NUMERAL}、|第{_NUMERAL}[部分])")
_PLACEHOLDER = re.compile(r"[\s.…。·\-—_/\\*×xX□☐]*|\d{1,3}[.．、]?|[（(]\d{1,2}[)）]")
_NOTE = re.compile(r"\s*(?:备\s*注|注|说\s*明|填表说明|填报说明|填写说明)\s*\d?\s*[：:]\s*")
_NOT_A_ROW = re.compile(r"备注|注[：:]|填[表报写]说明|合计|总计|小计|填表人|审核人|例如|示例")
_EXAMPLE = re.compile(r"(?:工作|形式|示例|例)\s*\d?")
_NUMBER_COLUMN = re.compile(r"序号?|编号")
_CONTENT = re.compile(r"(?:填[报写表]|表格)(?:内容|项目|栏目|事项)[：:](.+)", re.DOTALL)
_BASIC = re.compile("基本(?:信息|情况)")
_LONGEST_FIELD = 24
_LONGEST_LABEL = 60
_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Form:
    basics: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    rows: tuple[str, ...] = ()
    note: str | None = None


def form_in(place: Place, sections: Sequence[Place] = ()) -> Form:
    """The first table with columns, with the fields that stand over it, or what the attachment
    and its `sections` list instead. Columns are None where it does neither."""
    basics: list[str] = [name for one in sections for name in _basics_of(one)]
    for grid in grids_of(place.blocks):
        header = _header(grid)
        basics.extend(_labels(grid if header is None else grid[:header]))
        if header is not None:
            columns, begin = _columns(grid, header)
            rows = tuple(dict.fromkeys(_printed_rows(grid[begin:], columns)))
            return Form(_once(basics), columns, rows, _note(place))
    return Form(_once(basics), _listed(place), (), _note(place))


def _listed(place: Place) -> tuple[str, ...] | None:
    """填报内容：活动名称、举办日期、…: a form without a table."""
    said = (block.text for block in place.blocks if isinstance(block, Paragraph))
    found = next((m for text in said if (m := _CONTENT.fullmatch(text.strip()))), None)
    return tuple(_names(found[1])) if found else None


def _basics_of(section: Place) -> Iterator[str]:
    """一、企业基本信息：企业名称、手机。"""
    if section.heading is not None and _BASIC.search(section.heading.text):
        yield from _names("".join(p.text for p in section.paragraphs))


def _names(text: str) -> list[str]:
    """The fields of a list; what is no list names none."""
    names = [tidy(name) for name in re.split("[、；;，,]", text.strip().rstrip("。；")) if name]
    return names if len(names) > 1 and all(len(name) <= _LONGEST_FIELD for name in names) else []


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _header(grid: Grid) -> int | None:
    """The row that names every column. In a block of labels and gaps to fill in no row is full,
    save the last labels of a narrow one."""
    if len(grid) > 1 and _spans_two_rows(grid[0], grid[1]):
        return 0
    for at, row in enumerate(grid):
        if _names_columns(row) and (len(row) > 2 or at + 1 < len(grid)):
            return at
    return None


def _names_columns(row: Row) -> bool:
    texts = [words(cell) for cell in row]
    return (
        all(texts)
        and len(set(texts)) == len(texts)
        and all(len(text) <= _LONGEST_LABEL for text in texts)
        and not any(_PLACEHOLDER.fullmatch(text) for text in texts)
    )


def _spans_two_rows(first: Row, second: Row) -> bool:
    """Columns with a common heading over some of them: what one row leaves open the other names."""
    gaps = set(range(len(first))) - set(filled(first))
    under = set(filled(second))
    groups = under - gaps
    return len(first) >= 4 and bool(gaps) and gaps <= under and 0 not in under and len(groups) <= 3


def _columns(grid: Grid, header: int) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and where the rows under them begin."""
    first = grid[header]
    if _names_columns(first):
        return tuple(map(_name, first)), header + 1
    second = grid[header + 1]
    return tuple(_name(under or over) for over, under in zip(first, second, strict=True)), 2


def _name(cell: Passage) -> str:
    return tidy(cell.text.replace("\n", ""))


def _labels(rows: Grid) -> Iterator[str]:
    """The labels of a block of gaps to fill in; its numbered heading is none."""
    for row in rows:
        texts = [_name(row[at]) for at in filled(row)]
        for text in texts:
            plain = text.rstrip("：: ")
            if len(plain) <= _LONGEST_LABEL and not _BLOCK.match(plain) and _is_label(plain):
                yield plain


def _is_label(text: str) -> bool:
    return len(text) >= 2 and not _PLACEHOLDER.fullmatch(text) and not text.startswith("□")


def _printed_rows(body: Grid, columns: tuple[str, ...]) -> Iterator[str]:
    """The headings of rows that are otherwise left open; a filled table has none."""
    if not _is_open(body):
        return
    key = 1 if _NUMBER_COLUMN.fullmatch(columns[0]) and len(columns) > 1 else 0
    for row in body:
        text = _name(row[key])
        if text and not _PLACEHOLDER.fullmatch(text) and not _NOT_A_ROW.match(text):
            yield text


def _is_open(body: Grid) -> bool:
    """Most cells beside the first are empty or show how to fill them in."""
    cells = [words(cell) for row in body for cell in row[1:]]
    told = [text for text in cells if not _PLACEHOLDER.fullmatch(text)]
    return 2 * sum(1 for text in told if not _EXAMPLE.match(text)) <= len(cells)


def _note(place: Place) -> str | None:
    """What the form itself says of filling it in."""
    for block in place.blocks:
        if isinstance(block, Paragraph) and (match := _NOTE.match(block.text)):
            note = tidy(block.text[match.end() :])
            return note if note and len(note) <= _LONGEST_NOTE else None
    return None
