"""The words of one snapshot: names, headings, the lexicon's words, and what stands beside what.

Names are cut into everyday words; each of these, every two and three that stand together, and
the whole name become words of its own. So a new notice brings its words with it. The work is
bounded: what is beyond it is known by its pairs of characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import islice, product

from knowledge.slips.everyday import Words, cost_of
from knowledge.slips.sounds import blurred, readings

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z]+")
LONGEST = 9
# Costs in nats: words that people ask with, words in names, words that stand together in names.
ASKED, NAMED, TOGETHER = 7.6, 8.0, 9.2
_UNKNOWN = 15.0
_SHORTEST_GUESSED = 3
_MOST_SPELLINGS = 4
# Characters that are learnt from; the rest of a huge knowledge base says the same once more.
_MOST_LEARNT = 200_000
_MOST_ALIKE = 6


class Vocabulary:
    """Built lazily, for most messages of a test never need it."""

    def __init__(self, names: Iterable[str], asked: Iterable[str]) -> None:
        """`names` and `asked` are normalised."""
        self._names = tuple(dict.fromkeys(names))
        self._asked = tuple(dict.fromkeys(asked))

    @cached_property
    def words(self) -> Words:
        """The snapshot's own words; everyday ones are not among them but for a lower cost."""
        found: dict[str, float] = {}
        for word in self._asked:
            for run in _CHINESE.findall(word):
                if 1 < len(run) <= LONGEST:
                    _lower(found, run, ASKED)
        left = _MOST_LEARNT
        for name in self._names:
            for run in _CHINESE.findall(name):
                if left > 0:
                    self._learn(run, found)
                    left -= len(run)
        words = Words(costs=found)
        for word in sorted(found, key=lambda w: (found[w], w)):
            _index(words, word)
        return words

    def _learn(self, run: str, found: dict[str, float]) -> None:
        parts = cut(run, found)
        for size in (1, 2, 3):
            for i in range(len(parts) - size + 1):
                word = "".join(parts[i : i + size])
                if 1 < len(word) <= LONGEST:
                    _lower(found, word, NAMED if size == 1 else TOGETHER)
        if 1 < len(run) <= LONGEST:
            _lower(found, run, NAMED)

    @cached_property
    def latin(self) -> frozenset[str]:
        """Words in Latin letters that are right as they stand."""
        return frozenset(w for text in (*self._asked, *self._names) for w in _LATIN.findall(text))

    @cached_property
    def wild(self) -> dict[str, list[str]]:
        """Words with one character wrong (需?清单) or left out (需清单) -> the words."""
        found: dict[str, list[str]] = {}
        asked = frozenset(self._asked)
        for word in self.words.costs:
            if len(word) < _SHORTEST_GUESSED + (word in asked):
                continue
            for i in range(len(word)):
                for joint in ("?", ""):
                    alike = found.setdefault(f"{word[:i]}{joint}{word[i + 1 :]}", [])
                    if len(alike) < _MOST_ALIKE and word not in alike:
                        alike.append(word)
        return found

    def cost(self, word: str) -> float | None:
        """In nats; None for what is no word."""
        return cost_of(word, self.words.costs)


def _lower(found: dict[str, float], word: str, cost: float) -> None:
    found[word] = min(cost, found.get(word, cost))


def _index(words: Words, word: str) -> None:
    for spelling in islice(product(*map(readings, word)), _MOST_SPELLINGS):
        for by, key in (
            (words.by_sound, "".join(spelling)),
            (words.by_blur, "".join(map(blurred, spelling))),
        ):
            alike = by.setdefault(key, [])
            if len(alike) < _MOST_ALIKE and word not in alike:
                alike.append(word)


def cut(run: str, own: dict[str, float]) -> list[str]:
    """A run of Chinese characters cut into its most likely words."""
    size = len(run)
    best = [0.0] + [float("inf")] * size
    back = [0] * (size + 1)
    for i in range(size):
        for j in range(i + 1, min(i + LONGEST, size) + 1):
            cost = cost_of(run[i:j], own)
            if cost is None:
                if j > i + 1:
                    continue
                cost = _UNKNOWN
            if best[i] + cost < best[j]:
                best[j], back[j] = best[i] + cost, i
    parts: list[str] = []
    end = size
    while end:
        parts.append(run[back[end] : end])
        end = back[end]
    return parts[::-1]
