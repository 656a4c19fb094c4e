"""Finds names in a text, however many there are: by their first two characters and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from operator import add


class Names:
    """Names of `shortest` characters or more; shorter ones are found nowhere."""

    def __init__(self, names: Iterable[str], shortest: int = 2) -> None:
        self._names = frozenset(name for name in names if name and len(name) >= shortest)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        for head, found in lengths.items():
            if head[0] in self._names:
                found.add(1)
        self._lengths = {head: _longest_first(frozenset(found)) for head, found in lengths.items()}
        self._single = frozenset(name for name in self._names if len(name) == 1)

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name, left to right, the longest first; none overlap."""
        heads, single = self._lengths, self._single
        if single.isdisjoint(text) and heads.keys().isdisjoint(map(add, text, text[1:])):
            return  # as in most texts
        end = 0
        for at, char in enumerate(text):
            if at >= end and (text[at : at + 2] in heads or char in single):
                end = self.end(text, at)
                if end > at:
                    yield at, end

    def end(self, text: str, at: int) -> int:
        """Of the longest name that begins at `at`; `at` where none does."""
        for size in self._lengths.get(text[at : at + 2], ()):
            if text[at : at + size] in self._names:
                return min(at + size, len(text))
        return at + 1 if text[at : at + 1] in self._single else at


@cache
def _longest_first(sizes: frozenset[int]) -> tuple[int, ...]:
    """One of each, for thousands of names have the same few lengths."""
    return tuple(sorted(sizes, reverse=True))
