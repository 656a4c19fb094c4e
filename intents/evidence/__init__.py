"""What speaks for a unit as the answer to a query, and what for saying that nothing is known.

Each piece of evidence has a name and a size, mostly between 0 and 1. What it counts is learnt
(`knowledge.scoring`); here is only what is looked at. Everything is told of kinds: whether the
words asked for stand in the unit and where, whether the unit holds a value of the kind asked for,
how the question names its notice. No single question or phrase is known here.
"""

from __future__ import annotations

from collections.abc import Mapping

from intents.evidence import place, value, wording
from intents.evidence.place import About
from intents.evidence.question import Question
from intents.evidence.words import words_of
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Evidence = Mapping[str, float]


def evidence(question: Question, unit: Unit, about: About, kb: KnowledgeBase) -> dict[str, float]:
    """What speaks for the unit; `about` is what speaks for its notice. Size 0 is left out."""
    words = words_of(unit, kb)
    found = wording.of(question, unit, words, about.beyond)
    found.update(value.of(question, unit, words, kb))
    found.update(place.of(question.query, unit, kb))
    found.update(about.found)
    here = (unit.notice.id, unit.label)
    found["asked alike"] = question.alike.places.get(here, 0.0)
    found["leans"] = max(question.leaning.places.get(here, 0.0), 0.0)
    return {name: size for name, size in found.items() if size}
