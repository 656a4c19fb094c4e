"""What tells the places of one notice apart: words that are rare within it.

Where it is not known how people ask of a notice, its own words must do. What it is about stands
all over it and says little of which place is meant.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intents.evidence.question import Question
from intents.evidence.words import Words, words_of
from knowledge.model import Notice
from knowledge.search import LITTLE, pairs
from knowledge.snapshot import KnowledgeBase

# What only the thesaurus can find in the notice weighs this share of its rarest words.
_RELATED = 0.5
_OF_LITTLE, _LIGHT = 0.12, 0.3


@dataclass(frozen=True, slots=True)
class Local:
    """What each of the question's characters weighs within the notice, and all of them."""

    weights: Sequence[float]
    total: float


def of_notice(question: Question, notice: Notice, kb: KnowledgeBase) -> Local:
    """How much of the question each of its characters is, for this notice."""
    rare, most = _rarities(notice, kb)
    weights = [0.0] * len(question.text)
    for one in question.relations:
        if any(says for _, says in one.words):
            weights[one.start : one.end] = [_RELATED * most] * (one.end - one.start)
    for pair, at in question.pairs:
        size = rare.get(pair, 0.0)
        weights[at] = max(weights[at], size)
        weights[at + 1] = max(weights[at + 1], size)
    for at, char in enumerate(question.text):
        weights[at] *= _OF_LITTLE if char in LITTLE else 1.0
    for start, end in kb.light.spans(question.text):
        for at in range(start, end):
            weights[at] *= _LIGHT
    return Local(weights, sum(weights))


def of(question: Question, local: Local, words: Words) -> dict[str, float]:
    """The share that the unit holds, by its own words and by its best sentence."""
    if not local.total:
        return {}
    return {
        "local": _share(question, local, words.own),
        "local sentence": max((_share(question, local, one) for one in words.sentences), default=0),
        "local name": _share(question, local, words.name),
    }


def _share(question: Question, local: Local, words: str) -> float:
    relations = [one for one in (one.within(words) for one in question.relations) if one.words]
    held = question.held_softly(question.covered(words), relations, words)
    return sum(w * h for w, h in zip(local.weights, held, strict=True)) / local.total


@lru_cache(maxsize=256)
def _rarities(notice: Notice, kb: KnowledgeBase) -> tuple[Mapping[str, float], float]:
    """How rare each pair of the notice is among its places, and how rare one can be."""
    told: dict[str, set[str]] = {}
    for unit in kb.units_of(notice):
        told.setdefault(unit.label, set()).update(pairs(words_of(unit, kb).own))
    counts = Counter(pair for said in told.values() for pair in said)
    most = math.log((len(told) + 1) / 1.5)
    rare = {pair: math.log((len(told) + 1) / (count + 0.5)) for pair, count in counts.items()}
    return rare, most
