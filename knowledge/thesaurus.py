"""The thesaurus: everyday words, and the notices' words that are about the same thing.

Softer than the lexicon's synonyms: nothing is rewritten. A clause that holds one of the notices'
words counts as holding the everyday word, a little less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import model_validator

from knowledge.model import Strict, Text


@dataclass(frozen=True, slots=True)
class Related:
    """A stretch of a text that is an everyday word, with the notices' words for it."""

    start: int
    end: int
    words: tuple[str, ...]


class Thesaurus(Strict):
    """`related`: an everyday word -> the notices' words that are about the same thing."""

    related: Mapping[Text, tuple[Text, ...]] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Thesaurus:
        for word, others in self.related.items():
            if not others:
                raise ValueError(f'"{word}" has no words')
        return self


class Relations:
    """A thesaurus made ready to be found in texts of one wording.

    `canonical` brings its words to that wording.
    """

    def __init__(self, thesaurus: Thesaurus, canonical: Callable[[str], str]) -> None:
        self._by_word: dict[str, tuple[str, ...]] = {}
        for word, others in thesaurus.related.items():
            self._by_word.setdefault(canonical(word), tuple(dict.fromkeys(map(canonical, others))))
        ordered = sorted(self._by_word, key=lambda w: (-len(w), w))
        self._any = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

    def found_in(self, text: str) -> Iterator[Related]:
        """The everyday words in canonical text, left to right, the longest first."""
        for match in self._any.finditer(text):
            yield Related(match.start(), match.end(), self._by_word[match[0]])
