"""How likely a character is behind the three before it, as people write and ask.

The shipped counts are written by `zhixing kb tune --what phrases` and read once a process; those of
a snapshot's own texts are added to them.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.distinct import different, firsts

FILE = Path(__file__).parent / "letters.npz"
PAUSE, FIGURE = "|", "#"
"""What stands for all between runs of characters, and for a figure."""

Keys = NDArray[np.uint64]

_SIZE = 4
_BEFORE = PAUSE * (_SIZE - 1)
_BITS = 16
_TOKENS = re.compile("[\u4e00-\u9fff]|\\d+|[^\u4e00-\u9fff\\d]+")
# Characters that may follow without having been seen, and what each counts.
_UNSEEN, _LITTLE = 6000, 0.5
_REMEMBERED = 1 << 16


def encoded(text: str) -> str:
    """`text` with one sign for each figure and for all else that is no Chinese character."""
    return "".join(_sign(token) for token in _TOKENS.findall(text))


def _sign(token: str) -> str:
    if token[0].isdigit():
        return FIGURE
    return token if "\u4e00" <= token[0] <= "\u9fff" else PAUSE


def counted(texts: Iterable[str]) -> tuple[Keys, Keys]:
    """Every four signs that stand together in normalised texts, as keys, and how often."""
    padded = [f"{_BEFORE}{encoded(text).strip(PAUSE)}{PAUSE * 2}" for text in texts]
    return _counted(np.sort(_fours(padded)))


def _counted(ordered: Keys) -> tuple[Keys, Keys]:
    begin = np.flatnonzero(firsts(ordered))
    return ordered[begin], np.diff(begin, append=len(ordered)).astype(np.uint64)


def _fours(texts: Sequence[str]) -> Keys:
    """All that stand together within a text: of what reaches into the next one there is none."""
    joined = "".join(texts).encode("utf-16-le", "replace")
    signs = np.frombuffer(joined, dtype=np.uint16).astype(np.uint64)
    end = max(len(signs) - _SIZE + 1, 0)
    keys = np.zeros(end, dtype=np.uint64)
    for place in range(_SIZE):
        keys = (keys << np.uint64(_BITS)) | signs[place : place + end]
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)[:-1]
    across = ends[:, None] - np.arange(1, _SIZE)
    inside = np.ones(end, np.bool_)
    inside[across.ravel()] = False
    return keys[inside]


@cache
def shipped() -> tuple[Keys, Keys] | None:
    """What the file tells: keys and counts; None where there is none."""
    if not FILE.exists():
        return None
    with np.load(FILE) as held:
        return held["keys"].astype(np.uint64), held["counts"].astype(np.uint64)


class Letters:
    """Witten and Bell's estimate over runs of one to four signs. Immutable."""

    def __init__(self, *counts: tuple[Keys, Keys]) -> None:
        keys = np.concatenate([keys for keys, _ in counts])
        seen = np.concatenate([seen for _, seen in counts])
        # By size of run: its keys in order, and how many were seen before each.
        self._runs = [_summed(keys, seen, size) for size in range(_SIZE + 1)]
        a, b, c = (self._sign(keys, place) for place in (2, 1, 0))
        ordered = different((a << np.uint64(2 * _BITS)) | (c << np.uint64(_BITS)) | b)
        self._between = array("Q", ordered.tobytes())
        self.cost = lru_cache(maxsize=_REMEMBERED)(self._cost)
        self._share = lru_cache(maxsize=_REMEMBERED)(self._found_share)
        self.between = lru_cache(maxsize=_REMEMBERED)(self._found_between)

    @staticmethod
    def _sign(keys: Keys, place: int) -> Keys:
        return (keys >> np.uint64(place * _BITS)) & np.uint64((1 << _BITS) - 1)

    def _cost(self, run: str) -> float:
        """In nats, of the last sign of up to four behind the others."""
        return -math.log(self._share(run))

    def _found_share(self, run: str) -> float:
        size = len(run)
        key = 0
        for sign in run:
            key = key << _BITS | ord(sign)
        keys, before = self._runs[size]
        first = bisect_left(keys, key >> _BITS << _BITS)
        if first == len(keys) or keys[first] >> _BITS != key >> _BITS:
            return self._share(run[1:])  # nothing was seen behind the others
        last = bisect_left(keys, (key >> _BITS) + 1 << _BITS, first)
        at = bisect_left(keys, key, first, last)
        seen = before[at + 1] - before[at] if at < last and keys[at] == key else 0
        total, kinds = before[last] - before[first], last - first
        if size == 1:
            return (seen + _LITTLE) / (total + _LITTLE * _UNSEEN)
        less = self._share(run[1:])
        return (seen + kinds * less) / (total + kinds)

    def _found_between(self, one: str, other: str) -> str:
        """All that was seen between two signs."""
        key = ord(one) << _BITS | ord(other)
        first = bisect_left(self._between, key << _BITS)
        last = bisect_left(self._between, key + 1 << _BITS)
        mask = (1 << _BITS) - 1
        return "".join(chr(found & mask) for found in self._between[first:last])

    def joins(self, one: str, char: str, other: str) -> bool:
        """Whether a sign was seen behind one, and before the other."""
        return self._stands(one, char) and self._stands(char, other)

    def _stands(self, one: str, other: str) -> bool:
        keys, key = self._runs[2][0], ord(one) << _BITS | ord(other)
        at = bisect_left(keys, key)
        return at < len(keys) and keys[at] == key

    def signs(self) -> list[str]:
        """Every sign that was seen."""
        return [chr(key) for key in self._runs[1][0]]

    def is_known(self, char: str) -> bool:
        """Whether it was seen more than once."""
        keys, before = self._runs[1]
        at = bisect_left(keys, ord(char))
        return at < len(keys) and keys[at] == ord(char) and before[at + 1] - before[at] > 1


def _summed(keys: Keys, seen: Keys, size: int) -> tuple[array[int], array[int]]:
    mask = np.uint64((1 << (_BITS * size)) - 1)
    short = keys & mask
    order = np.argsort(short)
    short = short[order]
    begin = np.flatnonzero(firsts(short))
    short = short[begin]
    before = np.concatenate([[0], np.cumsum(seen[order])])[np.append(begin, len(keys))]
    before = before.astype(np.uint32)
    return array("Q", short.tobytes()), array("I", before.tobytes())
