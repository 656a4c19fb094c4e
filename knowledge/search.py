"""Search by cover: how much of what was asked stands in a unit, rare words counting more.

A question is cut into segments of content. Each of its characters is covered by a unit, if one
of the two character pairs that it is part of stands in the unit. What no unit covers is as
telling as what is covered: it is what the knowledge base has never heard of.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.facets import ANYWHERE, Where
from knowledge.units import Unit

_SHORTLIST = 24
# What a character of an unknown word weighs, as a share of the rarest known one.
_UNKNOWN = 0.6
# The rarity from which a pair says what is asked for: it stands in less than half of the units.
_TELLING = math.log(3)
# Little words say next to nothing about what is asked, whether a unit holds them or not.
_OF_LITTLE = 0.12
LITTLE = frozenset(
    "的了是在要有和与或及把被将对给让就也都还又再得着过到从向往于其之为以么个些等上下里"
    "前后去来想能会叫用好很太最更吗呢吧啊嘛呀哦我你他她它们咱俺这那哪谁啥咋怎什不没帮请问说看干"
    "弄搞几多少一二三四五六七八九十跟才该算行当而且并已曾正只每各该儿样次张份搞"
)
# How much a name that is wholly asked for counts over one that is only touched.
_NAME_BONUS = 0.12


@dataclass(frozen=True, slots=True)
class Hit:
    """`cover` in 0..1 is the weighted share of the question that the unit holds.

    `named` is the share of the unit's own name that the question holds, and `score` adds a small
    bonus for it; `missing` are the parts of the question that the unit does not hold.
    """

    unit: Unit
    score: float
    cover: float
    named: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of the question with its pairs and what each of its characters weighs."""

    text: str
    pairs: Sequence[str]
    weights: Sequence[float]


def pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


class Index:
    """Postings of character pairs over all units; `canonical` brings text to one wording."""

    def __init__(self, units: Sequence[Unit], canonical: Callable[[str], str]) -> None:
        self.units = tuple(units)
        self._grams: list[dict[str, float]] = []
        self._names: list[frozenset[str]] = []
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, unit in enumerate(self.units):
            grams: dict[str, float] = {}
            for text, weight in unit.texts:
                for pair in pairs(canonical(text)):
                    grams[pair] = max(weight, grams.get(pair, 0.0))
            self._grams.append(grams)
            self._names.append(frozenset(pairs(canonical(unit.name))))
            for pair, weight in grams.items():
                postings[pair].append((number, weight))
        self._postings = dict(postings)
        total = len(self.units) + 1
        self._rarity = {p: math.log(1 + total / len(hits)) for p, hits in postings.items()}
        self._most_rare = math.log(1 + total)

    def knows(self, pair: str) -> bool:
        return pair in self._postings

    def rarity(self, pair: str) -> float:
        """How telling a pair is; 0 for one that no unit holds."""
        return self._rarity.get(pair, 0.0)

    def is_telling(self, text: str) -> bool:
        """Whether any pair of `text` is not all over the knowledge base (知识产权 is)."""
        return any(self._rarity.get(pair, _TELLING) >= _TELLING for pair in pairs(text))

    def unknown(self, segments: Iterable[str]) -> tuple[str, ...]:
        """The runs of characters that stand in no unit at all."""
        return tuple(
            run
            for s in segments
            for run in _runs(s, [near is None for near in self._near(s)])
            if any(char not in LITTLE for char in run)
        )

    def search(
        self,
        segments: Sequence[str],
        keep: Callable[[Unit], bool],
        limit: int = 8,
        where: Where = ANYWHERE,
    ) -> list[Hit]:
        """The units that `keep` lets through, best first; ties in the order of the notices."""
        asked = [_Segment(s, pairs(s), self._weights_of(s)) for s in segments]
        rough: dict[int, float] = defaultdict(float)
        for pair in {pair for segment in asked for pair in segment.pairs}:
            rarity = self._rarity.get(pair, 0.0)
            for number, weight in self._postings.get(pair, ()):
                rough[number] += rarity * weight
        hits: list[Hit] = []
        for number in sorted(rough, key=lambda n: (-rough[n], n)):
            if keep(self.units[number]):
                hits.append(self._measure(number, asked))
                if len(hits) == _SHORTLIST:
                    break
        hits.sort(key=lambda hit: -hit.score)
        return hits[:limit]

    def _near(self, segment: str) -> list[float | None]:
        """The rarity around each character; None where no unit holds it with a neighbour."""
        rarity = [self._rarity.get(pair) for pair in pairs(segment)]
        near: list[float | None] = []
        for i in range(len(segment)):
            known = [r for r in rarity[max(i - 1, 0) : i + 1] if r is not None]
            near.append(max(known) if known else None)
        return near

    def _weights_of(self, segment: str) -> list[float]:
        """What each character of a question weighs."""
        return [
            (self._most_rare * _UNKNOWN if near is None else near)
            * (_OF_LITTLE if char in LITTLE else 1.0)
            for char, near in zip(segment, self._near(segment), strict=True)
        ]

    def _measure(self, number: int, asked: Sequence[_Segment]) -> Hit:
        grams = self._grams[number]
        total = held = 0.0
        missing: list[str] = []
        for segment in asked:
            lacks = []
            left = 0.0
            there = [grams.get(pair, 0.0) for pair in segment.pairs]
            there.append(0.0)
            for weight, right in zip(segment.weights, there, strict=True):
                best = left if left > right else right
                total += weight
                held += weight * best
                lacks.append(best == 0.0)
                left = right
            missing += _runs(segment.text, lacks)
        cover = held / total if total else 0.0
        name = self._names[number]
        mine = sum(pair in name for segment in asked for pair in set(segment.pairs))
        named = min(mine / len(name), 1.0) if name else 0.0
        score = cover + _NAME_BONUS * named
        return Hit(self.units[number], score, cover, named, tuple(missing))


def _runs(segment: str, marks: Sequence[bool]) -> list[str]:
    """The stretches of `segment` that are marked."""
    runs: list[str] = []
    start: int | None = None
    for i, marked in enumerate([*marks, False]):
        if marked and start is None:
            start = i
        elif not marked and start is not None:
            runs.append(segment[start:i])
            start = None
    return runs
