"""What a stretch of typed characters may have been meant to be, and how unlikely each is.

Nothing is decided here: the costs, in nats, are those of the word and of the slip that would have
made it what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from knowledge.slips.everyday import everyday
from knowledge.slips.phrases import NEEDLESS
from knowledge.slips.shapes import look_alikes
from knowledge.slips.sounds import readings
from knowledge.slips.vocabulary import Vocabulary

# What a slip costs: the same sound, a look-alike, a sound that is often mixed up, a character
# left out, two that changed places, any other wrong character in a long name.
SAME, ALIKE, BLURRED, LOST, SWAPPED, WRONG = 4.6, 5.0, 6.0, 5.2, 7.0, 9.0
# A character that is common by itself is less likely to be a slip: each nat below this counts so.
_COMMON, _SHARE = 9.0, 0.5
# A word that the notices and their lexicon do not know is meant less often.
_GENERAL, _SPOKEN = 1.5, 8.6
# A name of fewer characters is not told by the others where one is wrong in sound and shape.
_LONG = 5
# A slip in what is all of a message, and what it costs that a pair reads well as it is.
_ALONE, _JOINT = 2.6, 2.0
# What is counted, after a figure.
COUNTED = "年月日号项个条天"
_UNITS = (*COUNTED, "年的", "年度", "号文", "项任务")
_AFTER_FIGURE = 2.0
# What a slip in a character that is a word by itself costs more.
BY_ITSELF = 2.0
# A character that is rarer by itself is not meant by itself.
_USUAL = 9.0
# A pair of characters that stands somewhere in the notices, and is no word that is known.
_SEEN = 12.5
_NUMERALS = frozenset("第〇零一二三四五六七八九十两")
_FIXED = _NUMERALS | frozenset("不没哪这")
_LONGEST_SHAPED = 4
_MOST_KEYS = 4


Meant = tuple[str, float, float]
"""A word, what it costs by itself, and what the slip costs."""


@dataclass(frozen=True, slots=True)
class Window:
    """Typed characters: how they may sound, exactly and blurred, which of them look odd, which
    fit to no neighbour, and whether they are all that was typed."""

    text: str
    keys: list[str]
    blur: str
    odd: list[bool]
    misfits: list[bool]
    alone: bool


class Candidates:
    """`places` are names that only an exact sound or shape may be mended into."""

    def __init__(
        self, vocabulary: Vocabulary, known: Callable[[str], bool], places: frozenset[str]
    ) -> None:
        self._vocabulary = vocabulary
        self._known = known
        self._places = places

    @cached_property
    def _cost(self) -> Callable[[str], float | None]:
        return self._vocabulary.lexemes.cost

    def literal(self, window: str) -> float | None:
        """What it costs to take the window as it stands; None if it is no word."""
        cost = self._cost(window)
        return self.seen(window) if cost is None else cost

    def seen(self, pair: str) -> float | None:
        """What two characters cost that stand together in the notices; None if they do not."""
        return _SEEN if len(pair) == 2 and self._known(pair) else None

    def meant(self, window: Window) -> Iterator[Meant]:
        """(word, cost) of all that a window may have been meant to be."""
        text = window.text
        if len(text) == 1:
            yield from self.common(text)
            return
        yield from self.sounding(text, window.keys, window.alone)
        yield from self.blurring(text, window.blur)
        yield from self.shaped(text, window.odd)
        yield from self.guessed(text, window.misfits)

    def common(self, char: str) -> Iterator[Meant]:
        """The usual characters that sound or look like one by itself, and the usual words that
        have it."""
        if char in _FIXED:
            return
        common = self._common(char)
        for slip, others in ((SAME, self._sound_like(char)), (ALIKE, look_alikes().get(char, ""))):
            for other in others:
                cost = self._cost(other)
                if cost is not None and cost < _USUAL and other != char and other not in _FIXED:
                    yield other, cost, slip + common + BY_ITSELF
        for word in self._vocabulary.holding.get(char, ()):
            if word.replace(char, "", 1) not in NEEDLESS:
                yield from self._word(word, LOST)

    def _sound_like(self, char: str) -> Iterator[str]:
        for key in readings(char):
            yield from everyday().sounding(key)

    def sounding(self, window: str, keys: Sequence[str], alone: bool) -> Iterator[Meant]:
        """Words that sound like the window; `keys` are how it may be read. All of a word may be
        wrong only where it stands `alone`."""
        own = self._vocabulary.by_sound
        for key in keys:
            for words in (own.of(key), everyday().sounding(key)):
                for word in words:
                    if word != window and len(word) == len(window):
                        yield from self._if_near(window, word, SAME, alone)

    def blurring(self, window: str, key: str) -> Iterator[Meant]:
        """The same for sounds that are often mixed up."""
        own = self._vocabulary
        for word in own.by_blur.of(key):
            if word not in self._places:
                yield from self._if_near(window, word, BLURRED)

    def shaped(self, window: str, odd: Sequence[bool]) -> Iterator[Meant]:
        """Words that differ in one odd character that has a look-alike, or in the order of two
        neighbours."""
        if len(window) > _LONGEST_SHAPED:
            return
        alike, cost = look_alikes(), self._cost
        for i, char in enumerate(window):
            if not odd[i] or char in _FIXED:
                continue
            for other in alike.get(char, ""):
                word = f"{window[:i]}{other}{window[i + 1 :]}"
                if cost(word) is not None:
                    yield from self._word(word, ALIKE + self._common(char))
        for i, (left, right) in enumerate(pairwise(window)):
            if left not in _FIXED and right not in _FIXED and left != right:
                word = f"{window[:i]}{right}{left}{window[i + 2 :]}"
                if cost(word) is not None:
                    yield from self._word(word, SWAPPED)

    def guessed(self, window: str, misfits: Sequence[bool]) -> Iterator[Meant]:
        """Names that have one character more, or another where one does not fit."""
        wild = self._vocabulary.wild
        for word in wild.of(window):
            if word not in self._places:
                yield from self._word(word, LOST)
        for i, char in enumerate(window):
            if char in _FIXED or not misfits[i] or len(window) < _LONG:
                continue
            for word in wild.of(f"{window[:i]}?{window[i + 1 :]}"):
                if word not in self._places and word[i] not in _FIXED:
                    yield from self._word(word, WRONG + self._common(char))

    def spelled(self, key: str) -> Iterator[Meant]:
        """Words that are spelled so in pinyin."""
        for words in (self._vocabulary.by_sound.of(key), everyday().sounding(key)):
            for word in words:
                yield from self._word(word, 0.0)

    def _word(self, word: str, slip: float) -> Iterator[Meant]:
        cost = self._cost(word)
        if cost is None:
            return
        elsewhere = slip and word in everyday().places and word not in self._places
        if not elsewhere:
            foreign = slip > 0 and cost > _SPOKEN and word not in self._vocabulary.costs
            yield word, cost, slip + (_GENERAL if foreign else 0.0)

    def counted(self, window: str) -> Iterator[Meant]:
        """What follows a figure: 2021念 is 2021年, 19像 is 19项."""
        for unit in _UNITS:
            if unit == f"号{window}":
                yield unit, _AFTER_FIGURE, _AFTER_FIGURE  # nobody says 51文
            wrong = [(a, b) for a, b in zip(window, unit, strict=False) if a != b]
            if len(unit) != len(window) or len(wrong) != 1:
                continue
            typed, meant = wrong[0]
            if readings(meant)[0] in readings(typed):
                yield unit, _AFTER_FIGURE, SAME + self._common(typed)
            elif meant in look_alikes().get(typed, ""):
                yield unit, _AFTER_FIGURE, ALIKE + self._common(typed)

    def _if_near(self, window: str, word: str, slip: float, alone: bool = False) -> Iterator[Meant]:
        if len(word) != len(window) or word == window:
            return
        if word in self._places and self._cost(window) is not None:
            return  # another place (廉江), or something else altogether
        wrong = [a for a, b in zip(window, word, strict=True) if a != b]
        right = {a for a, b in zip(window, word, strict=True) if a == b}
        own = alone and word in self._vocabulary.costs
        most = len(word) if own else max(1, len(word) // 2)
        if len(wrong) > most or not _FIXED.isdisjoint(wrong):
            return
        if right and right <= _NUMERALS:  # 一沓 says too little to be 一大
            return
        if own:
            yield from self._word(word, _ALONE * len(wrong))
        else:
            yield from self._word(word, sum(slip + self._common(char) for char in wrong))

    def _common(self, char: str) -> float:
        cost = self._cost(char)
        return 0.0 if cost is None else max(0.0, _COMMON - cost) * _SHARE


def keys_of(window: str) -> list[str]:
    """How a window of Chinese characters and Latin letters may sound, most likely first."""
    keys = [""]
    for char in window:
        keys = longer_keys(keys, char)
    return keys


def longer_keys(keys: list[str], char: str) -> list[str]:
    """How what sounds like one of `keys` may sound with one more character."""
    return [key + sound for key in keys for sound in readings(char)][:_MOST_KEYS]
