"""The tasks of a notice's task tables, each with who does what by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from knowledge.importer.actions import actions_of
from knowledge.importer.duties import duties_of
from knowledge.importer.facts import ActionFact, TaskFact
from knowledge.importer.marks import NAME
from knowledge.importer.page import Outline, Place
from knowledge.importer.passage import Passage, Span
from knowledge.importer.tablelines import grid_of_lines
from knowledge.importer.tables import (
    NOTHING,
    Grid,
    Row,
    continued,
    filled,
    grids_of,
    same_words,
    tidy,
    words,
)
from knowledge.importer.taskcolumns import Columns, columns_of

_LOOK_NUMBERS = "任务编号有重复，已按顺序重排"
_LOOK_TITLE = "任务名称取自措施栏"

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(r"(\d{1,3})\s*(?:[.．、)）]|$)")
_ANY_NUMBER = re.compile(
    rf"(?:任务)?(?:\d{{1,3}}\s*(?:[.．、)）]|$)|[（(]\s*(?:\d{{1,2}}|{_NUMERAL})\s*[)）]"
    rf"|{_NUMERAL}、|[①-⑳])\s*"
)
_SECTION = re.compile(rf"{_NUMERAL}、|第{_NUMERAL}[部分章节]|[（(]{_NUMERAL}[)）]")
_SECTION_NUMBER = re.compile(rf"[（(]?{_NUMERAL}[)）、]?")
_FIRST_SENTENCE = re.compile(r"[^。；;\n]+")
_END = "。；;,，:： \n"
_ANNEX = re.compile(r"附件\d{0,2}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """The rows of one task, and the heading that they stand under."""

    section: Passage
    rows: tuple[Row, ...]

    def cell(self, columns: tuple[int, ...]) -> Passage:
        """The columns' cells of all rows, one after the other."""
        return continued([row[at] for at in columns for row in self.rows])

    def in_charge(self, columns: Columns) -> Passage:
        """Who is named, a line a list: a name ends where the next row's or column's begins."""
        return continued([row[at] for at in columns.departments for row in self.rows], NAME)

    @property
    def span(self) -> Span:
        places = [cell.span() for row in self.rows for cell in row if cell]
        return Span(min(s.start for s in places), max(s.end for s in places))


def tasks_of(outline: Outline) -> list[TaskFact]:
    """In reading order. A table's own numbers are kept; where they repeat, the order counts."""
    tasks = [task for place in outline.places for task in _tasks_at(place)]
    numbers = [task.no for task in tasks]
    if len(set(numbers)) == len(numbers) and 0 not in numbers:
        return tasks
    look = (_LOOK_NUMBERS,) if any(numbers) else ()
    return [_renumbered(task, no, look) for no, task in enumerate(tasks, 1)]


def _renumbered(task: TaskFact, no: int, look: tuple[str, ...]) -> TaskFact:
    clause = re.sub(r"任务\d+$", f"任务{no}", task.clause)
    return replace(task, no=no, clause=clause, look=(*task.look, *look))


def _tasks_at(place: Place) -> Iterator[TaskFact]:
    grids = grids_of(place.blocks)
    if not grids and (lined := grid_of_lines(list(place.paragraphs))):
        grids = [lined]
    for grid in grids:
        if columns := columns_of(grid):
            header = grid[columns.header]
            for entry in _entries(grid, columns):
                yield _task(entry, columns, header, place.label)


def _entries(grid: Grid, columns: Columns) -> Iterator[_Entry]:
    """One entry a task: a row that begins a task, with the rows that go on with it."""
    header = grid[columns.header]
    body = [row for row in grid[columns.header + 1 :] if not same_words(row, header)]
    begins = _beginning(body, columns)
    section, rows = NOTHING, list[Row]()
    for row in body:
        heading = _heading(row, columns, begins)
        if rows and (heading or begins(row)):
            yield _Entry(section, tuple(rows))
            rows = []
        section = heading or _own_section(row, columns) or section
        if not heading and (rows or begins(row)):
            rows.append(row)
    if rows:
        yield _Entry(section, tuple(rows))


def _own_section(row: Row, columns: Columns) -> Passage:
    return NOTHING if columns.section is None else row[columns.section]


def _beginning(body: list[Row], columns: Columns) -> Callable[[Row], bool]:
    """How one tells the row that begins a task: by its number where the table numbers its rows."""
    whole = [row for row in body if len(filled(row)) > 1]
    titled = [row for row in whole if row[columns.title]]
    number = columns.number
    if number is not None and 2 * sum(_is_numbered(row[number]) for row in whole) > len(titled):
        return lambda row: _is_numbered(row[number])
    if 2 * sum(_is_numbered(row[columns.title]) for row in titled) > len(titled):
        return lambda row: _is_numbered(row[columns.title])
    return lambda row: bool(row[columns.title])


def _is_numbered(cell: Passage) -> bool:
    return _NUMBER.match(cell.text) is not None


def _heading(row: Row, columns: Columns, begins: Callable[[Row], bool]) -> Passage:
    """The heading of a part of the table, where the row is one."""
    places = filled(row)
    if places == [columns.number, columns.title] and _SECTION_NUMBER.fullmatch(
        words(row[places[0]])
    ):
        return row[columns.title]
    if len(places) != 1 or places[0] > max(columns.title, columns.number or 0):
        return NOTHING
    cell = row[places[0]]
    if _SECTION.match(cell.text) or (places[0] == 0 and not begins(row)):
        return cell
    answered = (*columns.measures, *columns.departments, *columns.completion)
    return cell if answered and not _is_numbered(cell) and places[0] == columns.title else NOTHING


def _task(entry: _Entry, columns: Columns, header: Row, label: str) -> TaskFact:
    title, look = _title(entry, columns)
    in_charge = entry.in_charge(columns)
    duties = duties_of(in_charge)
    completion = entry.cell(columns.completion)
    no = _number(entry, columns)
    return TaskFact(
        no=no,
        title=tidy(_ANY_NUMBER.sub("", title.text, count=1).replace("\n", "")).strip(_END),
        section=tidy(entry.section.text.replace("\n", "")),
        departments=duties.departments,
        completion=tidy(completion.text.replace("\n", "；")).strip(_END) or None,
        scopes=duties.scopes,
        actions=tuple(_actions(entry, columns, header)),
        clause=_label(label, no),
        span=entry.span,
        spans={
            name: cell.span()
            for name, cell in (
                ("title", title),
                ("section", entry.section),
                ("departments", in_charge),
                ("completion", completion),
            )
            if cell
        },
        sure=0.7 if look else 0.95,
        look=look,
    )


def _title(entry: _Entry, columns: Columns) -> tuple[Passage, tuple[str, ...]]:
    """Where the title's cell is merged over several tasks, what is done names the task."""
    title = entry.cell((columns.title,))
    if title:
        return title, ()
    measure = entry.cell(columns.measures[:1])
    sentence = _FIRST_SENTENCE.search(measure.text)
    return measure.part(0, sentence.end() if sentence else None), (_LOOK_TITLE,)


def _number(entry: _Entry, columns: Columns) -> int:
    """The row's own number; 0 where it has none."""
    first = entry.rows[0]
    for at in (columns.number, columns.title):
        if at is not None and (match := _NUMBER.match(first[at].text)):
            return int(match[1])
    return 0


def _actions(entry: _Entry, columns: Columns, header: Row) -> Iterator[ActionFact]:
    """Who does what; where the cell names nobody, the column's own header stands for it."""
    for at in columns.measures:
        yield from actions_of(entry.cell((at,)), otherwise=words(header[at]))


def _label(label: str, no: int) -> str:
    """`附件 任务8`; a table within the notice itself stays at its clause."""
    annex = _ANNEX.match(label)
    return f"{annex[0]} 任务{no}" if annex else label
