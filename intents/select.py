"""Which units may answer a query: hard constraints first, then cover among what is left.

A question about another year or place is more alike to a notice than a right one with a typo, so
no score can tell them apart (MEASURED.md 3.4). Years, places, names and numbers are therefore
conditions that a unit meets or not; only the words that remain are scored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from intents.query import Query, Scope
from knowledge.lexicon import Aspect
from knowledge.model import Attachment, Clause, Deadline, Notice, Period, Task
from knowledge.regions import NATION
from knowledge.search import Hit
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

# How well each kind of unit answers each kind of question; a kind that is absent does not.
_FITS: dict[Aspect, dict[UnitKind, float]] = {
    "deadline": {"deadline": 1.0, "period": 0.85, "task": 0.8},
    "period": {"period": 1.0, "deadline": 0.8, "task": 0.7},
    "when": {"deadline": 1.0, "period": 1.0, "task": 0.8},
    "over": {"deadline": 1.0, "period": 1.0, "task": 0.7},
    "who": {"task": 1.0, "clause": 1.0},
    "contact": {"contact": 1.0},
    "where": {"deadline": 1.0},
    "attachment": {"attachment": 1.0},
    "columns": {"attachment": 1.0},
    "target": {"target": 1.0},
    "document": {"head": 1.0},
}
_OPEN: dict[UnitKind, float] = {
    "clause": 1.0, "task": 1.0, "faq": 1.0, "target": 0.95, "attachment": 0.9, "deadline": 0.85,
    "period": 0.85, "head": 0.8, "contact": 0.6,
}  # fmt: skip
Keep = Callable[[Unit], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A unit with how well it answers: `hit.cover` is the share of the subject that it holds."""

    hit: Hit
    score: float

    @property
    def unit(self) -> Unit:
        return self.hit.unit

    @property
    def cover(self) -> float:
        return self.hit.cover


def meets(unit: Unit, scope: Scope, kb: KnowledgeBase) -> bool:
    """Whether the unit stands where the question asks."""
    return (
        (not scope.notices or unit.notice.id in scope.notices)
        and (not scope.years or any(_of_year(unit, year, kb) for year in scope.years))
        and (
            not scope.regions or all(_of_region(unit, place, scope, kb) for place in scope.regions)
        )
        and (scope.campaign is None or _of_campaign(unit, scope.campaign, kb))
        and (scope.level is None or (unit.notice.region == NATION) == (scope.level == "national"))
        and (not scope.labels or unit.label in scope.labels)
        and (scope.task is None or unit.label.endswith(f"任务{scope.task}"))
        and (not scope.months or _in_months(unit, scope.months))
    )


def typed(query: Query, ask: Aspect, kb: KnowledgeBase, limit: int = 12) -> list[Found]:
    """The facts that can answer `ask` within the scope, best first."""
    fits = _FITS.get(ask, {})

    def keep(unit: Unit) -> bool:
        return unit.kind in fits and answers(unit, ask) and meets(unit, query.scope, kb)

    return _ranked(query, keep, fits, kb, limit)


def opened(query: Query, kb: KnowledgeBase, limit: int = 8) -> list[Found]:
    """Units of any kind within the scope, best first."""
    return _ranked(query, lambda unit: meets(unit, query.scope, kb), _OPEN, kb, limit)


def anywhere(query: Query, kb: KnowledgeBase, limit: int = 3) -> list[Found]:
    """The nearest known things when no year, place or name is asked of them."""
    loose = replace(query, scope=Scope(campaign=query.scope.campaign))
    return opened(loose, kb, limit) or opened(replace(query, scope=Scope()), kb, limit)


def answers(unit: Unit, ask: Aspect) -> bool:
    """Whether the unit holds a value of the kind that is asked for."""
    fact = unit.fact
    if ask in ("deadline", "period", "when", "over") and isinstance(fact, Task):
        return fact.completion is not None
    if ask == "who":
        return isinstance(fact, Task | Clause) and bool(fact.departments)
    if ask == "where":
        return isinstance(fact, Deadline) and bool(fact.to or fact.via)
    if ask == "columns":
        return isinstance(fact, Attachment) and bool(fact.columns or fact.basics)
    return True


def in_force_of(kb: KnowledgeBase, region: str) -> tuple[Notice, ...]:
    """Notices that hold in a region, newest first."""
    lineage = kb.regions.lineage(region)
    return tuple(n for n in kb.notices if n.region in lineage)


def _ranked(
    query: Query, keep: Keep, fits: dict[UnitKind, float], kb: KnowledgeBase, limit: int
) -> list[Found]:
    if not query.segments:
        units = [unit for unit in kb.units if keep(unit)]
        return [Found(Hit(u, fits[u.kind], 1.0, ()), fits[u.kind]) for u in units][:limit]
    hits = kb.index.search(query.segments, keep, limit)
    found = [Found(hit, hit.score * fits[hit.unit.kind]) for hit in hits]
    return sorted(found, key=lambda f: -f.score)


def _of_year(unit: Unit, year: int, kb: KnowledgeBase) -> bool:
    return unit.notice.year == year or f"{year}年" in kb.text_of(unit)


def _of_region(unit: Unit, place: str, scope: Scope, kb: KnowledgeBase) -> bool:
    if unit.notice.id in scope.notices:
        return True
    return unit.notice.region in kb.regions.lineage(place)[:-1] or place in kb.text_of(unit)


def _of_campaign(unit: Unit, campaign: str, kb: KnowledgeBase) -> bool:
    return unit.notice.campaign == campaign or kb.canonical(campaign) in kb.text_of(unit)


def _in_months(unit: Unit, months: tuple[int, ...]) -> bool:
    fact = unit.fact
    if isinstance(fact, Deadline):
        return fact.due is not None and fact.due.month in months
    if isinstance(fact, Period):
        return any(d is not None and d.month in months for d in (fact.start, fact.end))
    return True
