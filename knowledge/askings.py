"""Known askings: questions as people put them, with the places that answer them.

A question that is put much like a known one most likely asks for the same place, or for what no
notice holds either. The golden questions are where they come from; `zhixing kb tune` writes those
that may be learnt from to asked.json, and every notice brings its own.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.distinct import different
from knowledge.leanings import Leaning, Leanings, Place, grams, learnt
from knowledge.question import Golden

Keys = NDArray[np.uint64]

# Less alike than this says nothing.
_LEAST = 0.2
# A single character that stands in so great a share of the questions tells none of them apart.
_COMMON = 0.08
_REMEMBERED = 256
# From so many askings on it is known how people ask of a notice.
_WELL_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """A known question with the places that answer it; none where no notice does."""

    question: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """How much a question is like known ones, 0 to 1, by the place that answers them; `silent` by
    those that no notice answers, `answered` by any other."""

    places: Mapping[Place, float] = field(default_factory=dict)
    silent: float = 0.0

    @property
    def answered(self) -> float:
        return max(self.places.values(), default=0.0)


@dataclass(frozen=True, slots=True)
class _Grams:
    """The different grams of askings in the order of their `keys`, with their `codes`. Those of
    code c stand in the askings `rows[ends[c - 1] : ends[c]]`, in their order, with what each weighs
    there: its own rarity twice, once for either side, over the asking's length. `squares` are the
    rarities, squared."""

    keys: Keys
    codes: NDArray[np.uint32]
    ends: Sequence[int]
    rows: NDArray[np.unsignedinteger]
    weights: NDArray[np.float64]
    squares: Sequence[float]

    def found(self, grams: Iterable[str]) -> list[int | None]:
        """The code of each; None for one that stands in no asking."""
        asked = _keys(grams)
        if not len(self.keys):
            return [None] * len(asked)
        places = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        known = self.keys[places] == asked
        codes = self.codes[places].tolist()
        return [code if here else None for code, here in zip(codes, known.tolist(), strict=True)]


class Askings:
    """Known askings, made ready to be compared with. `canonicals` brings them to one wording.

    Alike are texts that share rare pairs of characters and rare characters: the cosine of their
    weights. What is made of the askings is made when it is first needed.
    """

    def __init__(
        self,
        asked: Sequence[Asking],
        canonicals: Callable[[Iterable[str]], Sequence[str]],
        leanings: Leanings | None = None,
    ) -> None:
        self.all = tuple(asked)
        self._canonicals = canonicals
        self._leanings = leanings
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._compared)
        self._leant = lru_cache(maxsize=_REMEMBERED)(self._leaning_of)

    def without(self, questions: frozenset[str]) -> Askings:
        """All but these, as they are to be judged by the others."""
        kept = [asking for asking in self.all if asking.question not in questions]
        return Askings(kept, self._canonicals)

    @cached_property
    def notices(self) -> frozenset[str]:
        """The notices of which it is well known how people ask."""
        asked = Counter(notice for asking in self.all for notice, _ in set(asking.places))
        return frozenset(notice for notice, count in asked.items() if count >= _WELL_KNOWN)

    def alike(self, text: str) -> Alike:
        """How much canonical `text` is like the known askings."""
        return self._remembered(text)

    def leaning(self, text: str) -> Leaning:
        """Where canonical `text` leans, by all known askings together."""
        return self._leant(text)

    def _leaning_of(self, text: str) -> Leaning:
        return self.leanings.of(text)

    @cached_property
    def leanings(self) -> Leanings:
        """As they were learnt before, or else of these askings."""
        if self._leanings is not None:
            return self._leanings
        return learnt(self._texts(), [asking.places for asking in self.all])

    def _compared(self, text: str) -> Alike:
        if not self.all:
            return Alike()
        made, unheard, total = self._made, self._rare(0) ** 2, 0.0
        held: list[slice] = []
        different = list(dict.fromkeys(grams(text)))
        for gram, code in zip(different, made.found(different), strict=True):
            total += unheard if code is None else made.squares[code]
            if code is not None:
                start, end = made.ends[code - 1] if code else 0, made.ends[code]
                if len(gram) > 1 or end - start <= self._common:
                    held.append(slice(start, end))
        if not held or not total:
            return Alike()
        rows = np.concatenate([made.rows[span] for span in held])
        sizes = np.concatenate([made.weights[span] for span in held])
        sums = np.bincount(rows, sizes, len(self.all)) / math.sqrt(total)
        return self._by_place(sums)

    @cached_property
    def _common(self) -> float:
        """In how many askings a character stands at most that tells any of them apart."""
        return max(_COMMON * len(self.all), 1.0)

    def _by_place(self, sums: NDArray[np.float64]) -> Alike:
        places: dict[Place, float] = {}
        silent = 0.0
        like = np.flatnonzero(sums >= _LEAST)
        for row, size in zip(like.tolist(), sums[like].tolist(), strict=True):
            here = self.all[row].places
            if not here:
                silent = max(silent, size)
            for place in here:
                if size > places.get(place, 0.0):
                    places[place] = size
        return Alike(places, silent)

    def _rare(self, count: int) -> float:
        return math.log((len(self.all) + 1) / (count + 0.5))

    def _texts(self) -> Sequence[str]:
        return self._canonicals(asking.question for asking in self.all)

    @cached_property
    def _made(self) -> _Grams:
        numbers: dict[str, int] = {}
        codes, sizes = array("q"), []
        for one in map(grams, self._texts()):
            sizes.append(len(one))
            codes.extend(numbers.setdefault(gram, len(numbers)) for gram in one)
        rows = np.repeat(np.arange(len(sizes)), sizes)
        each = different(rows * len(numbers) + np.array(codes, np.int64))
        rows, held = np.divmod(each, max(len(numbers), 1))
        counts = np.bincount(held, minlength=len(numbers))
        squares = np.log((len(self.all) + 1) / (counts + 0.5)) ** 2
        lengths = np.sqrt(np.bincount(rows, squares[held], len(self.all)))
        rows = rows[np.argsort(held, kind="stable")]
        weights = np.repeat(squares, counts) / lengths[rows]
        ends, told = array("q", np.cumsum(counts).tobytes()), array("d", squares.tobytes())
        keys = _keys(numbers)
        order = np.argsort(keys)
        narrow = rows.astype(np.min_scalar_type(len(self.all)))
        return _Grams(keys[order], order.astype(np.uint32), ends, narrow, weights, told)


def _keys(grams: Iterable[str]) -> Keys:
    """A number for each gram, which is of one character or two."""
    return np.array(
        [ord(gram[0]) << 32 | ord(gram[-1]) * (len(gram) - 1) for gram in grams], np.uint64
    )


def asking_of(golden: Golden, home: str | None) -> Asking | None:
    """What a golden question teaches of how its place is asked for; None where it teaches nothing:
    what is said in a talk, asks two things or may be taken in several ways."""
    if golden.context or golden.both:
        return None
    if golden.kinds == ("refuse",):
        return Asking(golden.q)
    if golden.kinds[0] != "answer" or not golden.clauses:
        return None
    return Asking(golden.q, tuple(place_of(clause, home) for clause in golden.clauses))


@lru_cache(maxsize=4096)
def place_of(clause: str, home: str | None) -> Place:
    """`notice-id#label`, or the bare label of the notice `home`. Many askings have one place."""
    notice, found, label = clause.partition("#")
    return (notice, label) if found else (home or "", notice)
