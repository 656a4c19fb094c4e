"""Slips of typing put right, and pinyin read, against the snapshot's words and everyday ones.

A stretch of text is read as the likeliest row of words: what stands there at the cost of its
words, or a word that it may have been meant to be at the cost of that word and of the slip. Right
text is nearly always the cheapest reading of itself. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from knowledge.slips import edits
from knowledge.slips.candidates import LOST, Candidates, Window, longer_keys
from knowledge.slips.everyday import everyday
from knowledge.slips.letters import PAUSE, Letters, counted, encoded, shipped
from knowledge.slips.lexemes import Lexemes
from knowledge.slips.phrases import EDGE, FIGURE, Phrases, phrases
from knowledge.slips.row import Row
from knowledge.slips.sounds import sound
from knowledge.slips.spelled import LATIN, Spelled
from knowledge.slips.vocabulary import Learnt, Vocabulary

_SMALL_NUMBER = re.compile(r" *\d{1,2}(?!\d)")
_STRETCH = re.compile("[\u4e00-\u9fffa-z]+(?: +[\u4e00-\u9fffa-z]+)*")
_PART = re.compile("[\u4e00-\u9fff]+(?: +[\u4e00-\u9fff]+)*")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_BLANKS_IN_CHINESE = re.compile("(?<=[\u4e00-\u9fff]) +| +(?=[\u4e00-\u9fff])")
# What may name a place or a firm; who is from there, or what is done there, says so before it.
_FIRM = "公司|科技|集团|实业|股份|茶业|鞋业|食品|五金|农业|商贸"
_PLACE = re.compile(
    f"(?:^|(?<=[是在给叫到从去为对于和跟问替]))([\u4e00-\u9fff]{{2,3}})(?:[省市县区镇乡湾岛]|{_FIRM})"
)
# How much of a slip's cost counts, and by how much another reading must be better.
_CAREFUL, _BOLD = (1.0, 2.0), (0.7, 0.5)
# A character by itself that is less common than this looks odd.
_ODD, _BOLDLY_ODD = 8.0, 6.0
# A word of more characters is less likely to be there by a slip: each is worth so much.
_LENGTH, _MOST_LENGTH = 2.0, 3
# What a character by itself costs more, if it is no particle.
_ALONE, _PARTICLE = 1.0, 5.0
# Longer names are mended in parts.
_MOST_MENDED = 7
_PARTICLES = "呢吗啊吧呀的了"
# Stands behind no figure.
_UNCOUNTED = "几"
# Written as it sounds, and so meant as it stands: 啥大日子 speaks of no 厦大.
_AS_SPOKEN = "啥"
# Written for 哪 so often that it always looks odd.
_OFTEN_WRONG = "那"
# So much less than that, and single characters are looked at.
_HARDLY_ODD = 6.0
_REMEMBERED = 4096
# As many characters around a stretch say what it stands beside.
_NEAR = 8


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

    @property
    def lexemes(self) -> Lexemes:
        """Everyday words and the snapshot's names, with their costs."""
        return self._vocabulary.named.lexemes

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self._vocabulary, self._known, self._places)

    @cached_property
    def _edits(self) -> edits.Edits | None:
        """None until it was learnt how people ask: by notices alone all questions look odd."""
        asked = shipped()
        if asked is None:
            return None
        return edits.Edits(Letters(asked, counted(self._vocabulary.said())), self._places)

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

    def __call__(
        self, text: str, sure: Callable[[str], Iterable[tuple[int, int]]], bold: bool = False
    ) -> str:
        """Normalised `text` with likely slips put right, and pinyin as characters.

        `sure` gives the (start, end) of what is right as it stands, such as names of places.
        `bold`: what is only perhaps a slip is put right too.
        """
        kept = {i for start, end in sure(text) for i in range(start, end)}
        kept |= {i for i, char in enumerate(text) if char == _AS_SPOKEN}
        spelled = LATIN.search(text) is not None and _CHINESE.search(text) is None
        whole = spelled and self._spelled.is_whole(text)
        out: list[str] = []
        end = 0
        for match in _STRETCH.finditer(text):
            out.append(text[end : match.start()])
            end = match.end()
            read = self._letters_read(match, text, kept, whole)
            # Words in Latin letters that are right part the Chinese around them.
            out.append(self._parts_mended(text, match, kept, bold) if read is None else read)
        return _BLANKS_IN_CHINESE.sub("", "".join(out) + text[end:])

    def _letters_read(
        self, match: re.Match[str], text: str, kept: set[int], whole: bool
    ) -> str | None:
        """A stretch with pinyin in it, in characters; None if there is none."""
        if not LATIN.search(match[0]):
            return None
        before = text[: match.start()].rstrip(" ")[-1:].isdigit()
        after = _SMALL_NUMBER.match(text, match.end()) is not None
        mine = frozenset(i - match.start() for i in kept if match.start() <= i < match.end())
        read = self._spelled.read(match[0], mine, before, after, whole)
        return None if read.replace(" ", "") == match[0].replace(" ", "") else read

    def _parts_mended(self, text: str, match: re.Match[str], kept: set[int], bold: bool) -> str:
        out: list[str] = []
        end = match.start()
        for part in _PART.finditer(text, *match.span()):
            out.append(text[end : part.start()])
            mine = frozenset(i - part.start() for i in kept if part.start() <= i < part.end())
            out.append(self._chinese(part[0], mine, *_around(text, *part.span()), bold))
            end = part.end()
        return "".join(out) + text[end : match.end()]

    def _read_chinese(
        self, typed: str, sure: frozenset[int], before: str, after: str, bold: bool
    ) -> str:
        """A stretch of nothing but Chinese between signs; a message's stretches are read more than
        once. Single characters are looked at first, then words."""
        row = self._likeliest(typed, before, after)
        text = typed if bold else self._edited(row, sure, before, after)
        if text != typed:
            sure = sure if len(text) == len(typed) else _moved(sure, typed, text)
            row = self._likeliest(text, before, after)
        if not self._odd(row, set(sure), _BOLDLY_ODD if bold else _ODD):
            return text
        return self._in_words(text, sure, _edge(before[-1]), _edge(after[0]), bold)

    def _likeliest(self, text: str, before: str, after: str) -> Row:
        """As it stands, by everyday words and names alone: most texts are right by these."""
        row = self._as_it_stands(text, _edge(before[-1]), self._vocabulary.named, phrases())
        row.solve(_edge(after[0]))
        return row

    def _edited(self, row: Row, sure: frozenset[int], before: str, after: str) -> str:
        """With single characters mended, where it does not fall into likely words."""
        if not self._odd(row, set(sure), _HARDLY_ODD) or self._edits is None:
            return row.text
        named = sure | self._strange_names(row.text) | self._places_in(row.text)
        return self._edits.mended(row.text, named, before, after)

    def _in_words(
        self, text: str, sure: frozenset[int], before: str, after: str, bold: bool
    ) -> str:
        """What is odd by all words that the snapshot knows too, as the words that were meant."""
        limit = _BOLDLY_ODD if bold else _ODD
        row = self._as_it_stands(text, before, self._vocabulary.whole, self._vocabulary.phrases)
        cost = row.solve(after)
        kept = set(sure) | self._strange_names(text)
        odd = self._odd(row, kept, limit)
        if not odd:
            return text
        mended = self._mended(row, kept, odd, before)
        loose, share, margin = odd | {i + 1 for i in odd}, *(_BOLD if bold else _CAREFUL)
        better = mended.solve(after, loose, LOST, share) < cost - margin
        return mended.read() if better else text

    def _as_it_stands(self, text: str, before: str, learnt: Learnt, usual: Phrases) -> Row:
        row = Row(text, usual, before)
        words_at, seen, offer = learnt.lexemes.from_, self._candidates.seen, row.offer
        for i in range(len(text)):
            for j, cost in words_at(text, i):
                alone = _ALONE if j == i + 1 and cost > _PARTICLE else 0.0
                offer(i, j, text[i:j], cost + alone)
            pair = text[i : i + 2]
            beside = seen(pair)
            if beside is not None:
                offer(i, i + 2, pair, beside)
        return row

    def _mended(self, literal: Row, kept: set[int], odd: set[int], before: str) -> Row:
        text = literal.text
        row = Row(text, literal.phrases, before)
        row.arcs = [list(arcs) for arcs in literal.arcs]
        for j in range(1, min(3, len(text)) + 1) if before == FIGURE else ():
            for unit, cost, slip in self._candidates.counted(text[:j]):
                row.offer(0, j, unit, cost, slip)
        misfits = [i in odd and not self._fits(text, i) for i in range(len(text))]
        for i in range(len(text)):
            if i not in kept:
                self._mend(row, i, kept, odd, misfits)
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
            for word, cost, slip in self._candidates.meant(window):
                if i or row.before != FIGURE or word[0] != _UNCOUNTED:
                    row.offer(i, j, word, cost, slip)

    def _fits(self, text: str, i: int) -> bool:
        """Whether a character makes a known pair with a neighbour."""
        pairs = (text[max(i - 1, 0) : i + 1], text[i : i + 2])
        return any(len(p) == 2 and self._candidates.literal(p) is not None for p in pairs)

    def _strange_names(self, text: str) -> set[int]:
        """Where a place or firm seems to be named that nobody knows (青禾市), nor one that sounds
        so."""
        kept: set[int] = set()
        for match in _PLACE.finditer(text):
            words = (match[1][i : i + 2] for i in range(len(match[1]) - 1))
            known = any(self.lexemes.cost(word) is not None for word in words)
            if not known and "".join(map(sound, match[1])) not in self._place_sounds:
                kept.update(range(*match.span()))
        return kept

    def _places_in(self, text: str) -> set[int]:
        """Where any place of the country is named, unless that is a part of a name."""
        places = everyday().places
        spans = ((i, j) for i in range(len(text)) for j in range(i + 2, min(i + 4, len(text)) + 1))
        named = (
            s for s in spans if text[slice(*s)] in places and text[slice(*s)] not in self._pairs
        )
        return {i for span in named for i in range(*span)}

    @cached_property
    def _place_sounds(self) -> frozenset[str]:
        return frozenset("".join(map(sound, place)) for place in self._places)

    def _odd(self, row: Row, kept: set[int], limit: float) -> set[int]:
        """Where the text does not fall into likely words. Names of places are kept from now on,
        unless they are a part of a name (万里 is of 万里行)."""
        odd: set[int] = set()
        places = everyday().places
        for start, end, word, cost in row.words():
            if word in places and word not in self._pairs:
                kept.update(range(start, end))
            if start not in kept and cost > limit + _LENGTH * (min(end - start, _MOST_LENGTH) - 1):
                odd.update(range(max(start - 1, 0), min(end + 1, len(row.text))))
        return odd


def _edge(sign: str) -> str:
    """What a word stands beside: a figure, or the end of what is read."""
    return FIGURE if sign == FIGURE else EDGE


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The three signs before a stretch and the three behind it, fewer where the text ends."""
    before = encoded(text[max(start - _NEAR, 0) : start].rstrip(" "))
    after = encoded(text[end : end + _NEAR])
    return f"{PAUSE * 3}{before}"[-3:], f"{after}{PAUSE * 2}"[:3] if after else PAUSE * 2


def _moved(kept: frozenset[int], typed: str, text: str) -> frozenset[int]:
    """Where what is kept stands after characters came in: nothing in it was touched."""
    found: set[int] = set()
    at = 0
    for i, char in enumerate(typed):
        if i in kept:
            at = text.index(char, at)
            found.add(at)
            at += 1
    return frozenset(found)
