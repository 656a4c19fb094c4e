"""How a question and a unit meet as to notice, year, place, campaign and clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intents.evidence.question import Question
from intents.evidence.words import names_of
from intents.query import Query
from intents.select import in_time
from knowledge.model import Clause, Deadline, Notice, Period
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Piece = tuple[str, float]


def of(query: Query, unit: Unit, kb: KnowledgeBase) -> Iterator[Piece]:
    scope, notice = query.scope, unit.notice
    if scope.regions and not any(_is_of(notice, place, kb) for place in scope.regions):
        yield "of another place", 1.0
        yield f"of another place, asks {query.asks[0] if query.asks else 'none'}", 1.0
    if (scope.months or scope.days) and not in_time(unit, scope, kb):
        yield "another time", 1.0
    yield "newest", 1.0 - kb.rank(notice) / max(len(kb.notices), 2)
    if scope.years:
        yield ("of that year" if notice.year in scope.years else "year only told"), 1.0
    if scope.campaign is not None:
        own = notice.campaign == scope.campaign
        yield ("of the campaign" if own else "campaign only told"), 1.0
    yield "pointed at", float(scope.pointed)
    if isinstance(unit.fact, Clause):
        yield "section", float(len(unit.label) < 3 and unit.kind == "clause")
    if isinstance(unit.fact, Deadline | Period) and query.dated:
        yield "date for a date", 1.0
    yield f"kind {unit.kind}", 1.0


def of_notices(
    question: Question, notices: Iterable[Notice], kb: KnowledgeBase
) -> dict[Notice, dict[str, float]]:
    """What speaks for each notice as a whole: the share of what is asked that stands in its title
    and names, and anywhere in it; and how far it is behind the notice that fits best."""
    several = list(notices)
    told = kb.index.told((pair for pair, _ in question.pairs), several)
    shares = {
        notice: (
            question.share(question.covered(names_of(notice, kb))),
            question.share(question.covered(names_of(notice, kb) | pairs)),
        )
        for notice, pairs in zip(several, told, strict=True)
    }
    title = max((share[0] for share in shares.values()), default=0.0)
    whole = max((share[1] for share in shares.values()), default=0.0)
    return {
        notice: {
            "in title": in_title,
            "behind in title": title - in_title,
            "in notice": in_notice,
            "behind in notice": whole - in_notice,
        }
        for notice, (in_title, in_notice) in shares.items()
    }


def _is_of(notice: Notice, place: str, kb: KnowledgeBase) -> bool:
    return notice.region in kb.regions.lineage(place)[:-1]
