"""What the columns of a task table hold, by the words of their header."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.importer.tables import Grid, Row, filled, words

_HEADER_WITHIN = 4
_LONGEST_HEADER = 24
_SHORT = 8

_NUMBER = re.compile(r"序号?|编号|[Nn][Oo]\.?")
_PEOPLE = re.compile(r"责任人|负责人|姓名|联系人|领导|联络员|电话")
_DEPARTMENTS = re.compile(
    r"责任|牵头|配合|分工|主办|协办|承办|参与|负责|(?:落实|实施|完成|推进)(?:单位|部门)"
    r"|^(?:部门|单位|处室|科室|司局)$"
)
_COMPLETION = re.compile(r"时限|时间|进度|节点|期限|日期")
_SECTION = re.compile(r"类别|领域|方面|板块|分类|类型|模块|一级")
_TITLE = re.compile(r"任务|事项|清单|重点工作|工作名称|项目$|工作要点|行动|工程")
# Without anybody in charge, only such words tell a table of tasks from a timetable.
_DUE = re.compile(r"完成|时限|进度|节点|期限")
_TO_DO = re.compile(r"任务|举措|措施|重点工作|工作要点")
_MEASURE = re.compile(r"举措|措施|内容|要求|目标|做法|安排|成果|指标|任务内容|路径|抓手|事项")
_MEASURE_FIRST = re.compile(r"举措|措施|内容|要求|目标|成果")


@dataclass(frozen=True, slots=True)
class Columns:
    """`header` is the row that names them; the columns are counted from 0."""

    header: int
    title: int
    number: int | None = None
    section: int | None = None
    measures: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    completion: tuple[int, ...] = ()


def columns_of(grid: Grid) -> Columns | None:
    """None where the table holds no tasks: no task or measure in it, nobody in charge of them and
    no time to do them by, or nothing filled in (a form)."""
    for at, row in enumerate(grid[:_HEADER_WITHIN]):
        found = _read(at, row, grid)
        if found and _is_filled(grid[at + 1 :], found):
            return found
    return None


def _read(at: int, row: Row, grid: Grid) -> Columns | None:
    kinds = {column: _kind(words(row[column])) for column in filled(row)}
    if len(kinds) < 2 or any(len(words(row[column])) > _LONGEST_HEADER for column in kinds):
        return None
    by_kind = {kind: [c for c in kinds if kinds[c] == kind] for kind in set(kinds.values())}
    titles, measures = by_kind.get("title", []), by_kind.get("measure", [])
    departments, completion = by_kind.get("departments", []), by_kind.get("completion", [])
    if not titles + measures or not (departments or _is_due(row, completion)):
        return None
    sections = by_kind.get("section", [])
    title, section, rest = _title(titles, measures, grid[at + 1 :])
    return Columns(
        header=at,
        title=title,
        number=next(iter(by_kind.get("number", [])), None),
        section=sections[0] if sections else section,
        measures=tuple(sorted(rest)),
        departments=tuple(departments),
        completion=tuple(completion),
    )


def _is_due(row: Row, completion: list[int]) -> bool:
    headers = [words(cell) for cell in row]
    return any(_DUE.search(headers[at]) for at in completion) and any(map(_TO_DO.search, headers))


def names_tasks(header: Row) -> bool:
    """Whether the cells are such a header, every one of them and each another column."""
    kinds = [_kind(words(cell)) for cell in header]
    return (
        all(0 < len(words(cell)) <= _SHORT for cell in header)
        and "other" not in kinds
        and not {"title", "measure"}.isdisjoint(kinds)
        and not {"departments", "completion"}.isdisjoint(kinds)
        and kinds[0] in ("number", "title", "section")
        and kinds[-1] in ("departments", "completion")
    )


def _kind(header: str) -> str:
    for kind, pattern in (
        ("other", _PEOPLE),
        ("departments", _DEPARTMENTS),
        ("completion", _COMPLETION),
        ("section", _SECTION),
        ("measure", _MEASURE_FIRST),
        ("title", _TITLE),
        ("measure", _MEASURE),
    ):
        if pattern.search(header):
            return kind
    return "number" if _NUMBER.fullmatch(header) else "other"


def _title(titles: list[int], measures: list[int], body: Grid) -> tuple[int, int | None, list[int]]:
    """The column of the titles, of the sections above them, and what is done. Of two columns of
    titles the one that is filled less often holds the sections."""
    if not titles:
        return measures[0], None, measures[1:]
    if len(titles) == 1:
        return titles[0], None, measures
    first, second, *rest = titles
    if _count(body, first) < _count(body, second):
        return second, first, [*rest, *measures]
    return first, None, [second, *rest, *measures]


def _count(body: Grid, column: int) -> int:
    return sum(1 for row in body if row[column])


def _is_filled(body: Grid, columns: Columns) -> bool:
    """Somebody is in charge of a task, or a time is named: else it is a form to be filled in."""
    answers = (*columns.departments, *columns.completion)
    titled = [row for row in body if row[columns.title]]
    return bool(titled) and any(row[at] for row in body for at in answers)
