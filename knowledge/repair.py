"""Slips of typing put right, and pinyin read, against the snapshot's words and everyday ones.

A stretch of text is read as the likeliest row of words: what stands there at the cost of its
words, or a word that it may have been meant to be at the cost of that word and of the slip. Right
text is nearly always the cheapest reading of itself. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.slips.candidates import SAME, Candidates, keys_of
from knowledge.slips.everyday import everyday, syllables
from knowledge.slips.sounds import reading, sound
from knowledge.slips.vocabulary import LONGEST, Vocabulary

_STRETCH = re.compile("[\u4e00-\u9fffa-z]+(?: +[\u4e00-\u9fffa-z]+)*")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z]+")
_LONGEST_SPELLED = 30
# What stands there is taken, if no other reading is better by so much.
_MARGIN = 1.2
# A character by itself that is less common than this looks odd.
_ODD = 7.5
_UNKNOWN = 15.0
# A word in Latin letters as it stands: a known one, and what each letter of another costs.
_KNOWN_LATIN, _LETTER = 3.0, 3.5
_SHORTEST_LATIN = 3
# Counted, these syllables are units: 6yue25ri.
_UNITS = {
    "nian": "年", "yue": "月", "ri": "日", "hao": "号", "ge": "个", "xiang": "项", "tian": "天",
    "wan": "万", "yi": "亿", "jia": "家", "tiao": "条", "zhou": "周", "dian": "点", "fen": "份",
    "nianqian": "年前", "yueqian": "月前", "yuedi": "月底", "niandu": "年度",
}  # fmt: skip
_UNIT = 2.0


@dataclass(slots=True)
class _Row:
    """The cheapest reading up to each place of a stretch."""

    text: str
    best: list[float] = field(init=False)
    back: list[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.best = [0.0] + [float("inf")] * len(self.text)
        self.back = [(0, "")] * (len(self.text) + 1)

    def offer(self, start: int, end: int, word: str, cost: float) -> None:
        total = self.best[start] + cost
        if total < self.best[end]:
            self.best[end], self.back[end] = total, (start, word)

    def words(self) -> list[tuple[int, int, str]]:
        """(start, end, word) from the left."""
        found: list[tuple[int, int, str]] = []
        end = len(self.text)
        while end:
            start, word = self.back[end]
            found.append((start, end, word))
            end = start
        return found[::-1]


class Repair:
    """Built once over the names of a snapshot; `__call__` repairs one normalised text."""

    def __init__(
        self,
        names: Iterable[str],
        words: Iterable[str],
        known: Callable[[str], bool],
        places: Iterable[str] = (),
    ) -> None:
        """`words` are what people ask with; `known` tells whether a pair of characters stands
        anywhere in the knowledge base; `places` are the names of places that it knows."""
        self._names = tuple(names)
        self._asked = tuple(words)
        self._known = known
        self._places = frozenset(places)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._names, (*self._asked, *sorted(self._places)))

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self._vocabulary, self._known, self._places)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        runs = (run for name in self._names for run in _CHINESE.findall(name))
        return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))

    def is_name(self, pair: str) -> bool:
        """Whether the two characters stand together in a name."""
        return pair in self._pairs

    def __call__(self, text: str, sure: Callable[[str], Iterable[tuple[int, int]]]) -> str:
        """Normalised `text` with likely slips put right, and pinyin as characters.

        `sure` gives the (start, end) of what is right as it stands, such as names of places.
        """
        kept = {i for start, end in sure(text) for i in range(start, end)}
        out: list[str] = []
        end = 0
        for match in _STRETCH.finditer(text):
            out.append(text[end : match.start()])
            counted = text[: match.start()].rstrip(" ")[-1:].isdigit()
            mine = {i - match.start() for i in kept}
            read = self._pinyin if _LATIN.search(match[0]) else self._chinese
            out.append(read(match[0], mine, counted))
            end = match.end()
        return "".join(out) + text[end:]

    def _chinese(self, text: str, kept: set[int], counted: bool) -> str:
        row = self._as_it_stands(text)
        odd = self._odd(row, kept)
        if not odd:
            return text
        literal = row.best[-1]
        row = self._mended(text, kept, odd, counted)
        if row.best[-1] > literal - _MARGIN:
            return text
        return "".join(word for _, _, word in row.words())

    def _as_it_stands(self, text: str) -> _Row:
        row = _Row(text)
        for i in range(len(text)):
            self._literal(row, i)
        return row

    def _literal(self, row: _Row, i: int) -> None:
        text = row.text
        for j in range(i + 1, min(i + LONGEST, len(text)) + 1):
            cost = self._candidates.literal(text[i:j])
            if cost is not None:
                row.offer(i, j, text[i:j], cost)
            elif j == i + 1:
                row.offer(i, j, text[i], _UNKNOWN)

    def _odd(self, row: _Row, kept: set[int]) -> set[int]:
        """Where the text does not fall into words: rare characters alone, or two and two alone."""
        words = row.words()
        odd: set[int] = set()
        places = everyday().places
        for number, (start, end, word) in enumerate(words):
            if word in places:
                kept.update(range(start, end))
            if end - start > 1 or start in kept:
                continue
            cost = self._candidates.literal(word) or _UNKNOWN
            beside = [w for w in words[max(number - 1, 0) : number + 2] if w[1] - w[0] == 1]
            if cost > _ODD or len(beside) > 1:
                odd.add(start)
        return odd

    def _mended(self, text: str, kept: set[int], odd: set[int], counted: bool) -> _Row:
        row = _Row(text)
        if counted and 0 in odd and (unit := _UNITS.get(reading(text[0]))):
            row.offer(0, 1, unit, _UNIT + SAME)
        blur = [sound(char) for char in text]
        misfits = [not self._fits(text, i) for i in range(len(text))]
        for i in range(len(text)):
            self._literal(row, i)
            for j in range(i + 1, min(i + LONGEST, len(text)) + 1):
                if (j - 1) in kept or i in kept:
                    break
                if odd.isdisjoint(range(i, j)):
                    continue
                for word, cost in self._meant(text[i:j], "".join(blur[i:j]), misfits[i:j]):
                    row.offer(i, j, word, cost)
        return row

    def _fits(self, text: str, i: int) -> bool:
        """Whether a character makes a known pair with a neighbour."""
        pairs = (text[max(i - 1, 0) : i + 1], text[i : i + 2])
        return any(len(p) == 2 and self._candidates.literal(p) is not None for p in pairs)

    def _meant(self, window: str, blur: str, misfits: list[bool]) -> Iterator[tuple[str, float]]:
        candidates = self._candidates
        if len(window) == 1:
            yield from candidates.common(window)
            return
        yield from candidates.sounding(window, keys_of(window))
        yield from candidates.blurring(window, blur)
        yield from candidates.shaped(window)
        yield from candidates.guessed(window, misfits)

    def _pinyin(self, text: str, kept: set[int], counted: bool) -> str:
        row = _Row(text)
        closed = _inside(text)
        for i, char in enumerate(text):
            if row.best[i] == float("inf"):
                continue
            if char == " ":
                row.offer(i, i + 1, " ", 0.0)
                continue
            if not char.isascii():
                self._literal(row, i)
            elif not text[i - 1 : i].isascii() or i == 0 or text[i - 1] == " ":
                self._latin(row, i)
            if i not in kept:
                self._read(row, i, closed, counted and i == 0)
        return self._joined(row)

    def _latin(self, row: _Row, i: int) -> None:
        """A word in Latin letters, as it stands."""
        match = _LATIN.match(row.text, i)
        if match is None:
            return
        word = match[0]
        known = word in self._vocabulary.latin or len(word) < _SHORTEST_LATIN
        row.offer(i, match.end(), word, _KNOWN_LATIN if known else _LETTER * len(word))

    def _read(self, row: _Row, i: int, closed: frozenset[int], counted: bool) -> None:
        text = row.text
        key = ""
        for j in range(i + 1, min(i + _LONGEST_SPELLED, len(text)) + 1):
            char = text[j - 1]
            key += "" if char == " " else char
            if j in closed or char == " ":
                continue
            if counted and key in _UNITS:
                row.offer(i, j, _UNITS[key], _UNIT)
            if key.isascii():
                for word, cost in self._candidates.spelled(key):
                    row.offer(i, j, word, cost)
            elif _LATIN.search(key) and len(key) <= LONGEST * 2:
                for word, cost in self._mixed(key):
                    row.offer(i, j, word, cost)

    def _mixed(self, key: str) -> Iterator[tuple[str, float]]:
        """Words that were typed partly in pinyin."""
        typed = _CHINESE.findall(key)
        for spelled in keys_of(key):
            for word, cost in self._candidates.spelled(spelled):
                if len(word) > 1 and all(run in word for run in typed):
                    yield word, cost

    def _joined(self, row: _Row) -> str:
        text = "".join(word for _, _, word in row.words())
        return re.sub("(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", text)


def _inside(text: str) -> frozenset[int]:
    """Places inside syllables that stand between blanks: no word ends there."""
    if " " not in text:
        return frozenset()
    known = syllables()
    return frozenset(
        i
        for match in _LATIN.finditer(text)
        if match[0] in known
        for i in range(match.start() + 1, match.end())
    )
