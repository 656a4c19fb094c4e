"""Which units may answer a query: hard constraints first, then cover among what is left.

A question about another year or place is more alike to a notice than a right one with a typo, so
no score can tell them apart (MEASURED.md 3.4). Years, places, names and numbers are therefore
conditions that a unit meets or not; only the words that remain are scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date

from intents.lists.sections import task_items
from intents.lists.subject import spelled
from intents.query import Scope
from intents.where import where
from knowledge.inforce import is_issued, outdone, serves
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.model import Attachment, Clause, Contact, Deadline, Notice, Period, Task
from knowledge.normalise import number as to_number
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

# The kinds of units that hold what is asked for as a typed fact.
FITS: Mapping[Aspect, frozenset[UnitKind]] = {
    "deadline": frozenset(("deadline", "period", "task")),
    "period": frozenset(("period", "deadline", "target")),
    "when": frozenset(("deadline", "period", "task")),
    "over": frozenset(("deadline", "period")),
    "who": frozenset(("task", "clause", "contact", "deadline")),
    "contact": frozenset(("contact",)),
    "where": frozenset(("deadline",)),
    "attachment": frozenset(("attachment",)),
    "columns": frozenset(("attachment",)),
    "target": frozenset(("target",)),
    "document": frozenset(("head", "clause")),
    "list": frozenset(("target",)),
}
_ITEM = late("[一二三四五六七八九十]+（([一二三四五六七八九十]+)）")
Keep = Callable[[Unit], bool]


def meets(unit: Unit, scope: Scope, kb: KnowledgeBase) -> bool:
    """Whether the unit stands where the question asks."""
    if scope.absent is not None or not is_there(unit.notice, scope, kb):
        return False
    return (
        (not scope.notices or unit.notice.id in scope.notices)
        and (not scope.years or any(_of_year(unit, year, kb) for year in scope.years))
        and (not scope.regions or _of_regions(unit, scope, kb))
        and (scope.campaign is None or _of_campaign(unit, scope.campaign, kb))
        and (scope.level is None or _of_level(unit, scope))
        and (not scope.labels or unit.label in scope.labels)
        and (scope.task is None or _is_task(unit, scope.task, kb))
        and (scope.item is None or _is_item(unit, scope.item, kb))
        and in_time(unit, scope, kb)
    )


def in_time(unit: Unit, scope: Scope, kb: KnowledgeBase) -> bool:
    """Whether the unit's dates are in the months and on the days that the question names; what
    has none by nature is."""
    if isinstance(unit.fact, Contact | Attachment):
        return True
    return (not scope.months or _in_months(unit, scope.months, kb)) and (
        not scope.days or _on_days(unit, scope.days, kb)
    )


def met(scope: Scope, kb: KnowledgeBase, *kinds: UnitKind) -> Iterator[Unit]:
    """All units of these kinds, or of any, that meet the scope, in the order of the notices."""
    return (unit for unit in kb.units_at(where(scope, *kinds)) if meets(unit, scope, kb))


def is_there(notice: Notice, scope: Scope, kb: KnowledgeBase) -> bool:
    """Whether the notice is there for the asker at all: issued by today, and no other division's
    than theirs. Who names a notice, or its year or place, is told of it all the same."""
    if notice.id in scope.notices:
        return True
    early = scope.today is not None and not is_issued(notice, scope.today)
    if early and notice.year not in scope.years:
        return False
    return bool(scope.regions) or serves(notice.region, scope.home, kb.regions)


def behind(scope: Scope, kb: KnowledgeBase) -> Container[str]:
    """Ids of the notices that another one goes before, for this asker and this day."""
    if scope.today is None or scope.notices or len(scope.years) > 1 or len(scope.regions) > 1:
        return frozenset()
    place = next(iter(scope.regions), scope.home)
    year = next(iter(scope.years), None)
    return outdone(kb, scope.today, place, year, bool(scope.regions))


def in_order(notices: Iterable[Notice], scope: Scope, kb: KnowledgeBase) -> list[Notice]:
    """Newest first, but what another one goes before behind all others."""
    last = behind(scope, kb)
    return sorted(notices, key=lambda n: (n.id in last, kb.rank(n)))


def answers(unit: Unit, ask: Aspect) -> bool:
    """Whether the unit holds a value of the kind that is asked for."""
    fact = unit.fact
    if ask in ("deadline", "period", "when", "over") and isinstance(fact, Task):
        return fact.completion is not None
    if ask == "who" and isinstance(fact, Task | Clause):
        return bool(fact.departments)
    if ask == "who" and isinstance(fact, Deadline):
        return bool(fact.who)
    if ask == "document" and unit.kind == "clause":
        return unit.label == "落款"
    if ask == "where":
        return isinstance(fact, Deadline) and bool(fact.to or fact.via)
    if ask == "columns":
        return isinstance(fact, Attachment) and bool(fact.columns or fact.basics)
    return True


def within(scope: Scope, kb: KnowledgeBase) -> Keep:
    if scope.empty:
        return lambda unit: is_there(unit.notice, scope, kb)
    return lambda unit: meets(unit, scope, kb)


def _of_year(unit: Unit, year: int, kb: KnowledgeBase) -> bool:
    """The notice's year, or one that the unit speaks of; the ends of a span are not meant."""
    if unit.notice.year == year:
        return True
    text = kb.text_of(unit)
    return f"{year}年" in text and bool(re.search(rf"(?<![-—–~至\d]){year}年", text))


def _of_regions(unit: Unit, scope: Scope, kb: KnowledgeBase) -> bool:
    """A question that names several years compares notices: then any of its places will do."""
    if unit.notice.id in scope.notices or len(scope.years) > 1:
        return True
    return all(unit.notice.region in kb.regions.lineage(place)[:-1] for place in scope.regions)


def _of_level(unit: Unit, scope: Scope) -> bool:
    """A question that names several years compares notices: then either issuer will do. Within a
    notice that is named, 省里的 says whose part is meant."""
    if scope.notices or len(scope.years) > 1:
        return True
    return (unit.notice.region == NATION) == (scope.level == "national")


def _is_task(unit: Unit, number: int, kb: KnowledgeBase) -> bool:
    """Task N of a table, or item N of the section of key tasks."""
    if unit.label.endswith(f" 任务{number}"):
        return True
    if unit.notice.tasks or "（" not in unit.label:
        return False
    items = task_items(unit.notice, kb)
    return 1 <= number <= len(items) and unit.label == items[number - 1]


def _is_item(unit: Unit, number: int, kb: KnowledgeBase) -> bool:
    """Task N, or in a notice without tasks the clause that is numbered （N） through."""
    if _is_task(unit, number, kb):
        return True
    if unit.notice.tasks or _item_number(unit.label) != number:
        return False
    return [c.label for c in unit.notice.clauses if _item_number(c.label) == number] == [unit.label]


def _item_number(label: str) -> int | None:
    match = _ITEM.fullmatch(label)
    return to_number(match[1]) if match else None


def _on_days(unit: Unit, days: tuple[tuple[int, int], ...], kb: KnowledgeBase) -> bool:
    fact = unit.fact
    dates: tuple[date | None, ...] = ()
    if isinstance(fact, Deadline):
        dates = (fact.due,)
    elif isinstance(fact, Period):
        dates = (fact.start, fact.end)
    if dates:
        return any(d is not None and (d.month, d.day) in days for d in dates)
    return all(f"{month}月{day}日" in kb.text_of(unit) for month, day in days)


def _of_campaign(unit: Unit, campaign: str, kb: KnowledgeBase) -> bool:
    return unit.notice.campaign == campaign or spelled(campaign, kb) in kb.text_of(unit)


def _month_of(deadline: Deadline) -> int | None:
    """The month that the notice gives, also where it leaves the year open (`--07-31`)."""
    if deadline.due is not None:
        return deadline.due.month
    given = deadline.open or ""
    return int(given[2:4]) if given.startswith("--") else None


def _in_months(unit: Unit, months: tuple[int, ...], kb: KnowledgeBase) -> bool:
    fact = unit.fact
    if isinstance(fact, Deadline):
        return _month_of(fact) in months
    if isinstance(fact, Period):
        return any(d is not None and d.month in months for d in (fact.start, fact.end))
    return any(re.search(rf"(?<!\d){month}月", kb.text_of(unit)) for month in months)
