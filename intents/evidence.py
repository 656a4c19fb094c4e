"""What speaks for a unit as the answer to a query, and what speaks for saying that nothing is known.

Each piece of evidence has a name and a size, mostly between 0 and 1. What it counts is learnt
(`knowledge.scoring`); here is only what is looked at. Everything is told of kinds: whether the
words asked for stand in the unit and where, whether the unit holds a value of the kind asked for,
how the question names its notice. No single question or phrase is known here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intents.proof import DATE_ASKED, figures_with
from intents.query import Query
from intents.select import answers, in_time
from knowledge.model import Clause, Deadline, Faq, Notice, Period, Task
from knowledge.normalise import normalise
from knowledge.search import LITTLE, pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import TITLE, Unit

Evidence = Mapping[str, float]

# A character that no unit knows weighs this share of the rarest that one does; little words
# say next to nothing; what only the thesaurus connects, or only the title holds, counts less.
_UNKNOWN, _OF_LITTLE, _LIGHT, _RELATED, _IN_TITLE = 0.7, 0.12, 0.2, 0.75, 0.35
_SENTENCE = re.compile(r"[^。；;\n]+")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百]+[个项家所条类次名件]")
_DATED = re.compile(r"\d+月|\d{4}年|年底|周年|季度|期间")
# Words of handing in, which deadlines are about and periods are not.
_HANDS_IN = re.compile("[报交递寄送]|推荐|推几|申请")
# How a value of each kind looks in a sentence.
_VALUES: Mapping[str, re.Pattern[str]] = {
    "deadline": _DATED, "period": _DATED, "when": _DATED, "over": _DATED,
    "target": re.compile(r"\d|[一二三四五六七八九十百]+[个项家所条类次名件倍成]"),
    "who": re.compile("[司局处厅委部会办]|部门|单位|机构|中心|牵头|负责"),
    "contact": re.compile(r"\d{7}|@"),
    "list": re.compile(r"、.*、|\d|[一二三四五六七八九十两]+[个项家条类种方大]|[:;：；]"),
    "where": re.compile("[向到至]|通过|系统|平台|邮箱|网|报送"),
}  # fmt: skip
_STEPS = (0.35, 0.55, 0.75, 0.9)
_TIMES = frozenset(("deadline", "period", "when", "over"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One segment of the subject: what each character weighs, and the stretches that the
    thesaurus relates to words of notices."""

    text: str
    pairs: Sequence[str]
    weights: Sequence[float]
    related: Sequence[tuple[int, int, Sequence[tuple[str, float]]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A query made ready to be held against many units."""

    query: Query
    asked: Sequence[Asked]
    total: float
    unknown: float
    head: tuple[int, int] | None


def prepared(query: Query, kb: KnowledgeBase) -> Question:
    """The segments with their weights; `unknown` is the share that stands nowhere at all."""
    asked = [_asked(segment, kb) for segment in query.segments]
    total = sum(sum(one.weights) for one in asked)
    unknown = sum(
        weight
        for one in asked
        for weight, known in zip(one.weights, _known(one, kb), strict=True)
        if not known
    )
    return Question(query, asked, total, unknown / total if total else 0.0, _head(query))


def _asked(segment: str, kb: KnowledgeBase) -> Asked:
    two = pairs(segment)
    rarity = [kb.index.rarity(pair) for pair in two]
    weights = []
    for i, char in enumerate(segment):
        near = max(rarity[max(i - 1, 0) : i + 1], default=0.0)
        weight = near or math.log(len(kb.units) + 2) * _UNKNOWN
        weights.append(weight * (_OF_LITTLE if char in LITTLE else 1.0))
    for start, end in kb.light.spans(segment):
        for i in range(start, end):
            weights[i] *= _LIGHT
    related = [
        (r.start, r.end, [(word, _telling(word, kb)) for word in r.words])
        for r in kb.related.found_in(segment)
    ]
    return Asked(segment, two, weights, related)


def _telling(word: str, kb: KnowledgeBase) -> float:
    """How much a related word says, up to 1: one that stands in most units says little."""
    rarest = max(map(kb.index.rarity, pairs(word)), default=0.0)
    return _RELATED * min(1.0, 1.6 * rarest / math.log(len(kb.units) + 2))


def _known(asked: Asked, kb: KnowledgeBase) -> list[bool]:
    known = _covered(asked, [kb.index.knows(pair) for pair in asked.pairs])
    for start, end, words in asked.related:
        if any(kb.index.knows(pair) for word, _ in words for pair in pairs(word)):
            known[start:end] = [True] * (end - start)
    return known


def _covered(asked: Asked, held: Sequence[bool]) -> list[bool]:
    """Which characters are part of a pair that is held."""
    out = [False] * len(asked.text)
    for i, yes in enumerate(held):
        if yes:
            out[i] = out[i + 1] = True
    return out


def _head(query: Query) -> tuple[int, int] | None:
    """The segment and the place in it from which the noun runs that the question is about:
    Y of "X的Y", else the last two characters of what is asked."""
    if not query.segments:
        return None
    at = len(query.segments) - 1
    segment = query.segments[at]
    of = segment.rfind("的")
    if 0 <= of < len(segment) - 2:
        return at, of + 1
    return at, max(len(segment) - 2, 0)


@dataclass(frozen=True, slots=True)
class _Words:
    """A unit's words by where they stand, in the notices' wording."""

    name: str
    own: str
    around: str
    title: str
    sentences: tuple[str, ...]
    facts: str


@lru_cache(maxsize=20000)
def words_of(unit: Unit, kb: KnowledgeBase) -> _Words:
    """The canonical words of a unit; remembered while its snapshot serves."""
    name = kb.canonical(unit.name)
    rest = unit.texts[1:]
    own = "\n".join(kb.canonical(t) for t, w in unit.texts if w > 0.6)
    around = "\n".join(kb.canonical(t) for t, w in rest if TITLE < w <= 0.6)
    title = "\n".join(kb.canonical(t) for t, w in rest if w <= TITLE)
    sentences = tuple(s for s in _SENTENCE.findall(own) if len(s) > 1)
    return _Words(name, own, around, title, sentences, own)


def evidence(
    question: Question, unit: Unit, about: Mapping[str, float], kb: KnowledgeBase
) -> dict[str, float]:
    """What speaks for the unit; `about` is what speaks for its notice. Size 0 is left out."""
    found = dict(_wording(question, unit, kb))
    found.update(_beyond_names(question, unit, kb))
    found.update(_kind(question, unit, kb))
    found.update(_place(question, unit, kb))
    found.update(about)
    return {name: size for name, size in found.items() if size}


def of_notices(
    question: Question, notices: Iterable[Notice], kb: KnowledgeBase
) -> dict[Notice, dict[str, float]]:
    """What speaks for each notice as a whole: the share of what is asked that stands in its title
    and names, and anywhere in it; and how far it is behind the notice that fits best."""
    titles: dict[Notice, float] = {}
    wholes: dict[Notice, float] = {}
    for notice in notices:
        title, whole = _pairs_of(notice, kb)
        titles[notice] = _share(question, title)
        wholes[notice] = _share(question, whole)
    top_title, top_whole = max(titles.values(), default=0.0), max(wholes.values(), default=0.0)
    return {
        notice: {
            "in title": titles[notice],
            "behind in title": top_title - titles[notice],
            "in notice": wholes[notice],
            "behind in notice": top_whole - wholes[notice],
        }
        for notice in titles
    }


def _share(question: Question, held: frozenset[str]) -> float:
    if not question.total:
        return 0.0
    return (
        sum(
            weight
            for one in question.asked
            for weight, yes in zip(
                one.weights, _covered(one, [p in held for p in one.pairs]), strict=True
            )
            if yes
        )
        / question.total
    )


@lru_cache(maxsize=4096)
def _pairs_of(notice: Notice, kb: KnowledgeBase) -> tuple[frozenset[str], frozenset[str]]:
    """The pairs of a notice's title and names, and of all of it."""
    names = (notice.title, notice.short, *notice.aliases, notice.region, notice.issuer or "")
    title = {pair for name in names for pair in pairs(kb.canonical(name))}
    whole = {pair for unit in kb.units_of(notice) for pair in pairs(words_of(unit, kb).own)}
    return frozenset(title), frozenset(title | whole)


def _wording(question: Question, unit: Unit, kb: KnowledgeBase) -> Iterator[tuple[str, float]]:
    """How much of what is asked stands in the unit, and where."""
    words = words_of(unit, kb)
    if not question.total:
        yield "bare", 1.0
        return
    own = soft = wide = 0.0
    longest = 0
    head_held = head = 0.0
    per_sentence = [0.0] * len(words.sentences)
    for n, one in enumerate(question.asked):
        in_own = _covered(one, [p in words.own for p in one.pairs])
        in_wide = _covered(one, [p in words.around for p in one.pairs])
        in_title = _covered(one, [p in words.title for p in one.pairs])
        near = _related(one, words.own)
        run = 0
        for i, weight in enumerate(one.weights):
            held = 1.0 if in_own[i] else near[i]
            own += weight * in_own[i]
            soft += weight * held
            there = max(held, 0.8 * in_wide[i], _IN_TITLE * in_title[i])
            wide += weight * there
            if there or one.text[i] in LITTLE:
                run = 0
            else:
                run += 1
                longest = max(longest, run)
            if question.head is not None and n == question.head[0] and i >= question.head[1]:
                head += weight
                head_held += weight * max(held, 0.8 * in_wide[i])
        for k, sentence in enumerate(words.sentences):
            there = _covered(one, [p in sentence for p in one.pairs])
            for start, end, others in one.related:
                if any(w in sentence for w, _ in others):
                    there[start:end] = [True] * (end - start)
            per_sentence[k] += sum(w for w, yes in zip(one.weights, there, strict=True) if yes)
    total = question.total
    cover = wide / total
    yield "own", own / total
    yield "soft", soft / total
    yield "cover", cover
    for step in _STEPS:
        yield f"cover>{step}", float(cover >= step)
    best = max(range(len(per_sentence)), key=per_sentence.__getitem__, default=None)
    yield "sentence", per_sentence[best] / total if best is not None else 0.0
    yield from _value_beside(question.query, unit, words.sentences[best] if best is not None else "")
    yield "head", head_held / head if head else 0.0
    yield "head lacks", float(bool(head) and head_held < 0.3 * head)
    yield "run", min(longest, 6) / 6
    yield "run>1", float(longest >= 2)
    yield "named", _named(question, words.name, kb)
    yield "verbatim", _verbatim(question, words)


def _beyond_names(
    question: Question, unit: Unit, kb: KnowledgeBase
) -> Iterator[tuple[str, float]]:
    """How much of what the notice's names do not say already stands in the unit: 津沽专利奖 names
    the notice, 名额 is what is asked of it."""
    names = _pairs_of(unit.notice, kb)[0]
    words = words_of(unit, kb)
    total = held = 0.0
    for one in question.asked:
        named = _covered(one, [p in names for p in one.pairs])
        in_own = _covered(one, [p in words.own for p in one.pairs])
        near = _related(one, words.own)
        for i, weight in enumerate(one.weights):
            if not named[i] or in_own[i]:
                total += weight
                held += weight * max(float(in_own[i]), near[i])
    if question.total:
        yield "rest", held / total if total else 0.0
        yield "rest is little", float(total < 0.15 * question.total)


def _related(asked: Asked, text: str) -> list[float]:
    """How much each character is told by a related word in the text."""
    near = [0.0] * len(asked.text)
    for start, end, others in asked.related:
        best = max((says for word, says in others if word in text), default=0.0)
        near[start:end] = [best] * (end - start)
    return near


def _value_beside(query: Query, unit: Unit, sentence: str) -> Iterator[tuple[str, float]]:
    """Whether the sentence that is most about the question holds what it asks for."""
    if not isinstance(unit.fact, Clause | Task | Faq):
        return
    for ask in query.asks[:2]:
        looked_for = _VALUES.get(ask)
        if looked_for is not None:
            yield f"{ask} {'beside' if looked_for.search(sentence) else 'not beside'}", 1.0


def _named(question: Question, name: str, kb: KnowledgeBase) -> float:
    """The share of the unit's name that the question says, rare words counting more."""
    two = set(pairs(name))
    said = {pair for one in question.asked for pair in one.pairs}
    weight = {pair: kb.index.rarity(pair) for pair in two}
    total = sum(weight.values())
    return sum(weight[pair] for pair in two & said) / total if total else 0.0


def _verbatim(question: Question, words: _Words) -> float:
    """The share of what is asked that stands in the unit as a whole segment of four or more."""
    total = sum(len(one.text) for one in question.asked)
    there = sum(len(o.text) for o in question.asked if len(o.text) > 3 and o.text in words.own)
    return there / total


def _kind(question: Question, unit: Unit, kb: KnowledgeBase) -> Iterator[tuple[str, float]]:
    """Whether the unit holds a value of the kind that is asked for."""
    query, words = question.query, words_of(unit, kb)
    asks = query.asks or ("none",)
    for n, ask in enumerate(asks):
        yield f"{'asks' if n == 0 else 'also asks'} {ask}: {unit.kind}", 1.0
    first = query.asks[0] if query.asks else None
    if first is not None and not answers(unit, first):
        yield "no such value", 1.0
    if first in _TIMES and isinstance(unit.fact, Clause) and not _DATED.search(words.own):
        yield "clause undated", 1.0
    if first == "target" and isinstance(unit.fact, Clause | Task):
        yield "no figure", float(not _DIGIT.search(words.own))
    if "who" in query.asks and isinstance(unit.fact, Clause | Task):
        yield "no department", float(not unit.fact.departments)
    everything = f"{words.own}\n{words.around}"
    for kind in {kind for kind, _ in query.values}:
        held = not kb.lexicon.values[kind].never and any(
            word in everything for k, word in query.values if k == kind
        )
        yield ("value held" if held else "value lacks"), 1.0
        yield "value never told", float(kb.lexicon.values[kind].never)
    for word in query.outside:
        yield ("outside held" if normalise(word) in everything else "outside lacks"), 1.0
    if query.measure is not None:
        held = query.measure in figures_with(everything)
        yield ("measure held" if held else "measure lacks"), 1.0
    if _HANDS_IN.search(query.text):
        yield f"hands in: {unit.kind}", 1.0
    if query.departments:
        there = any(kb.canonical(d) in everything for d in query.departments)
        yield ("department held" if there else "department lacks"), 1.0


def _place(question: Question, unit: Unit, kb: KnowledgeBase) -> Iterator[tuple[str, float]]:
    """How the question and the unit meet as to notice, year, campaign and clause."""
    scope = question.query.scope
    if scope.regions and not any(
        unit.notice.region in kb.regions.lineage(place)[:-1] for place in scope.regions
    ):
        yield "of another place", 1.0
        yield f"of another place, asks {question.query.asks[0] if question.query.asks else ''}", 1.0
    if (scope.months or scope.days) and not in_time(unit, scope, kb):
        yield "another time", 1.0
    yield "newest", 1.0 - kb.rank(unit.notice) / max(len(kb.notices), 2)
    yield "of that year", float(bool(scope.years) and unit.notice.year in scope.years)
    yield "year only told", float(bool(scope.years) and unit.notice.year not in scope.years)
    yield (
        "of the campaign",
        float(scope.campaign is not None and unit.notice.campaign == scope.campaign),
    )
    yield (
        "campaign only told",
        float(scope.campaign is not None and unit.notice.campaign != scope.campaign),
    )
    yield "pointed at", float(scope.pointed)
    if isinstance(unit.fact, Clause):
        yield "section", float(len(unit.label) < 3 and unit.kind == "clause")
    if isinstance(unit.fact, Deadline | Period) and DATE_ASKED.search(question.query.text):
        yield "date for a date", 1.0
    yield f"kind {unit.kind}", 1.0


def silence(
    question: Question, candidates: Sequence[Evidence], kb: KnowledgeBase
) -> dict[str, float]:
    """What speaks for saying that the notices do not hold it."""
    query = question.query
    scope = query.scope
    size = sum(len(one.text) for one in question.asked)

    def held(name: str) -> bool:
        return any(name in one for one in candidates)

    found = {
        "always": 1.0,
        "unknown": question.unknown,
        "unknown>0.3": float(question.unknown >= 0.3),
        "unknown>0.6": float(question.unknown >= 0.6),
        "values": float(bool(query.values)),
        "values nowhere": float(bool(query.values) and not held("value held")),
        "outside": float(bool(query.outside)),
        "outside nowhere": float(bool(query.outside) and not held("outside held")),
        "measure": float(query.measure is not None),
        "measure nowhere": float(query.measure is not None and not held("measure held")),
        "no subject": float(not query.segments),
        "short": float(0 < size <= 3),
        "long": min(size, 24) / 24,
        "notice named": float(bool(scope.notices)),
        "year named": float(bool(scope.years)),
        "place named": float(bool(scope.regions)),
        "campaign named": float(scope.campaign is not None),
        "nothing named": float(scope.empty),
        "common words": float(not any(map(kb.index.is_telling, query.segments))),
        f"asks {query.asks[0] if query.asks else 'none'}": 1.0,
        "departments": float(bool(query.departments)),
    }
    return {name: amount for name, amount in found.items() if amount}
