"""Which units may answer a query: hard constraints first, then cover among what is left.

A question about another year or place is more alike to a notice than a right one with a typo, so
no score can tell them apart (MEASURED.md 3.4). Years, places, names and numbers are therefore
conditions that a unit meets or not; only the words that remain are scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from intents.query import Query, Scope
from intents.sections import task_items
from intents.where import where
from knowledge.inforce import is_issued, outdone, serves
from knowledge.lexicon import Aspect
from knowledge.model import Attachment, Clause, Deadline, Notice, Period, Task
from knowledge.normalise import number as to_number
from knowledge.regions import NATION
from knowledge.search import Hit
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

# How well each kind of unit answers each kind of question; a kind that is absent does not.
FITS: dict[Aspect, dict[UnitKind, float]] = {
    "deadline": {"deadline": 1.0, "period": 0.85, "task": 0.8},
    "period": {"period": 1.0, "deadline": 0.8, "target": 0.8},
    "when": {"deadline": 1.0, "period": 1.0, "task": 0.8},
    "over": {"deadline": 1.0, "period": 1.0},
    "who": {"task": 1.0, "clause": 1.0, "contact": 0.9, "deadline": 0.75},
    "contact": {"contact": 1.0},
    "where": {"deadline": 1.0},
    "attachment": {"attachment": 1.0},
    "columns": {"attachment": 1.0},
    "target": {"target": 1.0},
    "document": {"head": 1.0, "clause": 0.95},
    "list": {"target": 1.0},
}
_OPEN: dict[UnitKind, float] = {
    "clause": 1.0, "task": 1.0, "faq": 1.0, "target": 0.95, "attachment": 0.9, "deadline": 0.85,
    "period": 0.85, "head": 0.8, "contact": 0.6,
}  # fmt: skip
_ITEM = re.compile("[一二三四五六七八九十]+（([一二三四五六七八九十]+)）")
_SECTION = re.compile("[一二三四五六七八九十]+")
_TASK, _TASK_NAMED = re.compile("任务|哪一?项|第几项|(?<!需求)清单"), 1.06
_LONG, _WHOLE_BONUS = 4, 0.1
_MOST = 8
# A clause that holds this share of the subject answers a question about it.
ENOUGH = 0.56
# What is in force is told instead of what it replaces, if it answers nearly as well.
_INSTEAD = 0.8
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
    """Whether the unit's dates are in the months and on the days that the question names."""
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


def behind(scope: Scope, kb: KnowledgeBase) -> frozenset[str]:
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


def typed(query: Query, ask: Aspect, kb: KnowledgeBase, limit: int = 12) -> list[Found]:
    """The facts that can answer `ask` within the scope, best first."""
    fits = FITS.get(ask, {})

    inside = within(query.scope, kb)

    def keep(unit: Unit) -> bool:
        return unit.kind in fits and answers(unit, ask) and inside(unit)

    return _ranked(query, keep, fits, kb, limit)


@lru_cache(maxsize=256)
def opened(query: Query, kb: KnowledgeBase) -> list[Found]:
    """Units of any kind within the scope, best first; tasks first where tasks are spoken of."""
    fits = _OPEN | {"task": _TASK_NAMED} if _TASK.search(query.text) else _OPEN
    return _ranked(query, within(query.scope, kb), fits, kb, _MOST)


def anywhere(query: Query, kb: KnowledgeBase) -> list[Found]:
    """The nearest known things: in the notice that is named, in the campaign, in all."""
    scope = query.scope
    looser = (scope.loosened(notices=scope.notices), scope.loosened(campaign=scope.campaign))
    narrow = [loose for loose in looser if not loose.empty and loose != scope]
    found = (opened(replace(query, scope=loose), kb) for loose in (*narrow, scope.loosened()))
    return next((units for units in found if units), [])


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


def _ranked(
    query: Query, keep: Keep, fits: dict[UnitKind, float], kb: KnowledgeBase, limit: int
) -> list[Found]:
    """Best first; what is behind only where nothing that goes before it answers nearly as well."""
    found = _all_ranked(query, keep, fits, kb, limit)
    last = behind(query.scope, kb)
    if not any(f.unit.notice.id in last for f in found):
        return found
    first = _all_ranked(
        query, lambda unit: unit.notice.id not in last and keep(unit), fits, kb, limit
    )
    rest = [f for f in found if f.unit.notice.id in last and not _told_by(f, first)]
    return sorted([*first, *rest], key=lambda f: -f.score)[:limit]


def _told_by(old: Found, instead: list[Found]) -> bool:
    """Whether a notice that goes before `old`'s tells the same."""
    notice = old.unit.notice
    return any(
        f.score >= _INSTEAD * old.score
        for f in instead
        if f.unit.notice.id == notice.superseded_by
        or (notice.campaign is not None and f.unit.notice.campaign == notice.campaign)
    )


def _all_ranked(
    query: Query, keep: Keep, fits: dict[UnitKind, float], kb: KnowledgeBase, limit: int
) -> list[Found]:
    if not query.segments:
        campaign = query.scope.campaign
        units = [unit for unit in kb.units_at(where(query.scope, *fits)) if keep(unit)]
        units.sort(key=lambda unit: unit.notice.campaign != campaign)
        return [Found(Hit(u, fits[u.kind], 1.0, 1.0, ()), fits[u.kind]) for u in units][:limit]
    hits = kb.index.search(query.segments, keep, limit, where(query.scope, *fits))
    found = [Found(hit, _score(hit, fits) + _whole(hit, query, kb)) for hit in hits]
    return sorted(found, key=lambda f: -f.score)


def _whole(hit: Hit, query: Query, kb: KnowledgeBase) -> float:
    """A small bonus for holding long parts of the subject word for word."""
    text = kb.text_of(hit.unit)
    total = sum(map(len, query.segments))
    held = sum(len(s) for s in query.segments if len(s) >= _LONG and s in text)
    return _WHOLE_BONUS * held / total


def _score(hit: Hit, fits: dict[UnitKind, float]) -> float:
    """A prepared answer counts as far as its question is the one that was asked; an item counts
    more than the section that only names it."""
    score = hit.score * fits[hit.unit.kind]
    if hit.unit.kind == "clause" and _SECTION.fullmatch(hit.unit.label):
        score *= 0.93
    return score * (0.55 + 0.45 * hit.named) if hit.unit.kind == "faq" else score


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
    if unit.notice.tasks:
        return False
    items = task_items(unit.notice, kb)
    return 1 <= number <= len(items) and unit.label == items[number - 1]


def _is_item(unit: Unit, number: int, kb: KnowledgeBase) -> bool:
    """Task N, or in a notice without tasks the clause that is numbered （N） through."""
    if _is_task(unit, number, kb):
        return True
    through = [c.label for c in unit.notice.clauses if _item_number(c.label) == number]
    return not unit.notice.tasks and through == [unit.label]


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
    return unit.notice.campaign == campaign or kb.canonical(campaign) in kb.text_of(unit)


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
