"""Candidates for the answer to a query, best first, and whether the best is good enough to say.

Hard constraints first (`select.meets`): a year, place or name that is not met excludes a unit
whatever its words. Among what is left, learnt weights of the evidence decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from intents.evidence import Evidence, Question, evidence, prepared, silence
from intents.query import Query
from intents.select import FITS, Keep, answers, within
from intents.where import where
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_OPEN_LIST, _TYPED_LIST = 24, 10


@dataclass(frozen=True, slots=True)
class Candidate:
    unit: Unit
    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """`silent` is the sum of what speaks for saying nothing, on the scale of the scores."""

    candidates: tuple[Candidate, ...]
    silent: float
    silence: Evidence

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


@lru_cache(maxsize=256)
def ranked(query: Query, kb: KnowledgeBase) -> Ranked:
    """All candidates within the scope, best first; ties in the order of the notices."""
    question = prepared(query, kb)
    weights = kb.scoring
    candidates = [scored(question, unit, kb) for unit in _shortlist(query, kb)]
    candidates.sort(key=lambda c: -c.score)
    quiet = silence(question, kb)
    return Ranked(tuple(candidates), _sum(weights.silence, quiet) + weights.margin, quiet)


def scored(question: Question, unit: Unit, kb: KnowledgeBase) -> Candidate:
    """The unit with what speaks for it, whether or not it is within the scope."""
    found = evidence(question, unit, kb)
    return Candidate(unit, found, _sum(kb.scoring.answer, found))


def _sum(weights: Mapping[str, float], found: Evidence) -> float:
    return sum(weights.get(name, 0.0) * size for name, size in found.items())


def _shortlist(query: Query, kb: KnowledgeBase) -> list[Unit]:
    """Units that share words with the question, and those of the kind that is asked for."""
    keep = within(query.scope, kb)
    if not query.segments:
        return _without_words(query, keep, kb)
    related = {
        word
        for segment in query.segments
        for found in kb.thesaurus.found_in(segment)
        for word in found.words
    }
    asked = [*query.segments, *sorted(related)]
    units = [hit.unit for hit in kb.index.search(asked, keep, _OPEN_LIST)]
    for ask in query.asks[:2]:
        fits = FITS.get(ask, {})

        def fit(unit: Unit, ask: str = ask, fits: Mapping[str, float] = fits) -> bool:
            return unit.kind in fits and answers(unit, ask) and keep(unit)  # type: ignore[arg-type]

        units += [hit.unit for hit in kb.index.search(asked, fit, _TYPED_LIST)]
    return list(dict.fromkeys(units))


def _without_words(query: Query, keep: Keep, kb: KnowledgeBase) -> list[Unit]:
    """Where the question has no subject, what its scope holds of the kinds that it asks for."""
    kinds = {kind for ask in query.asks for kind in FITS.get(ask, {})}
    units = []
    for unit in kb.units_at(where(query.scope)):
        if (query.scope.pointed or not kinds or unit.kind in kinds) and keep(unit):
            units.append(unit)
            if len(units) == 2 * _OPEN_LIST:
                break
    return units
