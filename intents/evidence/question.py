"""A query made ready to be held against many units: its characters with what each weighs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import mul

from intents.evidence.looks import Looks, looks_of
from intents.query import Query
from knowledge.askings import Alike
from knowledge.leanings import Leaning
from knowledge.search import LITTLE, pairs
from knowledge.snapshot import KnowledgeBase

# A character that no unit knows weighs this share of the rarest that one does. Little words say
# next to nothing, light words not much; what only the thesaurus connects counts less than a word.
_UNKNOWN, _OF_LITTLE, _LIGHT, _RELATED = 0.7, 0.12, 0.2, 0.75
# From this share of the greatest rarity on, a related word says all that it can.
_TELLING = 0.6


@dataclass(frozen=True, slots=True)
class Relation:
    """A stretch of the question, and what each of the notices' words for it says, up to 1."""

    start: int
    end: int
    words: Sequence[tuple[str, float]]

    def within(self, words: str) -> Relation:
        """With no related words but those that stand in `words`: it tells of each part of them
        what the whole does, in less time."""
        return Relation(self.start, self.end, [two for two in self.words if two[0] in words])


@dataclass(frozen=True)
class Question:
    """`text` is the subject's segments in one row, a blank between them; `weights` go with its
    characters. `pairs` are (pair, where it starts). `unknown` is the share of the weight that
    stands nowhere. `head` is where the noun stands that the question is about, `sought` what is
    asked whether it is there.
    `alike`: how much it is like known askings; `leaning`: where it leans by all of them together.
    `looks` is how the things asked for look."""

    query: Query
    alike: Alike
    leaning: Leaning
    looks: Looks
    text: str
    weights: Sequence[float]
    pairs: Sequence[tuple[str, int]]
    relations: Sequence[Relation]
    total: float
    unknown: float
    head: slice
    sought: Sequence[slice]

    def covered(self, words: str | frozenset[str]) -> list[float]:
        """1 for each character that is part of a pair that stands in `words`, else 0."""
        return self.held([two for two in self.pairs if two[0] in words])

    def held(self, pairs: Sequence[tuple[str, int]]) -> list[float]:
        """1 for each character that is part of one of these pairs, else 0."""
        out = [0.0] * len(self.text)
        for _, at in pairs:
            out[at] = out[at + 1] = 1.0
        return out

    def held_softly(
        self, held: Sequence[float], relations: Sequence[Relation], words: str
    ) -> Sequence[float]:
        """`held`, and how far each other character is told by a related word in `words`."""
        if not relations:
            return held
        soft = list(held)
        for one in relations:
            best = max((says for word, says in one.words if word in words), default=0.0)
            for at in range(one.start, one.end) if best else ():
                soft[at] = max(soft[at], best)
        return soft

    def share(self, held: Sequence[float]) -> float:
        """The share of what is asked, if each character is held so far."""
        return self.weight(held) / self.total if self.total else 0.0

    def weight(self, held: Sequence[float]) -> float:
        """What is asked, weighed by how far each character is held."""
        there: float = sum(map(mul, self.weights, held))
        return there

    @cached_property
    def said(self) -> frozenset[str]:
        """Its pairs."""
        return frozenset(pair for pair, _ in self.pairs)

    @cached_property
    def telling(self) -> Sequence[bool]:
        """Of each character whether it says anything."""
        return [char not in LITTLE and char != " " for char in self.text]


def prepared(query: Query, kb: KnowledgeBase) -> Question:
    """The query's segments with what their characters weigh in this snapshot."""
    text = " ".join(query.segments)
    two = [(pair, at) for at, pair in enumerate(pairs(text)) if " " not in pair]
    rarest = _rarest(kb)
    rarity = {at: rare for pair, at in two if (rare := kb.index.rarity(pair))}
    weights = _weights(text, rarity, rarest, kb)
    relations = [
        Relation(found.start, found.end, [(w, says(w, kb)) for w in found.words])
        for found in kb.related.found_in(text)
    ]
    known = [False] * len(text)
    for at in rarity:
        known[at] = known[at + 1] = True
    for one in relations:
        if any(size for _, size in one.words):
            known[one.start : one.end] = [True] * (one.end - one.start)
    total = sum(weights)
    unknown = sum(w for w, yes in zip(weights, known, strict=True) if not yes)
    share = unknown / total if total else 0.0
    return Question(
        query,
        kb.askings.alike(query.text),
        kb.askings.leaning(query.text),
        looks_of(query),
        text,
        weights,
        two,
        relations,
        total,
        share,
        _head(query, text),
        [slice(at, at + len(part)) for part in query.sought if (at := text.find(part)) >= 0],
    )


def _weights(text: str, rarity: dict[int, float], rarest: float, kb: KnowledgeBase) -> list[float]:
    weights = []
    for at, char in enumerate(text):
        near = max(rarity.get(at - 1, 0.0), rarity.get(at, 0.0)) or rarest * _UNKNOWN
        weights.append(0.0 if char == " " else near * (_OF_LITTLE if char in LITTLE else 1.0))
    for start, end in kb.light.spans(text):
        for at in range(start, end):
            weights[at] *= _LIGHT
    return weights


@lru_cache(maxsize=4096)
def says(word: str, kb: KnowledgeBase) -> float:
    """How much a related word says: one that stands in most units says little; in none, 0."""
    found = max(map(kb.index.rarity, pairs(word)), default=0.0)
    return _RELATED * min(1.0, found / _rarest(kb) / _TELLING)


def _rarest(kb: KnowledgeBase) -> float:
    return math.log(len(kb.units) + 2)


def _head(query: Query, text: str) -> slice:
    """Y of "X的Y" in the last segment, else the last two characters."""
    if not query.segments:
        return slice(0)
    last = query.segments[-1]
    of = last.rfind("的")
    size = len(last) - of - 1 if 0 <= of < len(last) - 2 else 2
    return slice(max(len(text) - size, 0), len(text))
