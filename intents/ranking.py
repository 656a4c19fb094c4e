"""Candidates for the answer to a query, best first, and whether the best is good enough to say.

Hard constraints first (`select.meets`): a year, place or name that is not met excludes a unit
whatever its words. Among what is left, learnt weights of the evidence decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from intents.evidence import Evidence, evidence
from intents.evidence.place import of_notices
from intents.evidence.question import Question, prepared
from intents.evidence.silence import silence
from intents.evidence.value import LACKS
from intents.proof import lacks_detail
from intents.query import Query
from intents.select import FITS, Keep, answers, within
from intents.where import where
from knowledge.lexicon import Aspect
from knowledge.scoring import Weights
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

# Of what is asked besides, a place holds hardly anything.
_HARDLY = 0.3
# What may be asked of any place at all.
_OF_ALL: tuple[tuple[Aspect, ...], ...] = ((), ("content",), ("list",), ("target",))
_OPEN_LIST, _TYPED_LIST = 12, 5
# Places that were asked for so much alike are looked at whatever their words.
_ASKED_ALIKE, _MOST_ALIKE = 0.45, 3
# Of a notice that the question points to, so many units are looked at.
_MOST_OF_ONE = 60
# So much alike, a known question is the same one.
_ASKED_MUCH_ALIKE = 0.75
# Without words, what stands further behind is not looked at.
_LOOKED_AT = 5_000
# How far a candidate is behind the best in these is evidence as well; in some that it is the best.
_ALIKE, _LEANS = "asked alike", "leans"
_COMPARED = {
    name: f"behind in {name}"
    for name in ("own", "soft", "cover", "sentence", "named", _LEANS, "rest")
}
_LED = {name: f"first in {name}" for name in (_LEANS, _ALIKE, "cover", "soft", "rest")}
# What known questions say of a place.
ASKED_OF = frozenset((_ALIKE, _LEANS, _COMPARED[_LEANS], _LED[_ALIKE], _LED[_LEANS]))


@dataclass(frozen=True)
class Candidate:
    """A unit with what speaks for it, and what that counts. `lacks`: it does not hold the very
    thing asked for, so that it can be the nearest thing known, but no answer."""

    unit: Unit
    evidence: Evidence
    weights: Weights
    lacks: bool = False

    @cached_property
    def score(self) -> float:
        return _sum(self.weights.answer, self.evidence)


@dataclass(frozen=True, slots=True)
class Ranked:
    """`candidates` may answer, `near` includes what lacks the thing asked for; best first.
    `silent` is the sum of what speaks for saying nothing, on the scale of the scores, which is
    that of `weights`."""

    candidates: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    silent: float
    silence: Evidence
    weights: Weights

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


@lru_cache(maxsize=256)
def ranked(query: Query, kb: KnowledgeBase) -> Ranked:
    """All candidates within the scope, best first; ties in the order of the notices."""
    question = prepared(query, kb)
    units = _shortlist(query, kb)
    if not units and query.segments and (query.scope.months or query.scope.days):
        # A date in the question need not be one that is asked for: 3月做的质押登记.
        anytime = replace(query.scope, months=(), days=())
        units = _shortlist(replace(query, scope=anytime), kb)
    found = weighed(question, units, kb)
    weights = weights_for(question, found, kb)
    if weights is not kb.scoring:
        found = [replace(one, weights=weights) for one in found]
    near = sorted(found, key=lambda c: -c.score)
    candidates = tuple(one for one in near if not one.lacks)
    quiet = silence(question, [c.evidence for c in candidates], kb)
    silent = _sum(weights.silence, quiet) + weights.margin
    return Ranked(candidates, tuple(near), silent, quiet, weights)


def weights_for(question: Question, found: Sequence[Candidate], kb: KnowledgeBase) -> Weights:
    """What the evidence counts. Where the words alone point to a notice that nobody has asked of
    yet, how others were asked of says nothing, but to who is asked much alike."""
    new, known = kb.scoring.newcomers, kb.askings.notices
    able = [one for one in found if not one.lacks] or found
    if new is None or all(one.unit.notice.id in known for one in able):
        return kb.scoring
    best = max(able, key=lambda one: _sum(new.answer, one.evidence))
    alike = max((s for p, s in question.alike.places.items() if p[0] in known), default=0.0)
    return kb.scoring if best.unit.notice.id in known or alike >= _ASKED_MUCH_ALIKE else new


def weighed(question: Question, units: Iterable[Unit], kb: KnowledgeBase) -> list[Candidate]:
    """The units with what speaks for them, whether or not they are within the scope."""
    units = list(units)
    about = of_notices(question, dict.fromkeys(unit.notice for unit in units), kb)
    found = [evidence(question, unit, about[unit.notice], kb) for unit in units]
    lacks = [
        bool(LACKS & one.keys())
        or lacks_detail(unit, question.query)
        or _is_another_matter(unit, question.query, one)
        for unit, one in zip(units, found, strict=True)
    ]
    _let_in(_ALIKE, units, found, kb)
    _let_in(_LEANS, units, found, kb)
    able = [one for one, no in zip(found, lacks, strict=True) if not no]
    for name in _COMPARED.keys() | _LED.keys():
        _compare(name, found, max((one.get(name, 0.0) for one in able), default=0.0))
    return [
        Candidate(unit, one, kb.scoring, no)
        for unit, one, no in zip(units, found, lacks, strict=True)
    ]


def _is_another_matter(unit: Unit, query: Query, found: Evidence) -> bool:
    """Whether a notice's head shares no more with the question than what the notice is called, and
    nobody has asked alike for it."""
    if unit.kind != "head" or not query.segments or query.asks[:1] not in _OF_ALL:
        return False
    if found.get("rest is little") or found.get(_ALIKE, 0.0) >= _HARDLY:
        return False
    return found.get("rest", 0.0) < _HARDLY


def _compare(name: str, found: Iterable[dict[str, float]], best: float) -> None:
    behind, first = _COMPARED.get(name), _LED.get(name)
    for one in found if best else ():
        less = best - one.get(name, 0.0)
        if less <= 0 and first is not None:
            one[first] = 1.0
        elif less > 0 and behind is not None:
            one[behind] = less


def _let_in(
    name: str, units: Sequence[Unit], found: Sequence[dict[str, float]], kb: KnowledgeBase
) -> None:
    """How often a notice was asked of does not put it before its like: of the same campaign, or of
    a new notice, what holds as much of the words as the place that was asked for most alike is as
    alike."""
    asked = max(range(len(found)), key=lambda at: found[at].get(name, 0.0), default=None)
    if asked is None or name not in found[asked]:
        return
    most, campaign = found[asked], units[asked].notice.campaign
    for unit, one in zip(units, found, strict=True):
        like = name == _ALIKE and campaign is not None and unit.notice.campaign == campaign
        if not like and unit.notice.id in kb.askings.notices:
            continue
        if unit.notice is not units[asked].notice and one.get("soft", 0.0) >= most.get("soft", 0.0):
            one[name] = max(one.get(name, 0.0), most[name])


def _sum(weights: Mapping[str, float], found: Evidence) -> float:
    total, weight_of = 0.0, weights.get
    for name, size in found.items():
        total += weight_of(name, 0.0) * size
    return total


def _shortlist(query: Query, kb: KnowledgeBase) -> list[Unit]:
    """Units that share words with the question, and those of the kind that is asked for."""
    keep = within(query.scope, kb)
    if not query.segments:
        return _without_words(query, keep, kb)
    related = {
        word
        for segment in query.segments
        for found in kb.related.found_in(segment)
        for word in found.words
    }
    asked = [*query.segments, *sorted(related)]
    place = where(query.scope)
    units = kb.index.shortlist(asked, keep, _OPEN_LIST, place)
    for ask in query.asks[:2]:
        fits = FITS.get(ask, frozenset())

        def fit(unit: Unit, ask: Aspect = ask, fits: frozenset[UnitKind] = fits) -> bool:
            return unit.kind in fits and answers(unit, ask) and keep(unit)

        units += kb.index.shortlist(asked, fit, _TYPED_LIST, replace(place, kinds=tuple(fits)))
    found = list(dict.fromkeys([*units, *filter(keep, _asked_alike(query, kb))]))
    return list(dict.fromkeys([*found, *filter(keep, _of_newcomer(found, query, kb))]))


def _of_newcomer(found: Sequence[Unit], query: Query, kb: KnowledgeBase) -> Iterator[Unit]:
    """All of the notice that the question points to, where nobody has asked of it yet: in what
    words people ask for its places is not known, and no word of theirs need stand there."""
    named = [kb.notice(one) for one in query.scope.notices]
    for notice in named or [unit.notice for unit in found[:1]]:
        if notice.id not in kb.askings.notices:
            yield from kb.units_of(notice)[:_MOST_OF_ONE]


def _asked_alike(query: Query, kb: KnowledgeBase) -> Iterator[Unit]:
    """What answers known questions that are put much alike."""
    alike = kb.askings.alike(query.text).places
    places = sorted((p for p, size in alike.items() if size >= _ASKED_ALIKE), key=alike.__getitem__)
    for notice, label in places[-_MOST_ALIKE:]:
        told = kb.get(notice)
        yield from (unit for unit in kb.units_of(told) if unit.label == label) if told else ()


def _without_words(query: Query, keep: Keep, kb: KnowledgeBase) -> list[Unit]:
    """Where the question has no subject, what its scope holds of the kinds that it asks for."""
    kinds = dict.fromkeys(kind for ask in query.asks for kind in FITS.get(ask, frozenset()))
    place = where(query.scope, *(() if query.scope.pointed else sorted(kinds)))
    return list(islice(filter(keep, islice(kb.units_at(place), _LOOKED_AT)), 2 * _OPEN_LIST))
