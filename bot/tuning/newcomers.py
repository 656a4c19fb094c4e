"""What evidence counts of notices that nobody has asked of yet. Pure: examples in, weights out.

Golden questions teach it, put as they would be of such notices: what is known of how people ask
for places is kept out, and so is what the shipped notices happen not to hold. What no notice at
all answers is known all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.tuning.answers import MARGINS, Outcome, judge, rounded
from bot.tuning.examples import examples
from bot.tuning.learning import Example, learn
from intents.evidence.silence import KNOWN, OF_ITS_KIND
from intents.ranking import ASKED_OF
from knowledge.scoring import Weights
from knowledge.snapshot import KnowledgeBase

Evidence = Mapping[str, float]

# Of notices that were imported there are few questions: each counts for so many.
_WEIGHT = 3.0
_PARTS = 4
# Another place told is as good as a wrong statement, and what must be refused and is answered is
# one: of what nobody has looked at, both are to be fewer than refusals.
_COST_OF_ANOTHER, _COST_OF_A_WRONG = 1.5, 2.5


def unasked(kb: KnowledgeBase, now: datetime, known: Collection[str] = ()) -> Iterator[Example]:
    """The examples of `examples`, by a snapshot that knows no asking that a place answers."""
    answered = frozenset(asking.question for asking in kb.askings.all if asking.places)
    for one in examples(kb.without_askings(answered), now, known):
        candidates = [_without(found, ASKED_OF) for found in one.candidates]
        quiet = {n: s for n, s in _without(one.silence, KNOWN).items() if not OF_ITS_KIND.search(n)}
        yield replace(one, candidates=candidates, silence=quiet)


def weights_of(shipped: Sequence[Example], imported: Sequence[Example]) -> Weights:
    """Learnt from both. The margin is the one under which the least goes wrong of the imported
    ones, or of the shipped ones where there are no others; whole notices are left out in turn."""
    imported = [replace(one, weight=_WEIGHT * one.weight) for one in imported]
    learnt = learn([*shipped, *imported])
    known, judging = (shipped, imported) if imported else ((), shipped)
    judged = [(learn([*known, *rest]), part) for rest, part in _parts(judging)]
    costs = {
        margin: _cost(sum((judge(weights, part, margin) for weights, part in judged), Outcome()))
        for margin in MARGINS
    }
    margin = min(costs, key=lambda one: (costs[one], -one))
    return Weights(answer=rounded(learnt.answer), silence=rounded(learnt.silence), margin=margin)


def _parts(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """The questions of a notice stand together in their file, so that parts are of notices."""
    for part in range(_PARTS):
        first, behind = (len(examples) * edge // _PARTS for edge in (part, part + 1))
        yield [*examples[:first], *examples[behind:]], list(examples[first:behind])


def _cost(found: Outcome) -> float:
    return found.lost + _COST_OF_ANOTHER * found.wrong + _COST_OF_A_WRONG * found.spoken


def _without(found: Evidence, names: Container[str]) -> dict[str, float]:
    return {name: size for name, size in found.items() if name not in names}
