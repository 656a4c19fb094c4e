"""How much of what is asked stands in a unit, and where."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

from intents.evidence.question import Question, Relation
from intents.evidence.value import beside
from intents.evidence.words import Words
from knowledge.units import Unit

Evidence = dict[str, float]
Pairs = Sequence[tuple[str, int]]

# What only stands around a fact, or only in the title, is held so far.
_AROUND, _TITLE = 0.8, 0.35
_STEPS = tuple((f"cover>{step}", step) for step in (0.35, 0.55, 0.75, 0.9))
_LONG_RUN = 6
# So short a subject is a word: held in pieces, it is another word.
_SHORT = 4


def of(question: Question, unit: Unit, words: Words, beyond: Sequence[float]) -> Evidence:
    """Shares of what is asked, by where it stands; and the longest stretch that stands nowhere.

    `beyond` are the weights of what the notice's names do not say already.
    """
    if not question.total:
        return {"bare": 1.0}
    mine, elsewhere = _parted(question.pairs, words.own)
    relations = [one for one in (one.within(words.own) for one in question.relations) if one.words]
    own = question.held(mine)
    soft = question.held_softly(own, relations, words.own)
    near, elsewhere = _at_least(soft, elsewhere, words.around, _AROUND)
    wide, _ = _at_least(near, elsewhere, words.title, _TITLE)
    said = question.share(own)
    softly = said if soft is own else question.share(soft)
    cover = softly if wide is soft else question.share(wide)
    found = {"own": said, "soft": softly, "cover": cover}
    for name, step in _STEPS:
        if cover >= step:
            found[name] = 1.0
    found.update(_sentence(question, mine, relations, softly, unit, words))
    found.update(_head(question, near))
    if question.sought:
        found["sought lacks"] = float(any(not any(near[part]) for part in question.sought))
    found.update(_gap(question, wide))
    if len(question.text) <= _SHORT:
        whole = question.text in words.own or bool(relations)
        found["short whole" if whole else "short broken"] = 1.0
    found.update(_beyond_names(question, beyond, soft))
    found["named"] = _named(question, words)
    found["verbatim"] = _verbatim(question, words)
    return found


def _parted(pairs: Pairs, words: str) -> tuple[Pairs, Pairs]:
    """The pairs that stand in `words`, and those that do not."""
    there: list[tuple[str, int]] = []
    others: list[tuple[str, int]] = []
    for two in pairs:
        (there if two[0] in words else others).append(two)
    return there, others


def _at_least(
    held: Sequence[float], pairs: Pairs, words: str, size: float
) -> tuple[Sequence[float], Pairs]:
    """`held`, but no less than `size` where one of these pairs is in `words`; and the others."""
    if not pairs or not words:
        return held, pairs
    there, others = _parted(pairs, words)
    if not there:
        return held, others
    raised = list(held)
    for _, at in there:
        raised[at] = max(raised[at], size)
        raised[at + 1] = max(raised[at + 1], size)
    return raised, others


def _sentence(
    question: Question,
    mine: Pairs,
    relations: Sequence[Relation],
    most: float,
    unit: Unit,
    words: Words,
) -> Evidence:
    """The sentence that holds most of it, `most` if that is all; and whether what is asked for
    stands beside it."""
    best, sentence = 0.0, ""
    for one in words.sentences if mine or relations else ():
        there = [two for two in mine if two[0] in one]
        if not there and not relations:
            continue
        held = question.held(there)
        share = question.share(question.held_softly(held, relations, one))
        if share > best:
            best, sentence = share, one
            if best >= most:
                break
    return {"sentence": best, **beside(question, unit, sentence)}


def _head(question: Question, held: Sequence[float]) -> Evidence:
    weights = question.weights[question.head]
    total, there = sum(weights), sum(map(mul, weights, held[question.head]))
    return {
        "head": there / total if total else 0.0,
        "head lacks": float(total > 0 and there < 0.3 * total),
    }


def _gap(question: Question, held: Sequence[float]) -> Evidence:
    """The longest stretch of it that stands nowhere."""
    longest = run = 0
    for tells, there in zip(question.telling, held, strict=True):
        run = run + 1 if tells and not there else 0
        longest = max(longest, run) if run else longest
    return {
        "run": min(longest, _LONG_RUN) / _LONG_RUN,
        "run>1": float(longest > 1),
        "definition lacks": float(longest > 0 and question.looks.defined),
    }


def _beyond_names(question: Question, beyond: Sequence[float], soft: Sequence[float]) -> Evidence:
    """How much of what the notice's names do not say already: of 津沽专利奖名额, where the notice
    is about 津沽专利奖, only 名额 is asked of it."""
    total = sum(beyond)
    return {
        "rest": sum(map(mul, beyond, soft)) / total if total else 0.0,
        "rest is little": float(total < 0.15 * question.total),
    }


def _named(question: Question, words: Words) -> float:
    """The share of the unit's name that the question says, rare words counting more."""
    said = question.said
    there = sum(weight for pair, weight in words.named.items() if pair in said)
    return there / words.named_total if there else 0.0


def _verbatim(question: Question, words: Words) -> float:
    """The share of what is asked that stands in the unit as a whole segment of four or more."""
    segments = question.query.segments
    there = sum(len(s) for s in segments if len(s) > 3 and s in words.own)
    return there / sum(map(len, segments)) if there else 0.0
