"""Learns from the golden questions how answers are chosen. Pure: examples in, scoring out."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.tuning.learning import Example, Learnt, learn
from knowledge.scoring import Scoring

_FOLDS, _SEED = 5, 1
_PLACES = 3
# Margins that cost hardly more than the best are as good: the least of them is taken. What no
# notice holds is refused by what the question asks for; a greater margin mostly costs answers.
_SLACK = 0.004
# Weights below this make no difference and are not written.
_LEAST = 0.02
MARGINS = tuple(step / 10 for step in range(-20, 21))
# What must be refused and is answered does more harm than a refusal: none is wanted.
_COST_OF_A_WRONG = 2.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many examples came out how. `lost`: refused though answerable; `wrong`: another
    candidate first; `spoken`: answered though nothing is known."""

    right: int = 0
    lost: int = 0
    wrong: int = 0
    spoken: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.right + other.right,
            self.lost + other.lost,
            self.wrong + other.wrong,
            self.spoken + other.spoken,
        )

    @property
    def cost(self) -> float:
        return self.lost + self.wrong + _COST_OF_A_WRONG * self.spoken


def tuned(examples: Sequence[Example], before: Scoring) -> Scoring:
    """The weights, and the least margin under which hardly more of the cross-validated go wrong
    than at best."""
    learnt = learn(examples)
    judged = [(learn(rest), fold) for rest, fold in _folds(examples)]
    costs = {
        margin: sum((judge(weights, fold, margin) for weights, fold in judged), Outcome()).cost
        for margin in MARGINS
    }
    margin = min(
        m for m, cost in costs.items() if cost <= min(costs.values()) + _SLACK * len(examples)
    )
    return Scoring(
        answer=rounded(learnt.answer),
        silence=rounded(learnt.silence),
        margin=margin,
        level=before.level,
        newcomers=before.newcomers,
    )


def validated(examples: Sequence[Example], margin: float) -> Outcome:
    """Each fifth judged by what was learnt from the others."""
    return sum((judge(learn(rest), fold, margin) for rest, fold in _folds(examples)), Outcome())


def judge(weights: Learnt, examples: Sequence[Example], margin: float) -> Outcome:
    """What `weights` make of the examples."""
    found = Outcome()
    for one in examples:
        scores = [weights.of_answer(evidence) for evidence in one.candidates]
        best = max(range(len(scores)), key=lambda i: scores[i])
        quiet = weights.of_silence(one.silence) + margin > scores[best]
        found += (
            Outcome(right=int(quiet), spoken=int(not quiet))
            if not one.right
            else Outcome(lost=1)
            if quiet
            else Outcome(right=int(best in one.right), wrong=int(best not in one.right))
        )
    return found


def _folds(examples: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    order = list(range(len(examples)))
    random.Random(_SEED).shuffle(order)
    return [
        (
            [examples[i] for n, i in enumerate(order) if n % _FOLDS != fold],
            [examples[i] for n, i in enumerate(order) if n % _FOLDS == fold],
        )
        for fold in range(_FOLDS)
    ]


def rounded(weights: Mapping[str, float]) -> dict[str, float]:
    """As they are written: those that make no difference are left out."""
    return {n: round(w, _PLACES) for n, w in sorted(weights.items()) if abs(w) >= _LEAST}
