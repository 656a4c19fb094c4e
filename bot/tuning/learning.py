"""Learns what the evidence counts: a conditional softmax over candidates and the silence.

Pure and reproducible: the same examples in the same order give the same numbers. AdaGrad over
sparse features with weight decay; a thousand questions take some seconds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Evidence = Mapping[str, float]

_RATE, _DECAY, _EPOCHS = 0.3, 0.0005, 30
# What can only speak for a unit, and what only against it, whatever a few examples say.
_FOR = frozenset((
    "own", "soft", "cover", "sentence", "head", "named", "verbatim", "value held", "outside held",
    "measure held", "department held", "of that year", "of the campaign", "in title", "in notice",
    "rest", "asked alike", "leans",
))  # fmt: skip
_AGAINST = frozenset((
    "run", "run>1", "head lacks", "no such value", "clause undated", "no figure",
    "department lacks", "another time", "behind in title", "behind in notice", "behind in own",
    "behind in soft", "behind in cover", "behind in sentence", "behind in named",
    "behind in leans",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates with the places of the right ones; none right: it must be refused.

    `weight` is how much the question counts.
    """

    candidates: Sequence[Evidence]
    right: frozenset[int]
    silence: Evidence
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights by the evidence's name, for units and for the silence."""

    answer: Mapping[str, float]
    silence: Mapping[str, float]

    def of_answer(self, evidence: Evidence) -> float:
        """What speaks for a candidate, in all."""
        return _sum(self.answer, evidence)

    def of_silence(self, evidence: Evidence) -> float:
        """What speaks for saying nothing, in all."""
        return _sum(self.silence, evidence)


def learn(examples: Sequence[Example], epochs: int = _EPOCHS) -> Learnt:
    """The weights under which the right candidates, or the silence, come first."""
    answer: dict[str, float] = defaultdict(float)
    quiet: dict[str, float] = defaultdict(float)
    seen_answer: dict[str, float] = defaultdict(lambda: 1e-6)
    seen_quiet: dict[str, float] = defaultdict(lambda: 1e-6)
    for epoch in range(epochs):
        rate = _RATE / (1 + 0.05 * epoch)
        for example in examples:
            scores = [_sum(answer, found) for found in example.candidates]
            scores.append(_sum(quiet, example.silence))
            pushes = _pushes(scores, example)
            step: dict[str, float] = defaultdict(float)
            for push, found in zip(pushes, example.candidates, strict=False):
                if abs(push) > 1e-4:
                    for name, size in found.items():
                        step[name] += push * size
            _move(answer, seen_answer, step, rate)
            _move(quiet, seen_quiet, {n: pushes[-1] * s for n, s in example.silence.items()}, rate)
    return Learnt(dict(answer), dict(quiet))


def _sum(weights: Mapping[str, float], found: Evidence) -> float:
    return sum(weights.get(name, 0.0) * size for name, size in found.items())


def _pushes(scores: Sequence[float], example: Example) -> list[float]:
    """How far each score is to be raised: the gradient of the likelihood."""
    top = max(scores)
    grown = [math.exp(score - top) for score in scores]
    total = sum(grown)
    right = example.right or {len(scores) - 1}
    good = sum(grown[i] for i in right)
    return [
        example.weight * ((grown[i] / good if i in right else 0.0) - grown[i] / total)
        for i in range(len(scores))
    ]


def _move(
    weights: dict[str, float], seen: dict[str, float], step: Mapping[str, float], rate: float
) -> None:
    for name, size in step.items():
        size -= _DECAY * weights[name]
        seen[name] += size * size
        moved = weights[name] + rate * size / math.sqrt(seen[name])
        if name in _FOR:
            moved = max(moved, 0.0)
        elif name in _AGAINST:
            moved = min(moved, 0.0)
        weights[name] = moved
