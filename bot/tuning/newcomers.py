"""Golden questions as they would be asked of notices that nobody has asked of yet.

What is known of how people ask for places is kept out; what no notice holds is known all the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.tuning.examples import examples
from bot.tuning.learning import Example
from intents.evidence.silence import KNOWN
from intents.ranking import ASKED_OF
from knowledge.snapshot import KnowledgeBase

Evidence = Mapping[str, float]


def unasked(
    kb: KnowledgeBase, now: datetime, known: Container[str] = (), weight: float = 1.0
) -> Iterator[Example]:
    """The examples of `examples`, by a snapshot that knows no asking that a place answers."""
    answered = frozenset(asking.question for asking in kb.askings.all if asking.places)
    for one in examples(kb.without_askings(answered), now, known):
        yield replace(
            one,
            candidates=[_without(found, ASKED_OF) for found in one.candidates],
            silence=_without(one.silence, KNOWN),
            weight=one.weight * weight,
        )


def _without(found: Evidence, names: Container[str]) -> Evidence:
    return {name: size for name, size in found.items() if name not in names}
