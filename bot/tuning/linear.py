"""Learns a linear classifier: softmax over sparse features, AdaGrad, weight decay. Pure.

The same examples in the same order give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from knowledge.kinds import SCALE, Head, softmax

_RATE, _DECAY, _EPOCHS = 0.1, 0.004, 14
_RARE = 3
"""A feature of fewer examples teaches nothing that others could use."""
_LITTLE = 12
"""Hundredths: a feature whose weights are all below is left out of the file."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message's features, and what it is; `weight` is how much it counts."""

    features: Collection[str]
    label: str
    weight: float = 1.0


def learn(examples: Sequence[Example], epochs: int = _EPOCHS) -> Head:
    """The classifier under which the examples are most likely what they are. Raises ValueError
    where there are none."""
    if not examples:
        raise ValueError("no examples to learn from")
    classes = tuple(sorted({example.label for example in examples}))
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    places = {name: place for place, name in enumerate(names, 1)}
    rows = [[0.0] * len(classes) for _ in range(len(places) + 1)]  # the first is the bias
    seen = [[1e-3] * len(classes) for _ in rows]
    late = [[0.0] * len(classes) for _ in rows]
    cases = [
        (
            [0, *sorted(places[f] for f in example.features if f in places)],
            classes.index(example.label),
            example.weight,
        )
        for example in examples
    ]
    for epoch in range(epochs):
        rate = _RATE / (1 + 0.1 * epoch)
        # A stride that shares no factor with the number of cases visits each once, well mixed.
        for case in _mixed(len(cases), epoch):
            _step(rows, seen, *cases[case], rate)
        if epoch >= epochs // 2:
            late = [
                [a + b for a, b in zip(x, y, strict=True)] for x, y in zip(late, rows, strict=True)
            ]
    # The mean of the later epochs: less swayed by whichever message came last.
    share = epochs - epochs // 2
    return _rounded(classes, [[weight / share for weight in row] for row in late], places)


def _mixed(count: int, epoch: int) -> list[int]:
    stride = next(
        s for s in range(max(count // 3, 1) + 7 * epoch, 10 * count + 99) if math.gcd(s, count) == 1
    )
    return [(epoch + i * stride) % count for i in range(count)]


def _step(
    rows: list[list[float]],
    seen: list[list[float]],
    places: Sequence[int],
    right: int,
    weight: float,
    rate: float,
) -> None:
    """One case moves the weights of its features up the likelihood."""
    mine = [rows[place] for place in places]
    shares = softmax([sum(column) for column in zip(*mine, strict=True)])
    pushes = [weight * ((k == right) - share) for k, share in enumerate(shares)]
    moving = [(k, push) for k, push in enumerate(pushes) if abs(push) > 1e-3]
    for place, row in zip(places, mine, strict=True):
        past = seen[place]
        for k, push in moving:
            slope = push - _DECAY * row[k]
            past[k] += slope * slope
            row[k] += rate * slope / math.sqrt(past[k])


def _rounded(
    classes: tuple[str, ...], rows: Sequence[Sequence[float]], places: Mapping[str, int]
) -> Head:
    whole = [[round(weight * SCALE) for weight in row] for row in rows]
    weights = {
        name: whole[place]
        for name, place in places.items()
        if max(map(abs, whole[place])) >= _LITTLE
    }
    return Head(classes, tuple(whole[0]), weights)
