"""The index over all units: a shortlist for a question, and what no unit has ever heard of.

All is counted in pairs of characters: a word segmenter gains nothing, and a name of three
characters is found by its beginning as by its end. What no unit holds is as telling as what one
does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from knowledge.corpus import Batch, Corpus, Numbers, batches
from knowledge.facets import ANYWHERE, Facets, Where
from knowledge.model import Notice
from knowledge.postings import Postings
from knowledge.regions import Regions
from knowledge.units import Unit

# The rarity from which a pair says what is asked for: it stands in less than half of the units.
_TELLING = math.log(3)
LITTLE = frozenset(
    "的了是在要有和与或及把被将对给让就也都还又再得着过到从向往于其之为以么个些等上下里"
    "前后去来想能会叫用好很太最更吗呢吧啊嘛呀哦我你他她它们咱俺这那哪谁啥咋怎什不没帮请问说看干"
    "弄搞几多少一二三四五六七八九十跟才该算行当而且并已曾正只每各该儿样次张份搞"
)
"""They say next to nothing about what is asked, whether a unit holds them or not."""


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
            for run in _runs(s, self._strange(s))
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

    def _strange(self, segment: str) -> list[bool]:
        """Of each character whether no unit holds it with a neighbour."""
        known = [False, *map(self.knows, pairs(segment)), False]
        return [not (known[i] or known[i + 1]) for i in range(len(segment))]

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
