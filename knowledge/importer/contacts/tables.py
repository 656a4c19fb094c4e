"""Contacts in tables: a column for each field, a contact in each row; or labels beside values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.contacts.entries import Entry, entries_of
from knowledge.importer.contacts.items import Item
from knowledge.importer.contacts.lines import read_line
from knowledge.importer.contacts.plain import plain
from knowledge.importer.page import Outline, Place, Table
from knowledge.importer.passage import Passage, joined

Column = str
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        ("fax", r"传真"),
        ("mail", r"邮箱|邮件|信箱|mail"),
        ("any", r"(?:联系人|姓名|人员).*(?:电话|方式|手机)|联系方式"),
        ("phone", r"电话|手机|热线|座机|号码"),
        ("name", r"联系人|联络人|联络员|姓名|经办人|负责人|人员"),
        ("address", r"地址|地点"),
        (
            "office",
            r"单位|部门|处室|科室|机构|中心|名称|窗口|地区|城市|区域|领域|事项|业务|类别|属地|区县|地市",
        ),
    )
)
_FORM = re.compile(
    r"申报|申请|登记|报名|回执|汇总|推荐|信息表|填写|示例|样例|样表|承诺|需求|情况表"
)
_LIST = re.compile(r"联系|通讯录|联络|咨询|受理|窗口|办理点|服务机构|地址")


def rows_of(outline: Outline, place: Place) -> Iterator[tuple[Passage, tuple[Entry, ...]]]:
    """Each row's text with its contacts. Tables of an annex count only if it is a list of
    contacts: forms are to be filled in by others."""
    if place.role == "annex" and not _is_list(outline, place):
        return
    for table in place.tables:
        yield from _rows(table)


def _is_list(outline: Outline, place: Place) -> bool:
    title = place.heading.text if place.heading else place.body.text[:60]
    return bool(_LIST.search(title)) and not _FORM.search(title)


def _rows(table: Table) -> Iterator[tuple[Passage, tuple[Entry, ...]]]:
    head = _head(table)
    if head is None:
        for row in table.rows:
            text = joined((cell for cell in row if cell), "\t")
            yield text, tuple(entries_of(read_line(plain(text.text).replace("\n", " ")).items))
        return
    at, columns = head
    office: Passage | None = None
    for row in table.rows[at + 1 :]:
        yield _row(row, columns, office)
        office = _office(row, columns) or office


def _head(table: Table) -> tuple[int, list[Column | None]] | None:
    """Which row names the columns, and what they hold."""
    for at, row in enumerate(table.rows[:3]):
        columns = [_column(cell.text) for cell in row]
        reach = {"phone", "mail", "any"} & set(columns)
        if (
            reach
            and {"name", "office", "any"} & set(columns)
            and not re.search(r"\d{5}|@", "".join(c.text for c in row))
        ):
            return at, columns
    return None


def _column(heading: str) -> Column | None:
    text = re.sub(r"\s", "", heading)
    if not text or len(text) > 16:
        return None
    return next((column for column, pattern in _COLUMNS if pattern.search(text)), None)


def _office(row: tuple[Passage, ...], columns: list[Column | None]) -> Passage | None:
    cells = [
        cell for cell, column in zip(row, columns, strict=False) if column == "office" and cell
    ]
    return cells[-1] if cells else None


def _row(
    row: tuple[Passage, ...], columns: list[Column | None], above: Passage | None
) -> tuple[Passage, tuple[Entry, ...]]:
    office = _office(row, columns) or above
    parts = [office] if office else []
    parts += [
        c
        for c, column in zip(row, columns, strict=False)
        if column not in (None, "office", "fax") and c
    ]
    text = joined(parts, "\n")
    entry = Entry()
    at = 0
    for part in parts:
        column = "office" if part is office else columns[list(row).index(part)]
        _fill(entry, column or "", part, at)
        at += len(part) + 1
    return text, (entry,) if entry.reached or entry.names else ()


_UNDER = {"phone": "电话:", "any": "联系方式:", "mail": "邮箱:", "name": "联系人:"}


def _fill(entry: Entry, column: Column, cell: Passage, at: int) -> None:
    if column == "office":
        entry.office = Item("office", at, at + len(cell), (cell.text,))
        return
    if column == "address":
        entry.address = Item("address", at, at + len(cell), (cell.text,))
        return
    label = _UNDER[column]
    for item in read_line(label + plain(cell.text).replace("\n", "、")).items:
        moved = Item(
            item.kind,
            item.start - len(label) + at,
            item.end - len(label) + at,
            item.values,
            sure=item.sure,
            bare=item.bare,
        )
        {"name": entry.names, "phone": entry.phones, "mail": entry.mails}.get(item.kind, []).append(
            moved
        )
