"""The everyday words that come with the program: how rare each is, and how it sounds.

The file is read once a process; what is made of it is shared by all snapshots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from knowledge.slips.grouped import Grouped
from knowledge.slips.sounds import reading

_FILE = Path(__file__).parent / "everyday.txt"
_PLACE, _SOUND = "=", "/"
# Homophones beyond these are too rare to be meant.
_MOST_ALIKE = 12


@dataclass(frozen=True)
class Everyday:
    """`costs` are in nats: the rarer a word, the higher. `places` are names of places all over the
    country: right as they stand. `sounds` are those of words that sound otherwise than their
    characters do."""

    costs: dict[str, float]
    places: frozenset[str]
    sounds: dict[str, str]

    def is_word(self, text: str) -> bool:
        """Whether it is a word, and no place's name."""
        return text in self.costs and text not in self.places

    def sounding(self, sound: str) -> Sequence[str]:
        """The words of this sound (需求 is xuqiu), the most frequent first. By blurred sound they
        are never looked for."""
        return self.by_sound.of(sound)

    @cached_property
    def by_sound(self) -> Grouped:
        found: dict[str, list[str]] = {}
        for word in self.costs:
            sound = self.sounds.get(word) or "".join(map(reading, word))
            alike = found.setdefault(sound, [])
            if len(alike) < _MOST_ALIKE:
                alike.append(word)
        return Grouped(found)


@cache
def everyday() -> Everyday:
    """All everyday words, the most frequent first."""
    costs: dict[str, float] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            cost, *words = line.split(" ")
            costs.update(dict.fromkeys(words, int(cost) / 10))
    return _told(costs)


def _told(written: dict[str, float]) -> Everyday:
    """The words out of what is written of them."""
    costs: dict[str, float] = {}
    places: set[str] = set()
    sounds: dict[str, str] = {}
    for word, cost in written.items():
        if word[0] == _PLACE:
            word = word[1:]
            places.add(word)
        if _SOUND in word:
            word, *syllables = word.split(_SOUND)
            sounds[word] = "".join(syllables)
        costs[word] = cost
    return Everyday(costs, frozenset(places), sounds)


@cache
def syllables() -> frozenset[str]:
    """Every syllable that a common character has."""
    by_sound = everyday().by_sound
    return frozenset(key for key, alike in by_sound.items() if any(len(w) == 1 for w in alike))
