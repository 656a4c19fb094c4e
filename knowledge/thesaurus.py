"""The thesaurus: everyday words, and the notices' words that are about the same thing.

Softer than the lexicon's synonyms: nothing is rewritten. A clause that holds one of the notices'
words counts as holding the everyday word, a little less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import model_validator

from knowledge.model import Strict, Text
from knowledge.normalise import normalise


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

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[str, ...]]:
        return {normalise(w): tuple(map(normalise, others)) for w, others in self.related.items()}

    @cached_property
    def _any(self) -> re.Pattern[str]:
        ordered = sorted(self._by_word, key=lambda w: (-len(w), w))
        return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

    def found_in(self, text: str) -> Iterator[Related]:
        """The everyday words in normalised text, left to right, the longest first."""
        for match in self._any.finditer(text):
            yield Related(match.start(), match.end(), self._by_word[match[0]])
