"""What speaks for saying that the notices do not hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from intents.evidence.question import Question
from knowledge.snapshot import KnowledgeBase

_SHORT, _LONG = 3, 24
# What the known questions that are answered have part in.
KNOWN = frozenset((
    "silent most alike", "answered alike", "answered alike>0.6", "leans to silence",
    "leans to silence>0.3", "leans to silence most", "leans to a place", "unknown, leans nowhere",
))  # fmt: skip

# What tells of the notices that are known that they mostly do not hold such a thing.
OF_ITS_KIND = re.compile("^(?:asks .*|value|outside|measure|departments)$")


def silence(
    question: Question, candidates: Sequence[Mapping[str, float]], kb: KnowledgeBase
) -> dict[str, float]:
    """Pieces of evidence for silence, given what the candidates hold and how other questions were
    answered; size 0 is left out."""
    query, scope = question.query, question.query.scope
    size = sum(map(len, query.segments))
    found = {
        "always": 1.0,
        "unknown": question.unknown,
        "unknown>0.3": float(question.unknown >= 0.3),
        "unknown>0.6": float(question.unknown >= 0.6),
        "no subject": float(not query.segments),
        "short": float(0 < size <= _SHORT),
        "long": min(size, _LONG) / _LONG,
        "notice named": float(bool(scope.notices)),
        "year named": float(bool(scope.years)),
        "place named": float(bool(scope.regions)),
        "campaign named": float(scope.campaign is not None),
        "nothing named": float(scope.empty),
        "common words": float(not any(map(kb.index.is_telling, query.segments))),
        f"asks {query.asks[0] if query.asks else 'none'}": 1.0,
        "departments": float(bool(query.departments)),
    }
    found.update(_known(question, candidates))
    for name, asked in (
        ("value", bool(query.values)),
        ("outside", bool(query.outside)),
        ("measure", query.measure is not None),
    ):
        held = any(f"{name} held" in one for one in candidates)
        found |= {name: float(asked), f"{name} nowhere": float(asked and not held)}
    return {name: amount for name, amount in found.items() if amount}


def _known(
    question: Question, candidates: Sequence[Mapping[str, float]]
) -> Iterator[tuple[str, float]]:
    """What known questions say: of those that are put alike, and of all of them together."""
    silent, answered = question.alike.silent, question.alike.answered
    to_silence = max(question.leaning.silent, 0.0)
    to_a_place = max((one.get("leans", 0.0) for one in candidates), default=0.0)
    yield "silent alike", silent
    yield "silent alike>0.6", float(silent > 0.6)
    yield "silent most alike", float(silent > answered)
    yield "answered alike", answered
    yield "answered alike>0.6", float(answered > 0.6)
    yield "leans to silence", to_silence
    yield "leans to silence>0.3", float(to_silence > 0.3)
    yield "leans to silence most", float(to_silence > to_a_place)
    yield "leans to a place", to_a_place
    yield "unknown, leans nowhere", question.unknown * (1 - min(to_a_place, 1.0))
