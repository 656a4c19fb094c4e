"""Why a message was answered as it was: what was understood, and what stood nearest.

Pure, and for people who look over the answers: nothing that users see is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from intents.conversation import Conversation
from intents.moment import Moment
from intents.proof import holds
from intents.query import Query, Scope
from intents.recognise import need_in
from intents.select import Found, anywhere, meets, opened
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit, UnitKind

_OF_THE_ASKER = ("today", "home")
PROOF = "proof"
"""The failed condition of a place that lacks the very thing that is asked for."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that might have been told: `cover` in 0..1 is the share of the subject it holds.

    `fails` names the parts of the scope that it does not meet, and `PROOF`; `missing` are the
    words of the subject that it does not hold.
    """

    notice: str
    clause: str
    kind: UnitKind
    cover: float
    score: float
    missing: tuple[str, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """`scope` holds (name, value) of what was asked about where and when; `need` the key task."""

    text: str
    subject: tuple[str, ...]
    asks: tuple[str, ...]
    scope: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str], ...]
    need: str | None
    candidates: tuple[Candidate, ...]
    expected: tuple[Candidate, ...]


def trace(
    conversation: Conversation,
    text: str,
    kb: KnowledgeBase,
    now: datetime,
    expected: Sequence[tuple[str, str]] = (),
) -> Trace:
    """What `respond` made of `text` in `conversation`; `expected` are (notice, clause) that it
    should have told: how they looked to it is part of the trace."""
    query = Moment(conversation, text, kb, now).query
    query = replace(query, scope=replace(query.scope, today=now.date()))
    need = need_in(text, kb)
    near = dict.fromkeys(f.unit for f in (*opened(query, kb), *anywhere(query, kb)))
    found = {f.unit: f for f in (*anywhere(query, kb), *opened(query, kb))}
    return Trace(
        text=query.text,
        subject=query.segments,
        asks=query.asks,
        scope=tuple((part, _shown(getattr(query.scope, part))) for part in _given(query.scope)),
        beside=tuple(_beside(query)),
        need=None if need is None else (need.task or "?"),
        candidates=_candidates((found[unit] for unit in list(near)[:_MOST]), query, kb),
        expected=_candidates(_there(query, kb, expected), query, kb),
    )


def _candidates(found: Iterable[Found], query: Query, kb: KnowledgeBase) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            f.unit.notice.id,
            f.unit.label,
            f.unit.kind,
            round(f.cover, 3),
            round(f.score, 3),
            f.hit.missing,
            (*_failed(f.unit, query.scope, kb), *(() if holds(f, query, kb) else (PROOF,))),
        )
        for f in found
    )


def _there(query: Query, kb: KnowledgeBase, places: Sequence[tuple[str, str]]) -> Iterable[Found]:
    """The best unit of each of the places, whatever the question's scope."""
    for notice, label in places:
        scope = replace(query.scope.loosened(notices=(notice,)), labels=(label,))
        yield from opened(replace(query, scope=scope), kb)[:1]


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
