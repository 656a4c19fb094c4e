"""The everyday words that come with the program: how rare each is, and how it sounds.

The file is read once a process; what is made of it is shared by all snapshots.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from knowledge.slips.sounds import reading

_FILE = Path(__file__).parent / "everyday.txt"
_PLACE = "="
# Homophones beyond these are too rare to be meant.
_MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their cost (nats: the rarer, the higher), by spelling, by sound, by blurred
    sound. Sounds are syllables in one string: 需求 is xuqiu."""

    costs: dict[str, float] = field(default_factory=dict)
    by_sound: dict[str, list[str]] = field(default_factory=dict)
    by_blur: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Everyday:
    """`places` are names of places all over the country: right as they stand."""

    words: Words
    places: frozenset[str]


@cache
def everyday() -> Everyday:
    """All everyday words, the most frequent first; by blurred sound they are never looked for."""
    words, places = Words(), set[str]()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        word, cost, *sounds = line.split(" ")
        if word[0] == _PLACE:
            word = word[1:]
            places.add(word)
        words.costs[word] = int(cost) / 10
        syllables = sounds or [reading(char) for char in word]
        _put(words.by_sound, "".join(syllables), word)
    return Everyday(words, frozenset(places))


def _put(by: dict[str, list[str]], key: str, word: str) -> None:
    alike = by.setdefault(key, [])
    if len(alike) < _MOST_ALIKE:
        alike.append(word)


@cache
def syllables() -> frozenset[str]:
    """Every syllable that a common character has."""
    words = everyday().words
    return frozenset(
        key for key, alike in words.by_sound.items() if any(len(w) == 1 for w in alike)
    )
