"""Which place a question leans to: learnt from all known askings together.

What is asked most alike (`knowledge.askings`) is one asking's word; here each pair of characters
speaks for the places in whose askings it stands and against the others, as much as makes the
askings come out best (least squares, ridge). It is learnt by `zhixing kb tune`, which writes it to
leanings.npz.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.search import pairs

Place = tuple[str, str]
"""A notice's id and a clause's label."""
Floats = NDArray[np.float32]

# Pairs in fewer askings tell of these askings, not of how people ask.
_LEAST = 3
_RIDGE, _ROUNDS = 1.0, 40
# What a step of the stored weights is.
_STEP = 1 / 64


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far a question leans to each place, about 0 to 1; `silent` to what no notice holds."""

    places: Mapping[Place, float] = field(default_factory=dict)
    silent: float = 0.0


class Leanings:
    """`weights` has a row a gram and a column a place, the last one for silence; `rarity` goes
    with the grams; `unheard` is the rarity of any other."""

    def __init__(
        self,
        places: Sequence[Place],
        rarity: Mapping[str, float],
        weights: NDArray[np.int8],
        unheard: float,
    ) -> None:
        self.places = tuple(places)
        self.rarity = rarity
        self.weights = weights
        self.unheard = unheard
        self._rows = {gram: row for row, gram in enumerate(rarity)}

    def of(self, text: str) -> Leaning:
        """Where canonical `text` leans."""
        told = dict.fromkeys(grams(text))
        known = [gram for gram in told if gram in self._rows]
        if not known:
            return Leaning()
        sizes = [self.rarity[gram] for gram in known]
        length = math.hypot(*sizes, self.unheard * math.sqrt(len(told) - len(known)))
        rows = self.weights[[self._rows[gram] for gram in known]]
        sums = (np.array(sizes, np.float32) @ rows.astype(np.float32) * (_STEP / length)).tolist()
        return Leaning(dict(zip(self.places, sums, strict=False)), sums[-1])


def learnt(texts: Sequence[str], answered: Sequence[Sequence[Place]]) -> Leanings:
    """What canonical `texts` teach, each `answered` by places, or by none."""
    places = sorted({place for where in answered for place in where})
    told = [list(dict.fromkeys(grams(text))) for text in texts]
    counts = Counter(gram for one in told for gram in one)
    rare = {gram: math.log((len(texts) + 1) / (count + 0.5)) for gram, count in counts.items()}
    kept = {gram: rare[gram] for gram in sorted(counts) if counts[gram] >= _LEAST}
    columns = {place: column for column, place in enumerate(places)}
    among, targets = _sums(told, answered, rare, kept, columns)
    weights = np.clip(np.rint(_solved(among, targets) / _STEP), -127, 127).astype(np.int8)
    return Leanings(places, kept, weights, math.log(2 * (len(texts) + 1)))


def grams(text: str) -> list[str]:
    """The text's characters and pairs of characters, without blanks."""
    said = "".join(char for char in text if char.isalnum())
    return [*said, *pairs(said)]


def _sums(
    told: Sequence[Sequence[str]],
    answered: Sequence[Sequence[Place]],
    rare: Mapping[str, float],
    kept: Mapping[str, float],
    columns: Mapping[Place, int],
) -> tuple[Floats, Floats]:
    """The sums of least squares: grams by grams, grams by places."""
    rows = {gram: row for row, gram in enumerate(kept)}
    among = np.zeros((len(kept), len(kept)), np.float32)
    targets = np.zeros((len(kept), len(columns) + 1), np.float32)
    for one, where in zip(told, answered, strict=True):
        here = np.array([rows[gram] for gram in one if gram in rows], np.int64)
        length = math.hypot(*(rare[gram] for gram in one)) or 1.0
        sizes = np.array([kept[gram] / length for gram in one if gram in rows], np.float32)
        among[np.ix_(here, here)] += np.outer(sizes, sizes)
        for column in [columns[place] for place in where] or [len(columns)]:
            targets[here, column] += sizes
    return among, targets


def _solved(among: Floats, targets: Floats) -> Floats:
    """The weights: conjugate gradients, all places at once."""
    found = np.zeros_like(targets)
    rest = targets.copy()
    way, size = rest.copy(), np.sum(rest * rest, axis=0)
    for _ in range(_ROUNDS):
        step = among @ way + _RIDGE * way
        far = size / np.maximum(np.sum(way * step, axis=0), 1e-12)
        found += far * way
        rest -= far * step
        before, size = size, np.sum(rest * rest, axis=0)
        way = rest + size / np.maximum(before, 1e-12) * way
    return found
