"""Finds names in a text, however many there are: by their first two characters and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Names:
    """Names of two characters or more; shorter ones are found nowhere."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if len(name) > 1)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {
            head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()
        }

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name, left to right, the longest first; none overlap."""
        at = 0
        while at < len(text) - 1:
            size = next(
                (
                    size
                    for size in self._lengths.get(text[at : at + 2], ())
                    if text[at : at + size] in self._names
                ),
                0,
            )
            if size:
                yield at, at + size
            at += size or 1
