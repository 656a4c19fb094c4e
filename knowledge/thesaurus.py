"""The thesaurus: everyday words, and the notices' words that are about the same thing.

Softer than the lexicon's synonyms: nothing is rewritten. A clause that holds one of the notices'
words counts as holding the everyday word, a little less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pydantic import model_validator

from knowledge.names import Names
from knowledge.strict import Strict, Text


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

    `canonicals` brings words to that wording.
    """

    def __init__(
        self, thesaurus: Thesaurus, canonicals: Callable[[Iterable[str]], Sequence[str]]
    ) -> None:
        about = thesaurus.related
        others = iter(canonicals(other for words in about.values() for other in words))
        self._by_word: dict[str, tuple[str, ...]] = {}
        for word, words in zip(canonicals(about), about.values(), strict=True):
            mine = tuple(dict.fromkeys(islice(others, len(words))))
            self._by_word.setdefault(word, mine)
        self._words = Names(self._by_word, shortest=1)

    def found_in(self, text: str) -> Iterator[Related]:
        """The everyday words in canonical text, left to right, the longest first."""
        for start, end in self._words.found_in(text):
            yield Related(start, end, self._by_word[text[start:end]])
