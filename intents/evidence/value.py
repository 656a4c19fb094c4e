"""Whether a unit holds a value of the kind that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from intents.evidence.looks import FIGURE
from intents.evidence.question import Question
from intents.evidence.words import Words
from intents.lists.subject import spelled
from intents.proof import figures_with
from intents.select import answers
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.model import Clause, Faq, Task
from knowledge.normalise import normalise
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Piece = tuple[str, float]
Evidence = dict[str, float]

LACKS = frozenset(
    (
        "value lacks",
        "outside lacks",
        "measure lacks",
        "definition lacks",
        "sought lacks",
    )
)
"""Pieces that exclude a unit, whatever else speaks for it: it is not what was asked for."""

_TIMES: frozenset[Aspect] = frozenset(("deadline", "period", "when", "over"))
# How much is asked for: 贴几个点 is not told by a clause that only says 贴息.
_AMOUNT = late("几|多少")
_SPOKEN = (Clause, Task, Faq)
# A sentence that holds so much of what the best one does is about the same.
_AS_MUCH = 0.5


def beside(question: Question, unit: Unit, sentence: str) -> Evidence:
    """Whether the sentence that is most about the question holds what it asks for."""
    if not isinstance(unit.fact, _SPOKEN):
        return {}
    return {
        f"{ask} {'beside' if looks.search(sentence) else 'not beside'}": 1.0
        for ask, looks in question.looks.beside
    }


def holds_value(question: Question, sentence: str) -> bool:
    """Whether a value of the kind that is asked for first stands in the sentence."""
    looks = question.looks.first
    return looks is not None and bool(looks.search(sentence))


def of(question: Question, unit: Unit, words: Words, kb: KnowledgeBase) -> Evidence:
    """The kind of unit for the kind of question; and what it lacks of what is asked for."""
    query, looks, fact = question.query, question.looks, unit.fact
    first = query.asks[0] if query.asks else None
    found = {f"asks {first or 'none'}: {unit.kind}": 1.0}
    for ask in query.asks[1:]:
        found[f"also asks {ask}: {unit.kind}"] = 1.0
    if looks.hands_in:
        found[f"hands in: {unit.kind}"] = 1.0
    if first is not None and not answers(unit, first):
        found["no such value"] = 1.0
    if isinstance(fact, Clause | Task):
        found.update(_told_of(question, fact, words))
    elif isinstance(fact, Faq) and first in _TIMES:
        found["clause undated"] = float(not looks.dated.search(words.own))
    if query.values or query.outside or query.measure or query.departments:
        found.update(_held(question, unit, words, kb))
    return found


def _told_of(question: Question, fact: Clause | Task, words: Words) -> Iterator[Piece]:
    """What running text tells of what a typed fact would hold."""
    asks, looks = question.query.asks, question.looks
    first = asks[0] if asks else None
    if first in _TIMES and isinstance(fact, Task):
        yield "when done" if looks.done else "when else", 1.0
    elif first in _TIMES:
        yield "clause undated", float(not looks.dated.search(words.own))
    if first == "target":
        yield "no figure", float(not FIGURE.search(words.own))
    if "who" in asks:
        yield "no department", float(not fact.departments)


def _held(question: Question, unit: Unit, words: Words, kb: KnowledgeBase) -> Iterator[Piece]:
    """What must stand in the answer itself, whatever else does."""
    query = question.query
    text = f"{words.own}\n{words.around}\n{words.title}"
    for kind in {kind for kind, _ in query.values}:
        cues = kb.lexicon.values[kind]
        asked = [word for k, word in query.values if k == kind]
        told = any(word in text for word in asked) and not any(map(_AMOUNT.search, asked))
        told = told or (cues.written is not None and cues.written.search(words.own) is not None)
        held = not cues.never and (unit.kind in cues.units or told)
        yield ("value held" if held else "value lacks"), 1.0
    for word in query.outside:
        yield ("outside held" if normalise(word) in text else "outside lacks"), 1.0
    if query.measure is not None:
        held = (
            _measured(question, words)
            if isinstance(unit.fact, _SPOKEN)
            else (query.measure in figures_with(text))
        )
        yield ("measure held" if held else "measure lacks"), 1.0
    if query.departments:
        held = any(spelled(department, kb) in text for department in query.departments)
        yield ("department held" if held else "department lacks"), 1.0


def _measured(question: Question, words: Words) -> bool:
    """Whether a figure of that measure stands in a sentence that is as much as any about the
    question."""
    measure = question.query.measure
    with_it = [one for one in words.sentences if measure in figures_with(one)]
    if not with_it or not question.total:
        return bool(with_it)
    best = max(question.weight(question.covered(one)) for one in words.sentences)
    return max(question.weight(question.covered(one)) for one in with_it) >= _AS_MUCH * best
