"""How a question and a unit meet as to notice, year, place, campaign and clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intents.evidence.looks import HANDS_IN
from intents.evidence.question import Question
from intents.evidence.words import names_of
from intents.query import Query
from intents.select import in_time
from knowledge.model import Clause, Deadline, Notice, Period
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Piece = tuple[str, float]
_HANDED_IN = frozenset(pairs("工作方案"))


@dataclass(frozen=True, slots=True)
class About:
    """What speaks for all units of a notice; `beyond` are the weights of the question's
    characters, 0 where the notice's names say them already."""

    found: Mapping[str, float]
    beyond: Sequence[float]


def of(query: Query, unit: Unit, kb: KnowledgeBase) -> dict[str, float]:
    scope, fact = query.scope, unit.fact
    found = {f"kind {unit.kind}": 1.0}
    if (scope.months or scope.days) and not in_time(unit, scope, kb):
        found["another time"] = 1.0
    if unit.kind == "clause" and len(unit.label) < 3 and isinstance(fact, Clause):
        found["section"] = 1.0
    if query.dated and isinstance(fact, Deadline | Period):
        found["date for a date"] = 1.0
    return found


def of_notices(
    question: Question, notices: Iterable[Notice], kb: KnowledgeBase
) -> dict[Notice, About]:
    """What speaks for each notice as a whole: how it meets the scope; the share of what is asked
    that stands in its title and names, and anywhere in it; and how far it is behind the notice
    that fits best."""
    several = list(notices)
    told = kb.index.told((pair for pair, _ in question.pairs), several)
    named = [question.covered(_names_of(notice, question.query, kb)) for notice in several]
    titles = list(map(question.share, named))
    wholes = [
        question.share(question.covered(names_of(notice, kb) | pairs))
        for notice, pairs in zip(several, told, strict=True)
    ]
    title, whole = max(titles, default=0.0), max(wholes, default=0.0)
    return {
        notice: About(
            {
                **dict(_of_scope(question.query, notice, kb)),
                "in title": in_title,
                "behind in title": title - in_title,
                "in notice": in_notice,
                "behind in notice": whole - in_notice,
            },
            [0.0 if said else w for w, said in zip(question.weights, held, strict=True)],
        )
        for notice, held, in_title, in_notice in zip(several, named, titles, wholes, strict=True)
    }


def _names_of(notice: Notice, query: Query, kb: KnowledgeBase) -> frozenset[str]:
    """The pairs of its names; a plan that is handed in (方案几号报) is none of them, though the
    notice be called one."""
    names = names_of(notice, kb)
    return names - _HANDED_IN if HANDS_IN.search(query.text) else names


def _of_scope(query: Query, notice: Notice, kb: KnowledgeBase) -> Iterator[Piece]:
    """How the notice meets what the question names."""
    scope = query.scope
    if scope.regions and not any(_is_of(notice, place, kb) for place in scope.regions):
        yield "of another place", 1.0
        yield f"of another place, asks {query.asks[0] if query.asks else 'none'}", 1.0
    yield "newest", 1.0 - kb.rank(notice) / max(len(kb.notices), 2)
    if scope.years:
        yield ("of that year" if notice.year in scope.years else "year only told"), 1.0
    if scope.campaign is not None:
        own = notice.campaign == scope.campaign
        yield ("of the campaign" if own else "campaign only told"), 1.0
    yield "pointed at", float(scope.pointed)


def _is_of(notice: Notice, place: str, kb: KnowledgeBase) -> bool:
    return notice.region in kb.regions.lineage(place)[:-1]
