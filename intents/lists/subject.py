"""What is left of a question's subject once its nouns of kind are taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from intents.query import Query
from knowledge.search import LITTLE, pairs
from knowledge.snapshot import KnowledgeBase

_MOST = 0.6
# Joining words, that what is left may begin or end with.
_BESIDE = "跟和与对的"


def rest_of(query: Query, kb: KnowledgeBase, *nouns: re.Pattern[str]) -> tuple[str, ...]:
    """The words of the subject besides `nouns` and what any notice is called."""
    rest = list(query.segments)
    for noun in (*nouns, kb.lexicon.noun("document")):
        rest = [noun.sub("", segment) for segment in rest]
    return tuple(_bare(word) for word in rest if not says_little(word))


def _bare(word: str) -> str:
    return word.strip(_BESIDE)


@lru_cache(maxsize=1 << 14)
def spelled(text: str, kb: KnowledgeBase) -> str:
    """A heading or name of the notices in their common wording."""
    return kb.canonical(text)


def mentions(query: Query, noun: re.Pattern[str]) -> bool:
    return any(noun.search(segment) for segment in query.segments)


def is_only(query: Query, noun: re.Pattern[str], kb: KnowledgeBase) -> bool:
    """Whether the subject is `noun` and nothing else."""
    return mentions(query, noun) and not rest_of(query, kb, noun)


def says_little(words: str) -> bool:
    return sum(char not in LITTLE and not char.isspace() for char in words) < 2


def holds_most(text: str, words: Iterable[str]) -> bool:
    """Whether `text` holds most of the pairs of characters of `words`."""
    asked = [pair for word in words for pair in pairs(word)]
    return bool(asked) and sum(pair in text for pair in asked) >= _MOST * len(asked)
