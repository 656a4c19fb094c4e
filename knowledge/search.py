"""Search by cover: how much of what was asked stands in a unit, rare words counting more.

A question is cut into segments of content. Each of its characters is covered by a unit, if one
of the two character pairs that it is part of stands in the unit. What no unit covers is as
telling as what is covered: it is what the knowledge base has never heard of.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from knowledge.corpus import Batch, Corpus, Numbers, batches
from knowledge.facets import ANYWHERE, Facets, Where
from knowledge.model import Notice
from knowledge.postings import Postings
from knowledge.regions import Regions
from knowledge.units import NAME, Unit

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
    """The units of all notices; `canonical` brings text to one wording."""

    def __init__(
        self,
        notices: Sequence[Notice],
        units: Sequence[Unit],
        regions: Regions,
        canonical: Callable[[str], str],
    ) -> None:
        """`units` stand in the order of the notices."""
        self.units = units
        written: list[Batch] = []
        self._postings = Postings(_kept(batches(units, canonical), written), len(units))
        self.corpus = Corpus(written)
        years = (told for batch in written for told in batch.years())
        self.facets = Facets(notices, units, regions, years, lambda c: self._holding(canonical(c)))
        self._most_rare = math.log(2 + len(units))

    def knows(self, pair: str) -> bool:
        return self._postings.row(pair) is not None

    def rarity(self, pair: str) -> float:
        """How telling a pair is; 0 for one that no unit holds."""
        row = self._postings.row(pair)
        return 0.0 if row is None else self._postings.rarity(row)

    def is_telling(self, text: str) -> bool:
        """Whether any pair of `text` is not all over the knowledge base (知识产权 is)."""
        return any(not self.knows(pair) or self.rarity(pair) >= _TELLING for pair in pairs(text))

    def unknown(self, segments: Iterable[str]) -> tuple[str, ...]:
        """The runs of characters that stand in no unit at all."""
        return tuple(
            run
            for s in segments
            for run in _runs(s, [near is None for near in self._near(s)])
            if any(char not in LITTLE for char in run)
        )

    def shortlist(
        self,
        segments: Sequence[str],
        keep: Callable[[Unit], bool],
        limit: int,
        where: Where = ANYWHERE,
    ) -> list[Unit]:
        """At most `limit` units that `keep` lets through and that share the most and rarest pairs
        with the segments; ties in the order of the notices."""
        known = self._known(pair for segment in segments for pair in pairs(segment))
        numbers = self._postings.shortlist(list(known.values()), self.facets.sieve(where))
        units = (self.units[number] for number in numbers.tolist())
        return list(islice(filter(keep, units), limit))

    def search(
        self,
        segments: Sequence[str],
        keep: Callable[[Unit], bool],
        limit: int = 8,
        where: Where = ANYWHERE,
    ) -> list[Hit]:
        """The units that `keep` lets through, best first; ties in the order of the notices."""
        asked = [_Segment(s, pairs(s), self._weights_of(s)) for s in segments]
        known = self._known(pair for segment in asked for pair in segment.pairs)
        rows = list(known.values())
        numbers = self._postings.shortlist(rows, self.facets.sieve(where))
        kept = list(islice((n for n in numbers.tolist() if keep(self.units[n])), _SHORTLIST))
        held = self._postings.weights(rows, np.array(kept, np.uint32)).T.tolist()
        hits = [
            self._measure(number, asked, dict(zip(known, weights, strict=True)))
            for number, weights in zip(kept, held, strict=True)
        ]
        hits.sort(key=lambda hit: -hit.score)
        return hits[:limit]

    def _near(self, segment: str) -> list[float | None]:
        """The rarity around each character; None where no unit holds it with a neighbour."""
        rarity = [self.rarity(pair) or None for pair in pairs(segment)]
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

    def told(self, asked: Iterable[str], notices: Sequence[Notice]) -> Sequence[frozenset[str]]:
        """For each notice, which of these pairs its units tell themselves."""
        known = self._known(asked)
        spans = [self.facets.span(notice.id) for notice in notices]
        flags = self._postings.told(
            list(known.values()), [first for first, _ in spans], [behind for _, behind in spans]
        )
        return [
            frozenset(pair for pair, here in zip(known, column, strict=True) if here)
            for column in flags.T.tolist()
        ]

    def _holding(self, name: str) -> Numbers:
        """The units that may hold the name."""
        asked = set(pairs(name))
        known = self._known(asked)
        return self._postings.holding(list(known.values()) if len(known) == len(asked) else ())

    def _known(self, asked: Iterable[str]) -> dict[str, int]:
        """The pairs that stand in any unit, with what the engine knows them by."""
        rows = ((pair, self._postings.row(pair)) for pair in asked)
        return {pair: row for pair, row in rows if row is not None}

    def _measure(self, number: int, asked: Sequence[_Segment], grams: Mapping[str, float]) -> Hit:
        """`grams`: what each pair that is asked for weighs in the unit."""
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
        mine = sum(grams.get(p) == NAME for segment in asked for p in set(segment.pairs))
        pairs_of_name = self._postings.named(number)
        named = min(mine / pairs_of_name, 1.0) if pairs_of_name else 0.0
        score = cover + _NAME_BONUS * named
        return Hit(self.units[number], score, cover, named, tuple(missing))


def _kept(batches: Iterable[Batch], kept: list[Batch]) -> Iterator[Batch]:
    """The same, one by one, and into a list."""
    for batch in batches:
        kept.append(batch)
        yield batch


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
