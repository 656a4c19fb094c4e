"""What is told of the candidates: the best, what else was asked for, and what is level with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intents.query import Query
from intents.ranking import ASKED_OF, Candidate, Ranked, ranked
from intents.select import FITS, answers, behind
from knowledge.lexicon import Aspect
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

_MOST_NOTICES, _MOST_FACTS = 3, 3
# A fact of the very same clause is told as well where it is so many times less level.
_SAME_PLACE = 3.0
_TIMES: tuple[Aspect, ...] = ("deadline", "period", "when", "over")
# Asked beside another thing, these are asked by words that many questions share.
_VAGUE: tuple[Aspect, ...] = ("list", "target", "content", "who", "attachment", "document")
_TABLE = re.compile(r"任务清单|\d\d年?的?清单")

_PLACES = ("clause", "task", "faq")
_FACTS = ("deadline", "period", "contact", "attachment", "target")


@dataclass(frozen=True, slots=True)
class Told:
    """A unit with the aspect under which it is told."""

    unit: Unit
    ask: Aspect


@dataclass(frozen=True, slots=True)
class Choice:
    """`told` best first; `others` answer nearly as well, in other notices, and are offered."""

    told: tuple[Told, ...]
    others: tuple[Unit, ...]


def chosen(query: Query, kb: KnowledgeBase) -> Choice | None:
    """What answers the query; None where nothing does well enough."""
    found = ranked(query, kb)
    candidates = _in_the_table(query, _in_force_first(query, found, kb), found.silent)
    if not candidates or candidates[0].score < found.silent:
        return None
    candidates = _facts_first(query, candidates, found.silent)
    best = candidates[0]
    if best.unit.kind in _PLACES and (_says_nothing(query, kb) or _is_strange(query, kb)):
        return None
    told = [best, *_level(query, best, candidates, kb)]
    told = _once([*told, *_also_asked(query, told, candidates, kb.scoring.level)])
    others = _elsewhere(best, candidates, told, kb)
    return Choice(tuple(Told(c.unit, aspect_of(c.unit, query)) for c in told), others)


def _in_the_table(
    query: Query, candidates: Sequence[Candidate], silent: float
) -> Sequence[Candidate]:
    """Whose something is in a table of tasks (2021年任务清单里), and not in the text around it."""
    if query.asks[:1] != ("who",) or not _TABLE.search(query.text):
        return candidates
    inside = [c for c in candidates if c.unit.kind == "task" or not c.unit.notice.tasks]
    return inside if inside and inside[0].score >= silent else candidates


def _facts_first(
    query: Query, candidates: Sequence[Candidate], silent: float
) -> Sequence[Candidate]:
    """A date is told as it is typed rather than as somebody once put it: the other notices of the
    campaign have theirs."""
    first = candidates[0]
    if first.unit.kind != "faq" or not query.asks or not set(query.asks) <= set(_TIMES):
        return candidates
    place = (first.unit.notice.id, first.unit.label)
    typed = next(
        (
            c
            for c in candidates
            if c.unit.kind in _FACTS
            and (c.unit.notice.id, c.unit.label) == place
            and _satisfies(c.unit, query.asks[0])
            and c.score >= silent
        ),
        None,
    )
    return candidates if typed is None else [typed, *(c for c in candidates if c is not typed)]


def _says_nothing(query: Query, kb: KnowledgeBase) -> bool:
    """Whether the subject stands all over the knowledge base, and nothing else is named."""
    scope = query.scope
    if not query.segments or scope.notices or scope.years or scope.regions or scope.pointed:
        return False
    return not any(map(kb.index.is_telling, query.segments))


def _is_strange(query: Query, kb: KnowledgeBase) -> bool:
    """Whether the subject is of words that no notice has, nor any that are related to them."""
    if not query.segments or any(map(any, map(kb.related.found_in, query.segments))):
        return False
    strange = kb.index.unknown(query.segments)
    return sum(map(len, strange)) >= sum(map(len, query.segments))


def _in_force_first(query: Query, found: Ranked, kb: KnowledgeBase) -> Sequence[Candidate]:
    """What another notice goes before comes behind, where that one tells nearly the same."""
    last = behind(query.scope, kb)
    best = found.best
    if best is None or best.unit.notice.id not in last or _is_bare_number(query):
        return found.candidates
    old = best.unit.notice
    instead = [
        c
        for c in found.candidates
        if c.unit.notice.id not in last
        and c.score >= max(found.silent, best.score - 2 * kb.scoring.level)
        and (
            c.unit.notice.id == old.superseded_by
            or (old.campaign is not None and c.unit.notice.campaign == old.campaign)
        )
    ]
    if not instead:
        return found.candidates
    rest = [c for c in found.candidates if c not in instead and c.unit.notice is not old]
    return [*instead, *rest]


def _level(
    query: Query, best: Candidate, candidates: Sequence[Candidate], kb: KnowledgeBase
) -> list[Candidate]:
    """Facts of the same kind that answer as well: of the same notice, or one of each other."""
    if _is_bare_number(query):
        return _so_numbered(best, candidates)
    if best.unit.kind not in _FACTS:
        return _second(query, best, candidates, kb)
    level = kb.scoring.level
    last = behind(query.scope, kb)
    out: list[Candidate] = []
    notices = {best.unit.notice}
    for other in candidates:
        below = _below(query, best, other, kb)
        if other is best or other.unit.kind != best.unit.kind or below > _SAME_PLACE * level:
            continue
        if other.unit.notice is best.unit.notice:
            near = _SAME_PLACE if other.unit.label == best.unit.label else 0.5
            if below <= near * level and len(out) + 1 < _MOST_FACTS:
                out.append(other)
        elif below > level:
            continue
        elif (
            other.unit.notice not in notices
            and len(notices) < _MOST_NOTICES
            and other.unit.notice.id not in last
        ):
            notices.add(other.unit.notice)
            out.append(other)
    return out


def _is_bare_number(query: Query) -> bool:
    """任务8谁负责: it may be that of any notice."""
    return query.scope.only_pointed and not query.segments


def _so_numbered(best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """任务8谁负责: one of each other notice that has a place of that number."""
    out = {best.unit.notice: best}
    for other in candidates:
        if other.unit.kind == best.unit.kind:
            out.setdefault(other.unit.notice, other)
    return list(out.values())[1:_MOST_NOTICES]


def _below(query: Query, best: Candidate, other: Candidate, kb: KnowledgeBase) -> float:
    """How far the other is behind. Where nothing says which notice of a campaign is meant, it does
    not matter how often each was asked of."""
    scope, campaign = query.scope, best.unit.notice.campaign
    named = scope.notices or scope.years or scope.regions or scope.level
    same = other.unit.notice is best.unit.notice or other.unit.notice.campaign != campaign
    if campaign is None or named or same:
        return best.score - other.score
    mine, its, weights = best.evidence, other.evidence, best.weights.answer
    return sum(
        weights.get(name, 0.0) * (mine.get(name, 0.0) - its.get(name, 0.0))
        for name in sorted(mine.keys() | its.keys())
        if name not in ASKED_OF
    )


def _second(
    query: Query, best: Candidate, candidates: Sequence[Candidate], kb: KnowledgeBase
) -> list[Candidate]:
    """The next place that says what is asked, where it is hardly less likely than the best."""
    last = behind(query.scope, kb)
    for other in candidates:
        if other.score < best.score - kb.scoring.level:
            break
        same = other.unit.notice is best.unit.notice and other.unit.label == best.unit.label
        if not same and other.unit.kind in _PLACES and other.unit.notice.id not in last:
            return [other]
    return []


def _also_asked(
    query: Query, told: Sequence[Candidate], candidates: Sequence[Candidate], level: float
) -> list[Candidate]:
    """What the same question asks for besides: 几号交，交给谁."""
    out: list[Candidate] = []
    place = told[0].unit
    for ask in query.asks:
        if ask in _VAGUE or any(_satisfies(c.unit, ask) for c in [*told, *out]):
            continue
        if ask in _TIMES and any(
            other in _TIMES and _satisfies(c.unit, other) for c in told for other in query.asks
        ):
            continue
        of_it = [c for c in candidates if c.unit.notice is place.notice]
        more = next((c for c in of_it if _satisfies(c.unit, ask) and c not in told), None)
        if more is not None and (more.unit.label == place.label or ask == "contact"):
            out.append(more)
            if ask in _TIMES:
                out += _beside(more, of_it, level)
    return out


def _beside(one: Candidate, candidates: Sequence[Candidate], level: float) -> list[Candidate]:
    """The other dates of the same place that are hardly less likely."""
    return [
        c
        for c in candidates
        if c is not one
        and (c.unit.kind, c.unit.label) == (one.unit.kind, one.unit.label)
        and c.score >= one.score - _SAME_PLACE * level
    ][: _MOST_FACTS - 1]


def _once(told: Sequence[Candidate]) -> list[Candidate]:
    """Without the sign-off that holds no more than the contact that is told as well."""
    contacts = {(c.unit.notice.id, c.unit.label) for c in told if c.unit.kind == "contact"}
    return [
        c
        for c in told
        if c.unit.kind != "clause" or (c.unit.notice.id, c.unit.label) not in contacts
    ]


def _satisfies(unit: Unit, ask: Aspect) -> bool:
    return unit.kind in FITS.get(ask, frozenset()) and answers(unit, ask)


def aspect_of(unit: Unit, query: Query) -> Aspect:
    """The aspect of the question that the unit satisfies; the whole of it where none."""
    for ask in query.asks:
        if _satisfies(unit, ask):
            return "content" if ask == "who" and "content" in query.asks else ask
    return "content"


def _elsewhere(
    best: Candidate, candidates: Sequence[Candidate], told: Sequence[Candidate], kb: KnowledgeBase
) -> tuple[Unit, ...]:
    """What other notices tell nearly as well, one place each."""
    shown = {c.unit.notice for c in told}
    out: dict[str, Unit] = {}
    for other in candidates:
        if other.unit.notice in shown or other.score < best.score - kb.scoring.level:
            continue
        out.setdefault(other.unit.notice.id, other.unit)
    return tuple(out.values())
