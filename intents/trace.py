"""Why a message was answered as it was: what was understood, and what stood nearest.

Pure, and for people who look over the answers: nothing that users see is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import get_args

from intents.answer import Way, way_of
from intents.evidence import Evidence
from intents.evidence.question import prepared
from intents.lists.operators import reading
from intents.moment import Moment
from intents.query import Query, Scope
from intents.ranking import Candidate, ranked, weighed
from intents.recognise import need_in
from intents.respond import Decided, Rule
from intents.select import meets
from intents.together import told_apart
from intents.turn import Reply
from knowledge.lexicon import Aspect, Operator
from knowledge.scoring import Weights
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

_OF_THE_ASKER = ("today", "home")
_MOST, _MOST_PIECES = 5, 8
_ASKS_ONLY: Operator = "asking"

Pieces = tuple[tuple[str, float], ...]
"""(piece of evidence, what it counted), heaviest first."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that might have been told, with the evidence for it.

    `fails` names the parts of the scope that it does not meet: whatever its `score`, it is not
    told then; nor if it `lacks` the very thing that is asked for. `missing` are the stretches of
    the subject that its own words do not hold.
    """

    notice: str
    clause: str
    kind: UnitKind
    score: float
    evidence: Pieces
    missing: tuple[str, ...]
    fails: tuple[str, ...]
    lacks: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a question, and what stood near.

    `text` is in the notices' words. `scope` and `beside` hold (name, value) of what the answer must
    meet; `operators` are what the question does with what it names; `need` is the key task of the
    need that was read, "?" for a need of no task. `way` is how it is answered as a question, None
    where it is refused, or answered for a wider place.

    Where `way` is "evidence" a place is told if its score is above `silent`, the sum of `silence`.
    `candidates` are the best ones within the scope, `outside` those that would be near if the scope
    asked for less, `expected` those that were asked to be looked at.
    """

    text: str
    subject: tuple[str, ...]
    asks: tuple[Aspect, ...]
    operators: tuple[Operator, ...]
    scope: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str], ...]
    need: str | None
    way: Way | None
    silent: float
    silence: Pieces
    candidates: tuple[Place, ...]
    outside: tuple[Place, ...]
    expected: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What was decided: `rules` took the message, one after the other, and made `reply`, which is
    not cut to any platform's length. `asked` is what the last of them looked at: each question of
    several, nothing where it looked at no words."""

    rules: tuple[Rule, ...]
    reply: Reply
    asked: tuple[Understood, ...]


def trace(found: Decided, expected: Sequence[tuple[str, str]] = ()) -> Trace:
    """Why it was decided so. `expected` are (notice, clause) that should have been told: how they
    looked to it is part of the trace."""
    moments = [] if found.moment is None else [found.moment]
    if found.moment is not None and found.rules[-1] == "several":
        moments = told_apart(found.moment)
    asked = tuple(_understood(moment, expected) for moment in moments)
    return Trace(found.rules, found.turn.reply, asked)


def _understood(moment: Moment, expected: Sequence[tuple[str, str]]) -> Understood:
    kb, query = moment.kb, moment.query
    query = query.of(query.scope.asked_on(moment.today))
    need, found = need_in(moment.text, kb), ranked(query, kb)
    there = _there(query, kb, expected, found.weights)
    return Understood(
        text=query.text,
        subject=query.segments,
        asks=query.asks,
        operators=tuple(_operators(query, kb)),
        scope=tuple((part, _shown(getattr(query.scope, part))) for part in _given(query.scope)),
        beside=tuple(_beside(query)),
        need=None if need is None else (need.task or "?"),
        way=way_of(query, kb, moment.today),
        silent=round(found.silent, 3),
        silence=_pieces(found.silence, found.weights.silence),
        candidates=tuple(_place(one, query, kb) for one in found.near[:_MOST]),
        outside=tuple(_place(one, query, kb) for one in _outside(query, kb)),
        expected=tuple(_place(one, query, kb) for one in there),
    )


def _outside(query: Query, kb: KnowledgeBase) -> list[Candidate]:
    """What the words alone would find, and the scope keeps out."""
    if query.scope.empty:
        return []
    anywhere = ranked(query.of(query.scope.loosened()), kb).near
    return [one for one in anywhere if _failed(one.unit, query.scope, kb)][:_MOST]


def _operators(query: Query, kb: KnowledgeBase) -> Iterator[Operator]:
    read = reading(query, kb)
    known: tuple[Operator, ...] = get_args(Operator)
    return (one for one in known if one != _ASKS_ONLY and read.has(one))


def _place(one: Candidate, query: Query, kb: KnowledgeBase) -> Place:
    return Place(
        one.unit.notice.id,
        one.unit.label,
        one.unit.kind,
        round(one.score, 3),
        _pieces(one.evidence, one.weights.answer),
        tuple(_missing(query.segments, kb.text_of(one.unit))),
        _failed(one.unit, query.scope, kb),
        one.lacks,
    )


def _there(
    query: Query, kb: KnowledgeBase, places: Sequence[tuple[str, str]], weights: Weights
) -> Iterator[Candidate]:
    """The best unit of each of the places, whatever the question's scope."""
    question = prepared(query, kb)
    for notice, label in places:
        units = [unit for unit in kb.units_of(kb.notice(notice)) if unit.label == label]
        if units:
            found = [replace(one, weights=weights) for one in weighed(question, units, kb)]
            yield max(found, key=lambda one: one.score)


def _pieces(found: Evidence, weights: Mapping[str, float]) -> Pieces:
    counted = ((name, round(size * weights.get(name, 0.0), 2)) for name, size in found.items())
    return tuple(sorted(counted, key=lambda piece: -abs(piece[1]))[:_MOST_PIECES])


def _missing(segments: Iterable[str], text: str) -> Iterator[str]:
    """The stretches of which no pair of characters stands in `text`."""
    for segment in segments:
        held = [pair in text for pair in pairs(segment)]
        kept = (
            char if not any(held[max(i - 1, 0) : i + 1]) else " " for i, char in enumerate(segment)
        )
        yield from "".join(kept).split()


def _given(scope: Scope) -> tuple[str, ...]:
    """The parts of the scope that say anything."""
    names = (field.name for field in fields(Scope) if field.name not in _OF_THE_ASKER)
    return tuple(name for name in names if getattr(scope, name) not in (None, ()))


def _failed(unit: Unit, scope: Scope, kb: KnowledgeBase) -> tuple[str, ...]:
    """Each condition by itself: which of them the unit does not meet."""
    apart = scope.loosened()
    return tuple(
        part
        for part in _given(scope)
        if not meets(unit, replace(apart, **{part: getattr(scope, part)}), kb)
    )


def _beside(query: Query) -> Iterable[tuple[str, str]]:
    """What narrows the answer further than its scope."""
    for name in ("values", "outside", "departments", "duty", "measure"):
        if value := getattr(query, name):
            yield name, _shown(value)
    if query.continues:
        yield "continues", "yes"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_shown, value))
    return str(value)
