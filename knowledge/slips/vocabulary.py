"""The words of one snapshot: names, headings, the lexicon's words, and what stands beside what.

Names are cut into everyday words; each of these, every two and three that stand together, and
the whole name become words of its own. So a new notice brings its words with it. The work is
bounded: what is beyond it is known by its pairs of characters only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise, product

from knowledge.slips.everyday import everyday
from knowledge.slips.grouped import Grouped
from knowledge.slips.lexemes import LONGEST, Lexemes
from knowledge.slips.phrases import EDGE, FIGURE, Following, Phrases, phrases
from knowledge.slips.sounds import blurred, readings

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z]+")
# Costs in nats: words that people ask with, places, words in names, and that stand together in
# them, words of running text, and characters of it that make no everyday word together (贯标).
ASKED, PLACE, FAR_PLACE, NAMED, TOGETHER, WRITTEN, BESIDE = 7.6, 7.5, 9.5, 8.0, 9.2, 9.8, 10.5
# What a word costs at most that follows another somewhere in the notices.
_FOLLOWING = 6.0
_SHORTEST_GUESSED = 3
_MOST_SPELLINGS = 4
# Characters that are learnt from; the rest of a huge knowledge base says the same once more.
_MOST_NAMES, _MOST_TEXT, _MOST_SAID = 150_000, 60_000, 300_000
_MOST_ALIKE = 6
# A character of running text that is commoner than this goes with any other.
_LITTLE = 6.5
_JOINED = 3
# Up to this cost a word is so common that one of its characters alone may stand for it.
_USUAL = 9.5
# Up to this cost it is asked about so often that its first or last character may be lost too.
OFTEN = 9.5
# Up to this cost what people say is known with a character left out, also if no name has it.
SAID = 9.5
# From this cost on, a word is rare.
_STRANGE = 10.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """A snapshot's `own` words with their costs, and these over everyday ones."""

    own: dict[str, float]
    lexemes: Lexemes

    def lower(self, word: str, cost: float) -> None:
        """Learns a word, at no more than this cost."""
        known = self.lexemes.cost(word)
        self.own[word] = cost if known is None else min(cost, known)
        self.lexemes.add(word, self.own[word])

    def is_strange(self, word: str) -> bool:
        """Whether a word is neither the snapshot's own nor common."""
        cost = self.lexemes.cost(word)
        return word not in self.own and (cost is None or cost >= _STRANGE)


class Vocabulary:
    """Each part is made when it is first asked for, for most messages need few of them."""

    def __init__(
        self,
        names: Iterable[str],
        asked: Iterable[str],
        places: Iterable[str] = (),
        texts: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """All normalised; `texts` gives the running text, when it is wanted."""
        self._names = tuple(dict.fromkeys(names))
        self._asked = tuple(dict.fromkeys(asked))
        self._places = tuple(sorted(places))
        self._texts = texts

    @cached_property
    def named(self) -> Learnt:
        """Everyday words, and the snapshot's own but for those of its running text."""
        learnt = Learnt({}, Lexemes(_usual()))
        for run in _runs(self._asked):
            if 1 < len(run) <= LONGEST:
                learnt.lower(run, ASKED)
        for place in self._places:
            known = learnt.lexemes.cost(place)
            often = known is None or known < _STRANGE + 1
            learnt.lower(place, PLACE if often else FAR_PLACE)
        for run in _first(_runs(self._names), _MOST_NAMES):
            _learn_name(run, learnt)
        return learnt

    @cached_property
    def whole(self) -> Learnt:
        """All words."""
        learnt = Learnt(dict(self.named.own), self.named.lexemes.copy())
        for run in _first(_runs(self._texts()), _MOST_TEXT):
            _learn_text(run, learnt)
        return learnt

    @cached_property
    def phrases(self) -> Phrases:
        """What words follow one another, in the snapshot's own texts too."""
        usual = phrases()
        after: dict[str, dict[str, float]] = {}
        for run in _first(_runs((*self._names, *self._texts())), _MOST_TEXT):
            for one, other in pairwise(self.whole.lexemes.cut(run)):
                if one not in after:
                    after[one] = dict(usual.after.of(one))
                after[one][other] = min(_FOLLOWING, after[one].get(other, _FOLLOWING))
        return Phrases(usual.alone, usual.unlike, Following({**usual.after, **after}))

    def said(self) -> Iterator[str]:
        """The snapshot's own names, and as much of its texts as is learnt from."""
        yield from self._names
        yield from _first_of(self._texts(), _MOST_SAID)

    @property
    def costs(self) -> Mapping[str, float]:
        """The snapshot's own words, some everyday ones at a lower cost among them."""
        return self.whole.own

    @property
    def lexemes(self) -> Lexemes:
        """All words, everyday ones too, with their costs in nats."""
        return self.whole.lexemes

    @cached_property
    def by_sound(self) -> Grouped:
        """The snapshot's own words by sound: 需求 by xuqiu."""
        return self._sounding[0]

    @cached_property
    def by_blur(self) -> Grouped:
        """The same, with sounds that are often mixed up made one."""
        return self._sounding[1]

    @cached_property
    def _sounding(self) -> tuple[Grouped, Grouped]:
        by_sound: dict[str, list[str]] = {}
        by_blur: dict[str, list[str]] = {}
        for word in sorted(self.costs, key=lambda w: (self.costs[w], w)):
            for spelling in islice(product(*map(readings, word)), _MOST_SPELLINGS):
                _put(by_sound, "".join(spelling), word)
                _put(by_blur, "".join(map(blurred, spelling)), word)
        return Grouped(by_sound), Grouped(by_blur)

    @cached_property
    def latin(self) -> frozenset[str]:
        """Words in Latin letters that are right as they stand."""
        texts = (*self._asked, *self._names, *_first_of(self._texts()))
        return frozenset(w for text in texts for w in _LATIN.findall(text))

    @cached_property
    def wild(self) -> Grouped:
        """Words with one character wrong (需?清单) or left out (需清单) -> the words."""
        found: dict[str, list[str]] = {}
        asked = frozenset(self._asked)
        usual = phrases().alone
        said = (w for w, cost in usual.items() if cost < SAID and w not in self.costs)
        for word in (*self.costs, *said):
            if len(word) < _SHORTEST_GUESSED or not _CHINESE.fullmatch(word):
                continue
            short = len(word) < _SHORTEST_GUESSED + (word in asked or word not in self.costs)
            often = usual.get(word, _USUAL) < OFTEN
            for i in range(len(word)):
                inside = often or 0 < i < len(word) - 1
                for joint in ([""] if inside else []) if short else ("?", ""):
                    alike = found.setdefault(f"{word[:i]}{joint}{word[i + 1 :]}", [])
                    if len(alike) < _MOST_ALIKE and word not in alike:
                        alike.append(word)
        return Grouped(found)

    @cached_property
    def holding(self) -> dict[str, list[str]]:
        """Character -> the usual words of two characters that have it."""
        found: dict[str, list[str]] = {}
        for word, cost in {**phrases().alone, **self.costs}.items():
            if len(word) == 2 and cost < _USUAL:
                for char in dict.fromkeys(word):
                    found.setdefault(char, []).append(word)
        return found

    def cost(self, word: str) -> float | None:
        """In nats; None for what is no word."""
        return self.lexemes.cost(word)


_EVERYDAY = 1.7


@cache
def _usual() -> Mapping[str, float]:
    """Everyday words, with what they cost among those that people ask with."""
    usual = everyday()
    rarer = {cost: cost + _EVERYDAY for cost in set(usual.costs.values())}
    costs = {
        word: cost if word in usual.places else rarer[cost] for word, cost in usual.costs.items()
    }
    costs.update(phrases().alone)
    costs.pop(EDGE, None)
    costs.pop(FIGURE, None)
    return costs


def _runs(texts: Iterable[str]) -> Iterator[str]:
    return (run for text in texts for run in _CHINESE.findall(text))


def _first_of(texts: Iterable[str], most: int = _MOST_TEXT) -> Iterator[str]:
    for text in texts:
        most -= len(text)
        if most < 0:
            return
        yield text


def _first(runs: Iterable[str], most: int) -> Iterator[str]:
    """Each run once, until there were so many characters."""
    seen: set[str] = set()
    for run in runs:
        if most <= 0:
            return
        if run not in seen:
            seen.add(run)
            most -= len(run)
            yield run


def _learn_name(run: str, learnt: Learnt) -> None:
    parts = learnt.lexemes.cut(run)
    for size in (1, 2, 3):
        for i in range(len(parts) - size + 1):
            word = "".join(parts[i : i + size])
            if 1 < len(word) <= LONGEST:
                learnt.lower(word, NAMED if size == 1 else TOGETHER)
    if 1 < len(run) <= LONGEST:
        learnt.lower(run, NAMED)


def _learn_text(run: str, learnt: Learnt) -> None:
    parts = learnt.lexemes.cut(run)
    single = learnt.lexemes.single
    for word in parts:
        if len(word) > 1:
            learnt.lower(word, WRITTEN)
    for one, other in pairwise(parts):
        alone = [part for part in (one, other) if len(part) == 1]
        if alone and len(one + other) <= _JOINED and min(map(single, alone)) > _LITTLE:
            learnt.lower(one + other, BESIDE)


def _put(by: dict[str, list[str]], key: str, word: str) -> None:
    alike = by.setdefault(key, [])
    if len(alike) < _MOST_ALIKE and word not in alike:
        alike.append(word)
