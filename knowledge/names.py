"""Finds names in a text, however many there are: by their first two characters and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Names:
    """Names of `shortest` characters or more; shorter ones are found nowhere."""

    def __init__(self, names: Iterable[str], shortest: int = 2) -> None:
        self._names = frozenset(name for name in names if name and len(name) >= shortest)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {
            head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()
        }

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name, left to right, the longest first; none overlap."""
        at = 0
        while at < len(text):
            end = self.end(text, at)
            if end > at:
                yield at, end
            at = max(end, at + 1)

    def end(self, text: str, at: int) -> int:
        """Of the longest name that begins at `at`; `at` where none does."""
        for size in self._lengths.get(text[at : at + 2], ()):
            if text[at : at + size] in self._names:
                return min(at + size, len(text))
        return at + 1 if text[at : at + 1] in self._names else at
