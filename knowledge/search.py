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

from knowledge.units import Unit

_SHORTLIST = 48
# What a character of an unknown word weighs, as a share of the rarest known one.
_UNKNOWN = 0.6
# Little words say next to nothing about what is asked, whether a unit holds them or not.
_OF_LITTLE = 0.12
LITTLE = frozenset(
    "的了是在要有和与或及把被将对给让就也都还又再得地着过到从向往于其之为以么个些等上下里内外"
    "前后去来想能会叫用好很太最更吗呢吧啊嘛呀哦我你他她它们咱俺这那哪谁啥咋怎什不没帮请问说看干"
    "弄搞几多少一二三四五六七八九十跟才该算行当而且并已曾正只每各该儿样点次张份搞"
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

    def unknown(self, segments: Iterable[str]) -> tuple[str, ...]:
        """The runs of characters that stand in no unit at all."""
        return tuple(
            run
            for s in segments
            for run in _runs(s, [w is None for w in self._weights(s)])
            if any(char not in LITTLE for char in run)
        )

    def search(
        self, segments: Sequence[str], keep: Callable[[Unit], bool], limit: int = 8
    ) -> list[Hit]:
        """The units that `keep` lets through, best first; ties in the order of the notices."""
        rough: dict[int, float] = defaultdict(float)
        asked = [pair for segment in segments for pair in pairs(segment)]
        for pair in asked:
            rarity = self._rarity.get(pair, 0.0)
            for number, weight in self._postings.get(pair, ()):
                rough[number] += rarity * weight
        kept = [n for n in sorted(rough, key=lambda n: (-rough[n], n)) if keep(self.units[n])]
        weights = [self._weights(segment) for segment in segments]
        hits = [self._measure(n, segments, weights, set(asked)) for n in kept[:_SHORTLIST]]
        hits.sort(key=lambda hit: -hit.score)
        return hits[:limit]

    def _weights(self, segment: str) -> list[float | None]:
        """The weight of each character; None where no unit holds it in its neighbourhood."""
        rarity = [self._rarity.get(pair) for pair in pairs(segment)]
        weights: list[float | None] = []
        for i in range(len(segment)):
            near = [r for r in rarity[max(i - 1, 0) : i + 1] if r is not None]
            weights.append(max(near) if near else None)
        return weights

    def _measure(
        self,
        number: int,
        segments: Sequence[str],
        weights: Sequence[Sequence[float | None]],
        asked: set[str],
    ) -> Hit:
        grams = self._grams[number]
        total = held = 0.0
        missing: list[str] = []
        for segment, ws in zip(segments, weights, strict=True):
            there = [grams.get(pair, 0.0) for pair in pairs(segment)]
            lacks = []
            for i, weight in enumerate(ws):
                w = self._most_rare * _UNKNOWN if weight is None else weight
                w *= _OF_LITTLE if segment[i] in LITTLE else 1.0
                best = max(there[max(i - 1, 0) : i + 1], default=0.0)
                total += w
                held += w * best
                lacks.append(best == 0.0)
            missing += _runs(segment, lacks)
        cover = held / total if total else 0.0
        name = self._names[number]
        named = len(name & asked) / len(name) if name else 0.0
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
