"""Typo repair by sound and by shape, against the knowledge base's own names.

What is typed wrong is most often a homophone (专例导航) or one wrong character in a name of four
or more (需救清单). Only characters that make no known pair with their neighbours are touched, so
that a right word is never "repaired".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

from knowledge.search import LITTLE

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_SIZES = (4, 3)
_WILD_SIZE = 4
_SPELLED_SIZES = range(2, 7)
_LATIN = re.compile("[a-z]{4,}")
# Little words are rarely typos, and what stands beside them is seldom a known pair.
_LITTLE = LITTLE | frozenset("年月日号天")
# Sounds that many speakers and input methods do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


class Repair:
    """Built once over the names of a snapshot; `__call__` repairs one normalised text."""

    def __init__(
        self, names: Iterable[str], words: Iterable[str], known: Callable[[str], bool]
    ) -> None:
        """`words` are right as well, but nothing is mended into them; `known` tells whether a
        pair of characters stands anywhere in the knowledge base."""
        self._known = known
        self._pairs: set[str] = set()
        self._by_sound: dict[tuple[str, ...], str] = {}
        self._by_shape: dict[str, str] = {}
        self._spelled: dict[str, str] = {}
        for name in names:
            for run in _CHINESE.findall(name):
                self._learn(run)
        self._words = {w[i : i + 2] for w in words for i in range(len(w) - 1)}

    def _learn(self, run: str) -> None:
        for size in _SPELLED_SIZES:
            for i in range(len(run) - size + 1):
                gram = run[i : i + size]
                self._spelled.setdefault("".join(map(reading, gram)), gram)
        self._pairs.update(run[i : i + 2] for i in range(len(run) - 1))
        for size in _SIZES:
            for i in range(len(run) - size + 1):
                gram = run[i : i + size]
                self._by_sound.setdefault(tuple(map(sound, gram)), gram)
                if size == _WILD_SIZE:
                    for j in range(1, size - 1):
                        self._by_shape.setdefault(f"{gram[:j]}?{gram[j + 1 :]}", gram)

    def __call__(self, text: str, sure: Callable[[str], Iterable[tuple[int, int]]]) -> str:
        """Normalised `text` with likely typos put right, and names in pinyin as characters.

        `sure` gives the (start, end) of what is right as it stands, such as names of places.
        """
        text = _LATIN.sub(lambda m: self._spelled.get(m[0], m[0]), text)
        kept = {i for start, end in sure(text) for i in range(start, end)}
        chars = list(text)
        for i, char in enumerate(text):
            if i in kept or char in _LITTLE or not _CHINESE.match(char) or self._fits(chars, i):
                continue
            self._mend(chars, i, kept)
        return "".join(chars)

    def is_name(self, pair: str) -> bool:
        """Whether the two characters stand together in a name."""
        return pair in self._pairs

    def _fits(self, chars: list[str], i: int) -> bool:
        left, right = "".join(chars[max(i - 1, 0) : i + 1]), "".join(chars[i : i + 2])
        return any(len(pair) == 2 and self._right(pair) for pair in (left, right))

    def _right(self, pair: str) -> bool:
        return pair in self._pairs or pair in self._words or self._known(pair)

    def _mend(self, chars: list[str], i: int, kept: set[int]) -> None:
        for size in _SIZES:
            for start in range(max(i - size + 1, 0), min(i, len(chars) - size) + 1):
                window = "".join(chars[start : start + size])
                if not _CHINESE.fullmatch(window) or not kept.isdisjoint(
                    range(start, start + size)
                ):
                    continue
                meant = self._by_sound.get(tuple(map(sound, window)))
                if meant is None and size == _WILD_SIZE:
                    j = i - start
                    meant = self._by_shape.get(f"{window[:j]}?{window[j + 1 :]}")
                if meant is not None:
                    chars[start : start + size] = meant
                    return


@lru_cache(maxsize=8192)
def reading(char: str) -> str:
    """The first reading of a character, as one types it: without tones."""
    first = str(pinyin_dict.get(ord(char), char)).split(",", 1)[0]
    return "".join(c for c in unicodedata.normalize("NFD", first) if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def sound(char: str) -> str:
    """The reading of a character, with sounds that are often mixed up made one."""
    plain = reading(char)
    for one, other in _ALIKE:
        plain = plain.replace(one, other)
    return plain
