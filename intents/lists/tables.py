"""What lists are made of: units in the question's scope, by notice, told a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice

from intents.conversation import MenuItem
from intents.query import Query, Scope
from intents.result import Answer
from intents.select import in_order, meets, met
from intents.telling import cited, pages
from intents.turn import Citation
from intents.where import where
from intents.wording import answers as say
from intents.wording import tasks as of_tasks
from knowledge.model import Clause, Notice, Task
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

ROOM = 1150
_MOST_NAMED = 6
# Of huge knowledge bases, what stands further behind is not listed.
_LOOKED_AT, _NOTICES_LOOKED_AT = 5_000, 200


def units_of(query: Query, kb: KnowledgeBase, kind: UnitKind) -> list[Unit]:
    """The units of one kind in the notices that are meant, whatever clause is pointed at."""
    scope = query.scope.of_all_labels()
    found = all_met(scope, kb, kind)
    return [u for u in found if scope.campaign in (None, u.notice.campaign)]


@lru_cache(maxsize=64)
def all_met(scope: Scope, kb: KnowledgeBase, kind: UnitKind) -> Sequence[Unit]:
    """The units of one kind that meet the scope: several lists look at them."""
    return tuple(islice(met(scope, kb, kind), _LOOKED_AT))


def notices_of(query: Query, kb: KnowledgeBase, kind: UnitKind) -> list[Notice]:
    """The notices of `units_of`, without looking at each of their units."""
    scope = query.scope.of_all_labels()
    found = (
        notice
        for notice in kb.notices_at(where(scope, kind))
        if scope.campaign in (None, notice.campaign)
        and any(u.kind == kind and meets(u, scope, kb) for u in kb.units_of(notice))
    )
    return list(islice(found, _NOTICES_LOOKED_AT))


def tasks_of(query: Query, kb: KnowledgeBase) -> list[Unit]:
    """The tasks of the tables that are meant; of a year, only that year's own."""
    years = query.scope.years
    units = (u for u in units_of(query, kb, "task") if isinstance(u.fact, Task))
    return [u for u in units if not years or u.notice.year in years]


def by_notice(units: Iterable[Unit]) -> dict[Notice, list[Unit]]:
    out: dict[Notice, list[Unit]] = {}
    for unit in units:
        out.setdefault(unit.notice, []).append(unit)
    return out


def line_of(unit: Unit) -> str:
    """A task by number and title, an item by its number and heading, anything else by name."""
    fact = unit.fact
    if isinstance(fact, Task):
        return of_tasks.task_line(fact)
    if isinstance(fact, Clause):
        return f"{unit.label[len(section_of(unit.label)) :]}{fact.heading}"
    return f"· {say.target(fact)}" if unit.kind == "target" else f"· {unit.name}"  # type: ignore[arg-type]


def table_of(notice: Notice) -> str:
    """The label of the table that the notice's tasks stand in."""
    return notice.tasks[0].clause.split(" ", 1)[0]


def section_of(label: str) -> str:
    return label.split("（", 1)[0]


def around(labels: Sequence[str]) -> list[str]:
    """`附件 任务4、附件 任务20` is told as `附件 任务4、任务20`; many as the attachment alone."""
    if len(labels) > _MOST_NAMED:
        return [labels[0].split(" ", 1)[0]]
    return [labels[0], *(x.split(" ", 1)[-1] for x in labels[1:])]


def option(notice: Notice, question: str) -> MenuItem:
    """The same question of another notice, as a button."""
    return MenuItem(notice.short, f"{notice.short}{question}")


def told(
    lines: Sequence[str],
    notice: Notice,
    labels: Sequence[str],
    query: Query,
    kb: KnowledgeBase,
    menu: Sequence[MenuItem] = (),
    named: Sequence[str] | None = None,
) -> Answer:
    """The list with its source; `named` are the labels that the source names, if not all."""
    block = ("\n".join(lines), cited(notice, named or labels, query.scope, kb))
    places = [*labels, *(x for x in named or () if x not in labels and _is_place(x, notice))]
    citations = tuple(Citation(notice.id, notice.doc_number, x) for x in dict.fromkeys(places))
    return Answer("answer", pages([block], ROOM), citations, tuple(menu[:3]), ask="list")


def _is_place(label: str, notice: Notice) -> bool:
    """Whether a notice has a clause of that label: 任务4 is short for one."""
    return any(clause.label == label for clause in notice.clauses)


def narrowed(
    units: Sequence[Unit],
    what: Callable[[Notice], str],
    query: Query,
    kb: KnowledgeBase,
    besides: Callable[[Unit], Sequence[str]] = lambda unit: (),
) -> Answer | None:
    """The tasks of the first notice that is meant, counted, each with the lines that go `besides`
    it; None without any."""
    if not units:
        return None
    first = in_order(by_notice(units), query.scope, kb)[0]
    mine = [u for u in units if u.notice is first]
    lines = [of_tasks.count_tasks(len(mine), what(first))]
    for unit in mine:
        lines += [line_of(unit), *besides(unit)]
    labels = [u.label for u in mine]
    return told(lines, first, labels, query, kb, (), around(labels))


def lacking(lacks: str, near: str, notice: Notice, query: Query, kb: KnowledgeBase) -> Answer:
    """A table that has no such task: said, with what it is."""
    found = told([lacks, near], notice, [table_of(notice)], query, kb)
    text = f"{found.pages[0]}\n{say.to_staff()}"
    return Answer("refuse", (text,), found.citations, lacks=lacks)
