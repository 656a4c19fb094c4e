"""How much of what is asked stands in a unit, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from intents.evidence.question import Question
from intents.evidence.value import beside
from intents.evidence.words import Words, names_of, words_of
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Piece = tuple[str, float]

# What only stands around a fact, or only in the title, is held so far.
_AROUND, _TITLE = 0.8, 0.35
_STEPS = (0.35, 0.55, 0.75, 0.9)
_LONG_RUN = 6
# So short a subject is a word: held in pieces, it is another word.
_SHORT = 4
# Who asks what a thing is wants all of its name to be known.
_DEFINED = re.compile("^什么是|(?:是什么|是啥|什么意思|啥意思)[?。]?$")


def of(question: Question, unit: Unit, kb: KnowledgeBase) -> Iterator[Piece]:
    """Shares of what is asked, by where it stands; and the longest stretch that stands nowhere."""
    if not question.total:
        yield "bare", 1.0
        return
    words = words_of(unit, kb)
    mine = question.within(words.own)
    own = mine.covered(words.own)
    soft = [1.0 if o else n for o, n in zip(own, mine.related(words.own), strict=True)]
    near = _at_least(soft, question.covered(words.around), _AROUND)
    wide = _at_least(near, question.covered(words.title), _TITLE)
    yield "own", question.share(own)
    yield "soft", question.share(soft)
    cover = question.share(wide)
    yield "cover", cover
    for step in _STEPS:
        yield f"cover>{step}", float(cover >= step)
    yield from _sentence(mine, unit, words)
    yield from _head(question, near)
    run = _longest_gap(question.text, wide)
    yield "run", min(run, _LONG_RUN) / _LONG_RUN
    yield "run>1", float(run > 1)
    defined = question.query.asks == ("content",) and _DEFINED.search(question.query.text)
    yield "definition lacks", float(run > 0 and bool(defined))
    if len(question.text) <= _SHORT:
        whole = question.text in words.own or any(question.related(words.own))
        yield ("short whole" if whole else "short broken"), 1.0
    yield from _beyond_names(question, unit, soft, kb)
    yield "named", _named(question, words)
    yield "verbatim", _verbatim(question, words)


def _at_least(held: Sequence[float], there: Sequence[bool], size: float) -> Sequence[float]:
    """`held`, but no less than `size` where it is there."""
    return [max(h, size) if t else h for h, t in zip(held, there, strict=True)]


def _sentence(question: Question, unit: Unit, words: Words) -> Iterator[Piece]:
    """The sentence that holds most of it; and whether what is asked for stands beside it."""
    best, sentence = 0.0, ""
    for one in words.sentences if question.pairs or question.relations else ():
        held = question.covered(one)
        if question.relations:
            near = question.related(one)
            share = question.share([max(h, n) for h, n in zip(held, near, strict=True)])
        else:
            share = question.share(held)
        if share > best:
            best, sentence = share, one
    yield "sentence", best
    yield from beside(question.query, unit, sentence)


def _head(question: Question, held: Sequence[float]) -> Iterator[Piece]:
    total = sum(question.weights[i] for i in question.head)
    there = sum(question.weights[i] * held[i] for i in question.head)
    yield "head", there / total if total else 0.0
    yield "head lacks", float(total > 0 and there < 0.3 * total)


def _longest_gap(text: str, held: Sequence[float]) -> int:
    longest = run = 0
    for char, yes in zip(text, held, strict=True):
        run = 0 if yes or char in LITTLE or char == " " else run + 1
        if run > longest:
            longest = run
    return longest


def _beyond_names(
    question: Question, unit: Unit, soft: Sequence[float], kb: KnowledgeBase
) -> Iterator[Piece]:
    """How much of what the notice's names do not say already: of 津沽专利奖名额, where the notice
    is about 津沽专利奖, only 名额 is asked of it."""
    named = question.covered(names_of(unit.notice, kb))
    total = held = 0.0
    for weight, name, there in zip(question.weights, named, soft, strict=True):
        if not name:
            total += weight
            held += weight * there
    yield "rest", held / total if total else 0.0
    yield "rest is little", float(total < 0.15 * question.total)


def _named(question: Question, words: Words) -> float:
    """The share of the unit's name that the question says, rare words counting more."""
    said = {pair for pair, _ in question.pairs}
    there = sum(weight for pair, weight in words.named.items() if pair in said)
    return there / words.named_total if there else 0.0


def _verbatim(question: Question, words: Words) -> float:
    """The share of what is asked that stands in the unit as a whole segment of four or more."""
    segments = question.query.segments
    there = sum(len(s) for s in segments if len(s) > 3 and s in words.own)
    return there / sum(map(len, segments))
