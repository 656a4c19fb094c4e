"""Slips of typing put right, and pinyin read, against the snapshot's words and everyday ones.

A stretch of text is read as the likeliest row of words: what stands there at the cost of its
words, or a word that it may have been meant to be at the cost of that word and of the slip. Right
text is nearly always the cheapest reading of itself. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.slips.candidates import COUNTED, Candidates, Window, longer_keys
from knowledge.slips.everyday import everyday
from knowledge.slips.row import Row
from knowledge.slips.sounds import sound
from knowledge.slips.spelled import LATIN, Spelled
from knowledge.slips.vocabulary import Learnt, Vocabulary

_SMALL_NUMBER = re.compile(r" *\d{1,2}(?!\d)")
_STRETCH = re.compile("[\u4e00-\u9fffa-z]+(?: +[\u4e00-\u9fffa-z]+)*")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_BLANKS_IN_CHINESE = re.compile("(?<=[\u4e00-\u9fff]) +| +(?=[\u4e00-\u9fff])")
# What stands there is taken, if no other reading is better by so much.
_MARGIN = 1.2
# A character by itself that is less common than this looks odd.
_ODD = 7.5
# What a character by itself costs more, if it is no particle.
_ALONE, _PARTICLE = 1.0, 5.0
# Longer names are mended in parts.
_MOST_MENDED = 7
_PARTICLES = "呢吗啊吧呀的了"
# Written for 哪 so often that it always looks odd.
_OFTEN_WRONG = "那"
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class _Literal:
    """A stretch as it stands: its cheapest row, the words with their costs that begin at each
    place, where names of places are, and where it does not fall into words."""

    row: Row
    offers: Sequence[Sequence[tuple[str, float]]]
    kept: set[int]
    odd: set[int]


class Repair:
    """Built once over the names of a snapshot; `__call__` repairs one normalised text."""

    def __init__(
        self,
        names: Iterable[str],
        words: Iterable[str],
        known: Callable[[str], bool],
        places: Iterable[str] = (),
        texts: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """`words` are what people ask with; `known` tells whether a pair of characters stands
        anywhere in the knowledge base; `places` are the names of places that it knows; `texts`
        gives its running text. What is made of them is made when it is first needed."""
        self._names = tuple(names)
        self._asked = tuple(words)
        self._known = known
        self._places = frozenset(places)
        self._texts = texts
        self._chinese = lru_cache(maxsize=_REMEMBERED)(self._read_chinese)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._names, self._asked, self._places, self._texts)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self._vocabulary, self._known, self._places)

    @cached_property
    def _spelled(self) -> Spelled:
        return Spelled(self._vocabulary, self._candidates)

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
            before = text[: match.start()].rstrip(" ")[-1:].isdigit()
            after = _SMALL_NUMBER.match(text, match.end()) is not None
            mine = frozenset(i - match.start() for i in kept if match.start() <= i < match.end())
            if LATIN.search(match[0]):
                out.append(self._spelled.read(match[0], mine, before, after))
            else:
                out.append(self._chinese(match[0], mine, before))
            end = match.end()
        return _BLANKS_IN_CHINESE.sub("", "".join(out) + text[end:])

    def _read_chinese(self, text: str, sure: frozenset[int], counted: bool) -> str:
        """A stretch of nothing but Chinese; a message's stretches are read more than once."""
        vocabulary = self._vocabulary
        if not self._as_it_stands(text, sure, counted, vocabulary.named).odd:
            return text
        literal = self._as_it_stands(text, sure, counted, vocabulary.whole)
        if not literal.odd:
            return text
        mended = self._mended(text, literal, counted)
        return mended.read() if mended.best[-1] < literal.row.best[-1] - _MARGIN else text

    def _as_it_stands(
        self, text: str, sure: frozenset[int], counted: bool, learnt: Learnt
    ) -> _Literal:
        row = Row(text)
        offers = [list(self._words_at(text, i, learnt)) for i in range(len(text))]
        for i, words in enumerate(offers):
            for word, cost in words:
                row.offer(i, i + len(word), word, cost)
        kept = set(sure)
        odd = _odd(row, kept, learnt)
        if counted and row.words()[0][1] == 1 and 0 not in kept and text[0] not in COUNTED:
            odd.add(0)
        return _Literal(row, offers, kept, odd)

    def _words_at(self, text: str, i: int, learnt: Learnt) -> Iterator[tuple[str, float]]:
        """The words that begin at `i`, and what each costs."""
        for j, cost in learnt.lexemes.from_(text, i):
            alone = _ALONE if j == i + 1 and cost > _PARTICLE else 0.0
            yield text[i:j], cost + alone
        pair = text[i : i + 2]
        seen = self._candidates.seen(pair)
        if seen is not None:
            yield pair, seen

    def _mended(self, text: str, literal: _Literal, counted: bool) -> Row:
        row = Row(text)
        for j in range(1, min(3, len(text)) + 1) if counted else ():
            for unit, cost in self._candidates.counted(text[:j]):
                row.offer(0, j, unit, cost)
        misfits = [i in literal.odd and not self._fits(text, i) for i in range(len(text))]
        for i, words in enumerate(literal.offers):
            for word, cost in words:
                row.offer(i, i + len(word), word, cost)
            if i not in literal.kept:
                self._mend(row, i, literal.kept, literal.odd, misfits)
        return row

    def _mend(self, row: Row, i: int, kept: set[int], odd: set[int], misfits: list[bool]) -> None:
        """All that may have been meant from `i` on, where something odd is in it."""
        text = row.text
        keys, blur, strange = [""], "", False
        for j in range(i + 1, min(i + _MOST_MENDED, len(text)) + 1):
            if (j - 1) in kept:
                return
            char = text[j - 1]
            keys = longer_keys(keys, char)
            blur += sound(char)
            strange = strange or (j - 1) in odd
            if not strange:
                continue
            looks = [k in odd for k in range(i, j)]
            alone = i == 0 and j >= len(text.rstrip(_PARTICLES))
            window = Window(text[i:j], keys, blur, looks, misfits[i:j], alone)
            for word, cost in self._candidates.meant(window):
                row.offer(i, j, word, cost)

    def _fits(self, text: str, i: int) -> bool:
        """Whether a character makes a known pair with a neighbour."""
        pairs = (text[max(i - 1, 0) : i + 1], text[i : i + 2])
        return any(len(p) == 2 and self._candidates.literal(p) is not None for p in pairs)


def _odd(row: Row, kept: set[int], learnt: Learnt) -> set[int]:
    """Where the text does not fall into words: rare characters alone, or two and two alone,
    pairs that are no word, rare words that the notices do not know.

    Names of places are kept from now on.
    """
    words = row.words()
    odd: set[int] = set()
    places = everyday().places
    single = learnt.lexemes.single
    for number, (start, end, word) in enumerate(words):
        if word in places:
            kept.update(range(start, end))
        if start in kept:
            continue
        if end - start > 1:
            if learnt.is_strange(word):
                odd.update(range(start, end))
            continue
        beside = [w for w in words[max(number - 1, 0) : number + 2] if w[1] - w[0] == 1]
        if single(word) > _ODD or len(beside) > 1 or word in _OFTEN_WRONG:
            odd.add(start)
    return odd
