"""Which units hold which pairs of characters: the engine that finds a shortlist.

One sorted list of units for each pair, in one array: unit number * 4 + code of the weight. The
rarest pairs choose the candidates, up to a bound of work; common ones only order them. All of it
is deterministic.
"""

from __future__ import annotations

import math
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Batch, Numbers
from knowledge.distinct import different, firsts
from knowledge.facets import Sieve, among
from knowledge.units import BODY, WEIGHTS

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_WEIGHTS = np.array(WEIGHTS)
_CODE_OF_BODY = WEIGHTS.index(BODY)
_WORK = 60_000
"""Entries that are looked at to choose candidates; the list of the rarest pair always is."""
_CANDIDATES = 512
_BEGUN = 2
_WIDEST = 0xFFFF
"""Characters beyond are rare names; they are taken for one."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Of one batch: its pairs in order, and how many units hold each."""

    pairs: Numbers
    counts: NDArray[np.int64]


class Postings:
    """Immutable. `units` is how many there are; numbers of units come and go in order."""

    def __init__(self, batches: Iterable[Batch], units: int) -> None:
        self.units = units
        written = array("I")
        parts: list[_Part] = []
        for part, packed in _parts(batches):
            parts.append(part)
            written.frombytes(packed.tobytes())
        pairs = different(np.concatenate([np.empty(0, np.uint32), *(p.pairs for p in parts)]))
        counts = np.zeros(len(pairs), np.int64)
        for part in parts:
            counts[np.searchsorted(pairs, part.pairs)] += part.counts
        self._counts: list[int] = counts.tolist()
        self._rarity = [math.log(1 + (units + 1) / count) for count in self._counts]
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._packed = np.empty(int(self._starts[-1]), np.uint32)
        ends = self._starts[1:].copy()
        for part in reversed(parts):  # from the end, for there it can be given back at once
            rows = np.searchsorted(pairs, part.pairs)
            ends[rows] -= part.counts
            begin = len(written) - int(part.counts.sum())
            self._packed[_ranges(ends[rows], part.counts)] = np.array(written[begin:], np.uint32)
            del written[begin:]
        codes = pairs.tolist()
        self._rough = lru_cache(maxsize=4)(self._add_up)
        self._rows = {chr(code >> 16) + chr(code & _WIDEST): row for row, code in enumerate(codes)}

    def row(self, pair: str) -> int | None:
        """By what the engine knows a pair; None for one that no unit holds."""
        row = self._rows.get(pair)
        if row is None and (pair > "\uffff" or pair[1:] > "\uffff"):
            row = self._rows.get("".join(min(char, "\uffff") for char in pair))
        return row

    def count(self, row: int) -> int:
        """How many units hold the pair."""
        return self._counts[row]

    def rarity(self, row: int) -> float:
        """How telling the pair is."""
        return self._rarity[row]

    def holding(self, rows: Sequence[int]) -> Numbers:
        """The units that hold all of these pairs."""
        found: Numbers | None = None
        for row in sorted(rows, key=self.count):
            here = (self._packed[self._starts[row] : self._starts[row + 1]] >> 2).astype(np.uint32)
            found = here if found is None else found[among(found, here)]
        return np.empty(0, np.uint32) if found is None else found

    def weights(self, rows: Sequence[int], numbers: Numbers) -> Floats:
        """What each pair weighs in each unit, rows by units; 0 where it is not held."""
        if not len(rows) or not len(numbers):
            return np.zeros((len(rows), len(numbers)))
        low = self._below(rows, numbers << np.uint32(2))
        ends = self._starts[np.asarray(rows, np.int64) + 1][:, None]
        found = self._packed[np.minimum(low, len(self._packed) - 1)]
        held = (low < ends) & ((found >> 2) == numbers)
        return np.where(held, _WEIGHTS[found & 3], 0.0)

    def told(self, rows: Sequence[int], begins: Sequence[int], ends: Sequence[int]) -> Flags:
        """Whether a unit of each range tells each pair itself, rows by ranges: in its name or
        body, not only around it."""
        if not len(rows) or not len(begins):
            return np.zeros((len(rows), len(begins)), np.bool_)
        low = self._below(rows, np.array([*begins, *ends], np.uint32) << np.uint32(2))
        first, behind = low[:, : len(begins)].ravel(), low[:, len(begins) :].ravel()
        lengths = behind - first
        own = (self._packed[_ranges(first, lengths)] & 3) <= _CODE_OF_BODY
        which = np.repeat(np.arange(len(lengths)), lengths)
        found: Flags = np.bincount(which[own], minlength=len(lengths)) > 0
        return found.reshape(len(rows), len(begins))

    def _below(self, rows: Sequence[int], wanted: Numbers) -> NDArray[np.int64]:
        """The place in each row's list before which all is less, rows by what is wanted."""
        low = np.empty((len(rows), len(wanted)), np.int64)
        for i, row in enumerate(rows):
            start, end = self._starts[row], self._starts[row + 1]
            low[i] = self._packed[start:end].searchsorted(wanted)
            low[i] += start
        return low

    def shortlist(self, rows: Sequence[int], sieve: Sieve) -> Numbers:
        """Units that hold some of the pairs and pass the sieve, those with the most and rarest
        first; ties in their order."""
        rows = sorted(set(rows), key=lambda row: (self.count(row), row))
        bound = self._within_bound(rows)
        few = sieve.few(_CANDIDATES) if bound < len(rows) else None
        if few is not None:
            numbers, rest, score = few, rows, np.zeros(len(few))
        else:
            numbers, score = _best(*self._rough(tuple(rows[:bound])), sieve)
            rest = rows[bound:]
        if rest:
            rarity = np.array([self.rarity(row) for row in rest])
            score = score + rarity @ self.weights(rest, numbers)
        order = np.lexsort((numbers, -score))
        return numbers[order[: int(np.count_nonzero(score > 0))]]

    def _within_bound(self, rows: Sequence[int]) -> int:
        work = 0
        for i, row in enumerate(rows):
            work += self.count(row)
            if i and work > _WORK:
                return i
        return len(rows)

    def _add_up(self, rows: tuple[int, ...]) -> tuple[Numbers, Floats]:
        """The units that hold any of these pairs, in their order, and what these add up to."""
        counts = np.array([self._counts[row] for row in rows], np.int64)
        rare = np.array([self._rarity[row] for row in rows])
        held = self._packed[_ranges(self._starts[list(rows)], counts)]
        # Added up one by one in the order of the pairs: what is level stays level.
        sizes = np.repeat(rare, counts) * _WEIGHTS[held & 3]
        score = np.bincount(held >> 2, sizes, self.units).astype(np.float64, copy=False)
        numbers = np.flatnonzero(score).astype(np.uint32)
        return numbers, score[numbers]


def _best(numbers: Numbers, score: Floats, sieve: Sieve) -> tuple[Numbers, Floats]:
    """Of what passes the sieve, as many as are candidates; the last place goes to the first of
    those that are level."""
    passed = np.flatnonzero(sieve.lets(numbers))
    numbers, score = numbers[passed], score[passed]
    if len(numbers) > _CANDIDATES:
        least = np.partition(score, -_CANDIDATES)[-_CANDIDATES]
        above = np.flatnonzero(score > least)
        level = np.flatnonzero(score == least)[: _CANDIDATES - len(above)]
        best = np.sort(np.concatenate([above, level]))
        numbers, score = numbers[best], score[best]
    return numbers, score


def _parts(batches: Iterable[Batch]) -> Iterator[tuple[_Part, Numbers]]:
    """In the order of the batches; one is sorted while the next is being written."""
    begun: deque[Future[tuple[_Part, Numbers]]] = deque()
    with ThreadPoolExecutor(1) as beside:
        for batch in batches:
            begun.append(beside.submit(_part, batch))
            if len(begun) > _BEGUN:
                yield begun.popleft().result()
        for one in begun:
            yield one.result()


def _part(batch: Batch) -> tuple[_Part, Numbers]:
    """With the postings themselves, in the order of the pairs."""
    chars = np.frombuffer(batch.text.encode("utf-32-le"), np.uint32)
    chars = np.minimum(chars, _WIDEST)
    keys = (chars[:-1] << 16) | chars[1:]
    text = batch.uses >> 2
    units = len(batch.starts) - 1
    each = np.diff(batch.starts.astype(np.int64)).astype(np.int64)
    unit = np.repeat(np.arange(units, dtype=np.uint32), each)
    begins = batch.begins.astype(np.int64)[text]
    lengths = np.maximum(batch.ends.astype(np.int64)[text] - begins - 1, 0)
    used = ((unit + batch.first) << 2) | (batch.uses & 3)
    entries = keys[_ranges(begins, lengths)].astype(np.uint64) << np.uint64(32)
    entries |= np.repeat(used, lengths)
    entries.sort()
    # Of one pair in one unit, the first entry has the code of its greatest weight.
    entries = entries[firsts(entries >> np.uint64(2))]
    pair = (entries >> np.uint64(32)).astype(np.uint32)
    begin = np.flatnonzero(firsts(pair))
    packed: Numbers = entries.astype(np.uint32)
    counts = np.diff(begin, append=len(pair)).astype(np.int64)
    return _Part(pair[begin].astype(np.uint32), counts), packed


def _ranges(begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """begins[0], begins[0] + 1, …: `lengths[0]` numbers, then the same of the next."""
    shift = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths)
    ranges: NDArray[np.int64] = np.arange(len(shift)) + shift
    return ranges
